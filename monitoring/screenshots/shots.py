"""Which pictures are taken."""

from dataclasses import dataclass

from monitoring.dashboards.pages import PAGES
from monitoring.dashboards.pages.compliance import UID as COMPLIANCE
from monitoring.deployment import Dashboard
from monitoring.timeline import HEALTHY, PICTURED, Played

WIDTH = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture of a dashboard: of which fleet, of which device (all without one), how wide, at most how high."""

    name: str
    dashboard: str
    fleet: tuple[Played, ...] = PICTURED
    device: str = ""
    width: int = WIDTH
    height: int | None = None
    opened: bool = False


PUBLISHED = (
    Shot(name="fleet", dashboard=Dashboard.FLEET, fleet=HEALTHY, height=1000),
    Shot(name="fleet-trouble", dashboard=Dashboard.FLEET, height=1000),
    Shot(name="device", dashboard=Dashboard.DEVICE, device="lab-1", height=1200),
    Shot(name="modules", dashboard=Dashboard.MODULES, device="hq-1", height=1100),
    Shot(name="ptp", dashboard=Dashboard.PTP, device="hq-1", height=1200),
    Shot(name="gnss", dashboard=Dashboard.GNSS, height=1100),
    Shot(name="alarms", dashboard=Dashboard.ALARMS, height=1200),
    Shot(name="exporter", dashboard=Dashboard.EXPORTER, height=1200),
    Shot(name="compliance", dashboard=COMPLIANCE, height=900),
)
"""The pictures of the documentation."""

REVIEWED = tuple(
    Shot(name=f"{page.uid}-{scene}-{width}", dashboard=page.uid, fleet=fleet, width=width, opened=True)
    for page in PAGES
    for scene, fleet in (("healthy", HEALTHY), ("trouble", PICTURED))
    for width in (1440, 1024)
)
"""Every dashboard from top to bottom, for whoever changes one."""
