"""The dashboards, one file each."""

from tools.dashboards.definitions import alarms, compliance, device, exporter, fleet, gnss, modules, ptp, review

DASHBOARDS = (
    fleet.DASHBOARD,
    device.DASHBOARD,
    modules.DASHBOARD,
    ptp.DASHBOARD,
    gnss.DASHBOARD,
    alarms.DASHBOARD,
    exporter.DASHBOARD,
    review.DASHBOARD,
    compliance.DASHBOARD,
)

__all__ = ["DASHBOARDS"]
