"""Which pictures are taken, of which fleets at which times."""

import json
from dataclasses import dataclass
from hashlib import sha256

from tools.backfill import HEALTHY, MONTH, PICTURED, SimulatedDevice
from tools.backfill import WEEK as REVIEWED_WEEK
from tools.dashboards.pages import PAGES

DAY = 86400.0

WIDTH = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A fleet and the simulated time, in seconds, with a scrape every ``step``.

    ``metrics`` are those that are kept; without any all are, and what the alert rules make of them.
    """

    fleet: tuple[SimulatedDevice, ...]
    length: float = 3600.0
    step: float = 15.0
    metrics: tuple[str, ...] = ()


TROUBLE = Scenario(fleet=PICTURED)

WELL = Scenario(fleet=HEALTHY)

REPORTED = Scenario(
    fleet=MONTH,
    length=30 * DAY,
    step=1800.0,
    metrics=("lantime_up", "lantime_synchronized", "lantime_sync_state", "lantime_time_quality_seconds"),
)
"""A month, for the report alone: all metrics of so many scrapes would take too long."""

WEEK = Scenario(
    fleet=REVIEWED_WEEK,
    length=7 * DAY,
    step=900.0,
    metrics=(
        *("lantime_up", "lantime_uptime_seconds", "lantime_sync_state", "lantime_sync_reference_info"),
        *("lantime_time_quality_seconds", "lantime_holdover_elapsed_seconds", "lantime_satellites_good"),
        *("lantime_ntp_association_offset_seconds", "lantime_ntp_association_reachable"),
        *("lantime_ptp_offset_from_master_seconds", "lantime_ptp_port_state", "lantime_reference_source_state"),
        *("lantime_gnss_carrier_to_noise_dbhz", "lantime_oscillator_dac_value", "lantime_clock_synchronized"),
        *("lantime_module_temperature_celsius", "lantime_synchronized"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture of a dashboard: of which device (all without one), how wide, how many ``rows`` of the grid high.

    Without a number it is the whole dashboard, with the rows of panels that are closed ``opened`` or as they are.
    """

    name: str
    dashboard: str
    scene: Scenario = TROUBLE
    device: str = ""
    width: int = WIDTH
    rows: int | None = None
    opened: bool = False


PUBLISHED = (
    Shot(name="fleet", dashboard="lantime-fleet", scene=WELL, rows=24),
    Shot(name="fleet-trouble", dashboard="lantime-fleet", rows=24),
    Shot(name="device", dashboard="lantime-device", device="lab-1", rows=33),
    Shot(name="modules", dashboard="lantime-modules", device="hq-1", rows=26),
    Shot(name="ptp", dashboard="lantime-ptp", device="hq-1", rows=30),
    Shot(name="gnss", dashboard="lantime-gnss", rows=26),
    Shot(name="alarms", dashboard="lantime-alarms", rows=29),
    Shot(name="exporter", dashboard="lantime-exporter", rows=23),
    Shot(name="review", dashboard="lantime-review", scene=WEEK, rows=38),
    Shot(name="compliance", dashboard="lantime-compliance", scene=REPORTED),
)
"""The pictures of the documentation."""

OF_ONE_DEVICE = ("lantime-device", "lantime-modules", "lantime-ptp")

OF_LONG_RANGES = {"lantime-compliance": {"month": REPORTED}, "lantime-review": {"week": WEEK}}
"""Dashboards whose range is longer than the hour of the others, with their scenarios."""

REVIEWED = (
    *(
        Shot(
            name=f"{page.uid}-{name}{device and '-'}{device}-{width}",
            dashboard=page.uid,
            scene=scene,
            device=device,
            width=width,
            opened=True,
        )
        for page in PAGES
        for name, scene in OF_LONG_RANGES.get(page.uid, {"well": WELL, "trouble": TROUBLE}).items()
        for device in (("", "hq-1") if page.uid in OF_ONE_DEVICE else ("",))
        for width in (WIDTH, 1024)
    ),
    Shot(name="lantime-fleet-trouble-390", dashboard="lantime-fleet", width=390, opened=True),
)
"""Every dashboard from top to bottom, and the first one on a telephone, for whoever changes one."""


def layout_hash(shot: Shot) -> str:
    """Return a hash of the panels in a picture: their titles, types and places.

    Queries and descriptions are left out: a picture is not out of date because of them.
    """
    page = next(page for page in PAGES if page.uid == shot.dashboard)
    panels = [
        [panel[key] for key in ("title", "type", "gridPos")]
        for panel in page.render()["panels"]
        if shot.rows is None or panel["gridPos"]["y"] < shot.rows
    ]
    return sha256(json.dumps(panels, sort_keys=True).encode()).hexdigest()
