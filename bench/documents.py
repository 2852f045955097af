"""What the devices of the benchmark answer: bodies that follow each other as a device's answers do.

The bodies of one document move: measured values, counters and times differ from one to the next.
"""

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from exporter.simulator import CATALOGUE, Lantime

CAPTURE = Path(__file__).parents[2] / "shared/captures/m600-gps.json"
"""The answer of a real device, which is not part of the project."""

STEPS = 32
"""Bodies of a document; then they begin anew."""

INTERVAL = 15.0
"""Seconds from one body to the next."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

BEGINNING = datetime(2026, 2, 11, 22, 5, 7, tzinfo=UTC)

LARGEST = "m3000"
SMALL = "m600"


def documents() -> Mapping[str, Sequence[bytes]]:
    """Return the bodies of every document by name, the capture only where it is."""
    found = {"capture": captured()} if CAPTURE.exists() else {}
    return {**found, SMALL: simulated(SMALL), LARGEST: simulated(LARGEST)}


def simulated(kind: str, number: int = 1, steps: int = STEPS) -> Sequence[bytes]:
    """Return the bodies of the ``number``-th simulated device of its kind."""
    return [_body(_lantime(kind, number, step * INTERVAL).document()) for step in range(steps)]


def write(path: Path, *devices: Sequence[bytes]) -> str:
    """Write the bodies of devices to a file for ``bench.device`` and return its path."""
    path.write_text(json.dumps([[body.decode() for body in bodies] for bodies in devices]), encoding="utf-8")
    return str(path)


def captured() -> Sequence[bytes]:
    """Return the capture, and what it might have said later."""
    first = json.loads(CAPTURE.read_bytes())
    return [_body(moved(first, step)) for step in range(STEPS)]


def moved(document: Any, step: int) -> Any:
    """Return a document as it may look some steps later: the same shape, other figures and times."""
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


def _lantime(kind: str, number: int, elapsed: float) -> Lantime:
    """Return a simulated device that has run for so many seconds."""
    times = iter((0.0,))
    clock: Callable[[], float] = lambda: next(times, elapsed)  # noqa: E731 -- the first reading is its start
    return Lantime(CATALOGUE[kind](number), clock=clock, wall=lambda: BEGINNING.timestamp() + elapsed)


def _body(document: object) -> bytes:
    return json.dumps(document, indent=1).encode()
