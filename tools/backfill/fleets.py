"""Simulated fleets, and the scenarios of their devices."""

import math
from dataclasses import dataclass

from lantime_simulator import CATALOGUE, SimulatedDevice, Timetable, carrier

CALM = Timetable(((0.0, ()),))


@dataclass(frozen=True, slots=True)
class FleetDevice:
    """A device with the name of its target, and its scenarios, in seconds since the start.

    ``profile`` is the label of its target that selects the limits of alerts and panels, none if empty.
    After ``scraped_until`` the exporter no longer answers Prometheus.
    """

    name: str
    device: SimulatedDevice
    timetable: Timetable = CALM
    profile: str = ""
    scraped_until: float = math.inf


def _at(*rows: tuple[float, tuple[str, ...]]) -> Timetable:
    return Timetable(((0.0, ()), *rows))


HEALTHY = (
    FleetDevice("hq-1", CATALOGUE["m3000"]()),
    FleetDevice("hq-2", CATALOGUE["m600"]()),
    FleetDevice("lab-1", CATALOGUE["m1000"]()),
    FleetDevice("mast-1", CATALOGUE["m300"]()),
    FleetDevice("studio-1", CATALOGUE["m500"]()),
)
"""No faults."""

PICTURED = (
    FleetDevice("hq-1", CATALOGUE["m3000"](), _at((1500.0, ("relay-c-nc", "psu-lost")))),
    FleetDevice("hq-2", CATALOGUE["m600"]()),
    FleetDevice("lab-1", CATALOGUE["m1000"](), _at((900.0, ("holdover@clk1", "holdover@clk2")))),
    FleetDevice("mast-1", CATALOGUE["m300"]()),
    FleetDevice("studio-1", CATALOGUE["m500"](), _at((2300.0, ("unreachable",)))),
    FleetDevice("studio-2", CATALOGUE["m500"](2)),
    FleetDevice("studio-3", CATALOGUE["m500"](3), scraped_until=2900.0),
)
"""One device in holdover, one with a relay in NC and a failed supply, one unreachable, one not scraped, two healthy."""

HOUR, DAY = 3600.0, 86400.0

MONTH = (
    FleetDevice("hq-1", CATALOGUE["m3000"]()),
    FleetDevice("hq-2", CATALOGUE["m600"](), _at((6.2 * DAY, ("unreachable",)), (6.2 * DAY + 3 * HOUR, ()))),
    FleetDevice(
        "lab-1",
        CATALOGUE["m1000"](),
        _at((11.5 * DAY, ("holdover@clk1", "holdover@clk2")), (11.5 * DAY + 9 * HOUR, ())),
    ),
    FleetDevice("mast-1", CATALOGUE["m300"](), _at((19.8 * DAY, ("antenna-off",)), (19.8 * DAY + 5 * HOUR, ()))),
    FleetDevice("studio-1", CATALOGUE["m500"](), _at((28.4 * DAY, ("unreachable",)))),
    FleetDevice("studio-2", CATALOGUE["m500"](2)),
)
"""Typical faults of a month: an outage, two losses of the reference, and a device that has been gone for a day."""

WEEK = (
    FleetDevice("hq-1", CATALOGUE["m3000"]()),
    FleetDevice("hq-2", CATALOGUE["m600"]()),
    FleetDevice(
        "lab-1",
        CATALOGUE["m1000"](),
        _at((1.5 * DAY, ("holdover@clk1", "holdover@clk2")), (1.5 * DAY + 5 * HOUR, ())),
    ),
    FleetDevice("mast-1", CATALOGUE["m300"](), _at((4.8 * DAY, ("antenna-off",)), (4.8 * DAY + 2 * HOUR, ()))),
    FleetDevice("studio-1", CATALOGUE["m500"](), _at((5.4 * DAY, ("unreachable",)), (5.4 * DAY + HOUR, ()))),
)
"""Typical faults of a week."""

TROUBLED = (
    FleetDevice(
        "hq-1",
        CATALOGUE["m3000"](),
        _at(
            (600.0, ("relay-c-nc", "psu-lost", "fan-failed", "ptp-offset-step@io15")),
            (1500.0, ("ptp-grandmaster-change@io15", "output-level-lost", "frequency-limit", "syncmon-limit")),
            (2400.0, ("clock1-lost", "input-lost", "rubidium-fault", "module-pulled@io6", "link-down")),
        ),
    ),
    FleetDevice("hq-2", CATALOGUE["m600"](), _at((900.0, ("antenna-short", "event-raised")), (1800.0, ("warm-up",)))),
    FleetDevice("lab-1", CATALOGUE["m1000"](), _at((900.0, ("antenna-off", "rsc-manual")))),
    FleetDevice("mast-1", CATALOGUE["m300"](), _at((600.0, ("holdover",)), (2400.0, ("ntp-unsynchronized",))), "ntp"),
    FleetDevice("studio-1", CATALOGUE["m500"](), _at((600.0, ("ptp-faulty",)), (2300.0, ("unreachable",)))),
    FleetDevice("studio-2", CATALOGUE["m3000-flat"](), _at((1200.0, ("stale-data",))), "ntp"),
    FleetDevice("studio-3", CATALOGUE["m500"](2), scraped_until=3000.0),
    FleetDevice("time-code", CATALOGUE["m500-tcr180-nested"]()),
    FleetDevice("time-code-flat", CATALOGUE["m500-tcr180-flat"]()),
    FleetDevice("sensors", carrier("acm")),
)
"""All scenarios of devices, more than any real fleet has in an hour; and rare cards."""
