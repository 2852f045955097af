"""The pictures, their fleets and their times."""

import json
from dataclasses import dataclass
from hashlib import sha256

from tools.backfill import FleetDevice, fleets
from tools.dashboards.definitions import DASHBOARDS

DAY = 86400.0

WIDTH = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A fleet and the simulated time, in seconds, with a scrape every ``step``.

    ``metrics`` are those to keep; without any, all are kept, and the alert rules are evaluated.
    """

    fleet: tuple[FleetDevice, ...]
    length: float = 3600.0
    step: float = 15.0
    metrics: tuple[str, ...] = ()


PICTURED = Simulation(fleet=fleets.PICTURED)

TROUBLED = Simulation(fleet=fleets.TROUBLED)

HEALTHY = Simulation(fleet=fleets.HEALTHY)

MONTH = Simulation(
    fleet=fleets.MONTH,
    length=30 * DAY,
    step=1800.0,
    metrics=("lantime_up", "lantime_synchronized", "lantime_sync_state", "lantime_time_quality_seconds"),
)
"""A month, only for the report: all metrics of so many scrapes would take too long."""

WEEK = Simulation(
    fleet=fleets.WEEK,
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
    """A picture of a dashboard: the device (all without one), the width, and the height in ``rows`` of the grid.

    Without a number of rows it is the whole dashboard, with closed rows of panels ``opened`` or closed.
    """

    name: str
    dashboard: str
    simulation: Simulation = PICTURED
    device: str = ""
    width: int = WIDTH
    rows: int | None = None
    opened: bool = False


PUBLISHED = (
    Shot(name="fleet", dashboard="lantime-fleet", simulation=HEALTHY, rows=24),
    Shot(name="fleet-trouble", dashboard="lantime-fleet", rows=24),
    Shot(name="device", dashboard="lantime-device", device="lab-1", rows=35),
    Shot(name="modules", dashboard="lantime-modules", device="hq-1", rows=26),
    Shot(name="ptp", dashboard="lantime-ptp", device="hq-1", rows=30),
    Shot(name="gnss", dashboard="lantime-gnss", rows=26),
    Shot(name="alarms", dashboard="lantime-alarms", rows=26),
    Shot(name="exporter", dashboard="lantime-exporter", rows=23),
    Shot(name="review", dashboard="lantime-review", simulation=WEEK, rows=38),
    Shot(name="compliance", dashboard="lantime-compliance", simulation=MONTH),
)
"""The pictures of the documentation."""

OF_ONE_DEVICE = ("lantime-device", "lantime-modules", "lantime-ptp")

OF_LONG_RANGES = {"lantime-compliance": {"month": MONTH}, "lantime-review": {"week": WEEK}}
"""Dashboards with a range longer than an hour, with their scenarios."""

REVIEWED = (
    *(
        Shot(
            name=f"{page.uid}-{name}{device and '-'}{device}-{width}",
            dashboard=page.uid,
            simulation=simulation,
            device=device,
            width=width,
            opened=True,
        )
        for page in DASHBOARDS
        for name, simulation in OF_LONG_RANGES.get(page.uid, {"healthy": HEALTHY, "troubled": TROUBLED}).items()
        for device in (("", "hq-1") if page.uid in OF_ONE_DEVICE else ("",))
        for width in (WIDTH, 1024)
    ),
    Shot(name="lantime-fleet-troubled-390", dashboard="lantime-fleet", simulation=TROUBLED, width=390, opened=True),
    Shot(name="lantime-device-troubled-390", dashboard="lantime-device", simulation=TROUBLED, device="hq-1", width=390),
)
"""Every dashboard from top to bottom, and two at the width of a phone, for review."""


def layout_hash(shot: Shot) -> str:
    """Return a hash of the panels in a picture: their titles, types and places.

    Queries and descriptions do not count: they do not make a picture out of date.
    """
    page = next(page for page in DASHBOARDS if page.uid == shot.dashboard)
    panels = [
        [panel[key] for key in ("title", "type", "gridPos")]
        for panel in page.render()["panels"]
        if shot.rows is None or panel["gridPos"]["y"] < shot.rows
    ]
    return sha256(json.dumps(panels, sort_keys=True).encode()).hexdigest()
