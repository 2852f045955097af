"""All alerts by group, in the order in which a person should read them."""

from monitoring.alerts import availability, gnss, hardware, info, ntp, ptp, sync, system
from monitoring.alerts.definition import Alert, Group, Severity

GROUPS: tuple[Group, ...] = (
    availability.GROUP,
    sync.GROUP,
    gnss.GROUP,
    ntp.GROUP,
    ptp.GROUP,
    hardware.GROUP,
    system.GROUP,
    info.GROUP,
)

__all__ = ["GROUPS", "Alert", "Group", "Severity"]
