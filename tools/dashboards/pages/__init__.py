"""The dashboards, one file each."""

from tools.dashboards.pages import alarms, compliance, device, exporter, fleet, gnss, modules, ptp, review

PAGES = (
    fleet.PAGE,
    device.PAGE,
    modules.PAGE,
    ptp.PAGE,
    gnss.PAGE,
    alarms.PAGE,
    exporter.PAGE,
    review.PAGE,
    compliance.PAGE,
)

__all__ = ["PAGES"]
