"""Differences between two documents, by path; elements of lists have their object-id, else their index."""

from collections.abc import Iterator
from typing import Any

from lantime_simulator import SimulatedDevice, document
from lantime_simulator.scenarios import Episode, parse

WALL = 1_792_000_000.0
ELAPSED = 1000.0
ABSENT = "(absent)"

Leaves = dict[str, Any]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            name = item.get("object-id", place) if isinstance(item, dict) else place
            yield from leaves(item, f"{path}/{name}")
    else:
        yield path, value


def played(device: SimulatedDevice, *scenarios: str, after: float = 100.0, healed: float | None = None) -> Leaves:
    """The leaves below data after scenarios were active for some seconds, or some seconds after their end."""
    began = ELAPSED - after - (healed or 0)
    ended = None if healed is None else ELAPSED - healed
    episodes = tuple(
        Episode(scenario, began, ended) for text in scenarios if (scenario := parse(text, device)) is not None
    )
    return dict(leaves(document(device, episodes, ELAPSED, WALL)["data"]))


def changes(device: SimulatedDevice, *scenarios: str, after: float = 100.0, healed: float | None = None) -> Leaves:
    """The leaves that scenarios change, with their new values."""
    healthy = played(device)
    now = played(device, *scenarios, after=after, healed=healed)
    return {
        path: now.get(path, ABSENT)
        for path in healthy.keys() | now.keys()
        if healthy.get(path, ABSENT) != now.get(path, ABSENT)
    }
