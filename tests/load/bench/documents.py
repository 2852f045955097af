"""Responses of the devices of the benchmark.

Measured values, counters and times differ from one response to the next.
"""

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lantime_simulator import CATALOGUE, Lantime
from lantime_simulator.description import SimulatedDevice
from lantime_simulator.modular import Chassis, m3000

from tests.captures import CAPTURE

STEPS = 32
"""Bodies of a document; then they repeat."""

INTERVAL = 15.0
"""Seconds between two bodies."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

BEGINNING = datetime(2026, 2, 11, 22, 5, 7, tzinfo=UTC)

SMALL = "m600"
LARGE = "m3000"
LARGEST = "m3000 full of PTP cards"

PTP_BAYS = ("io6", "io14", "io16")
"""Bays with additional PTP cards in the largest chassis."""


def documents() -> Mapping[str, Sequence[bytes]]:
    """Return the bodies of every document by name, of the capture only if it exists."""
    found = {"capture": captured()} if CAPTURE.exists() else {}
    return {
        **found,
        SMALL: simulated(CATALOGUE[SMALL]()),
        LARGE: simulated(CATALOGUE[LARGE]()),
        LARGEST: simulated(full_chassis()),
    }


def full_chassis() -> SimulatedDevice:
    """Return a full M3000, with two PTP instances in every bay whose card is not needed."""
    device = m3000()
    chassis = Chassis(device.name, device.spelling)
    slots = (
        chassis.card(slot.name, "ptp", roles=("master", "slave")) if slot.name in PTP_BAYS else slot
        for slot in device.slots
    )
    return replace(device, slots=tuple(slots))


def simulated(device: SimulatedDevice, steps: int = STEPS) -> Sequence[bytes]:
    """Return the bodies of a simulated device."""
    return [_body(_lantime(device, step * INTERVAL).document()) for step in range(steps)]


def write(path: Path, *devices: Sequence[bytes]) -> str:
    """Write the bodies of devices to a file for ``bench.device`` and return its path."""
    path.write_text(json.dumps([[body.decode() for body in bodies] for bodies in devices]), encoding="utf-8")
    return str(path)


def captured() -> Sequence[bytes]:
    """Return the capture, and possible later responses of the device."""
    first = json.loads(CAPTURE.read_bytes())
    return [_body(moved(first, step)) for step in range(STEPS)]


def moved(document: Any, step: int) -> Any:
    """Return a possible document some steps later, with the same shape and other figures and times."""
    return _moved(document, step, random.Random(step))  # noqa: S311 -- figures, not secrets


def _moved(value: Any, step: int, chance: random.Random) -> Any:
    if isinstance(value, dict):
        return {key: _moved(item, step, chance) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, step, chance) for item in value]
    if isinstance(value, float):
        return round(value * (1 + step * chance.uniform(-0.01, 0.01)), 9)
    if isinstance(value, int) and not isinstance(value, bool) and value > 10_000:
        return value + step * chance.randrange(1000)
    if isinstance(value, str) and MOMENT.match(value) and step:
        moment = datetime.fromisoformat(value[:19]).replace(tzinfo=UTC) + timedelta(seconds=step * INTERVAL)
        return moment.isoformat()[:19] + value[19:]
    return value


def _lantime(device: SimulatedDevice, elapsed: float) -> Lantime:
    """Return a simulated device that has run for so many seconds."""
    times = iter((0.0,))
    clock: Callable[[], float] = lambda: next(times, elapsed)  # noqa: E731 -- the first reading is its start
    return Lantime(device, clock=clock, wall=lambda: BEGINNING.timestamp() + elapsed)


def _body(document: object) -> bytes:
    return json.dumps(document, indent=1).encode()
