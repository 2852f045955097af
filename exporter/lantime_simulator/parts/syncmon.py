"""``data.syncmon``: nodes that SyncMon monitors (header A, elements D).

``last-updated`` is ``never`` on API 10, otherwise a time; ``nodes`` may be empty (A). A node:

* ``nested``: ``object-id``, ``alias``, ``address``, ``location`` texts, ``type`` ``ntp``, ``ptp`` or ``pps``, ``state``
  ``ok``, ``limit-exceeded`` or ``not-reachable``; ``offset`` and ``offset-limit`` integers in ns, ``path-delay`` ns
  (not for ``pps``), ``stratum`` (``ntp`` only), ``last-update`` a time, ``statistics.{min, max, mean, std-dev}`` ns,
  ``xmr-stats.{last-mue, last-sigma, last-max, last-min, step-comp-val, auto-bias}`` ns,
  ``xmr-metrics.{mtie, tdev}`` lists of 20 numbers in ns.
* ``flat``: ``object-id``, ``name``, ``host``, ``type`` as above; ``status`` ``synchronized`` or ``alarm``;
  ``offset-ns``, ``offset-limit-ns``, ``delay-ns``, ``min-ns``, ``max-ns``, ``mean-ns``, ``std-dev-ns`` numbers as text
  (``"-183"``), ``reachable`` boolean, ``last-updated`` a time.
"""

from lantime_simulator import times
from lantime_simulator.description import SyncMonNode
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.state import SimulatorState

INTERVAL = 64
"""Seconds between two measurements of a node."""

SPREAD = {"ntp": 20_000, "ptp": 180, "pps": 25}
"""Range of the offset by kind of node, in ns."""


def syncmon(now: SimulatorState) -> Block:
    """Return the section."""
    device = now.device
    spell = _flat if device.spelling == "flat" else _nested
    measured = now.at(now.elapsed - now.elapsed % 10)
    return {
        "last-updated": times.iso(int(measured.wall)) if device.api_major >= 16 else times.NEVER,
        "nodes": [spell(now, node) for node in device.nodes],
    }


def _over(now: SimulatorState, node: SyncMonNode) -> bool:
    return now.on("syncmon-limit", node.name)


def _offset(now: SimulatorState, node: SyncMonNode) -> int:
    spread = SPREAD[node.kind]
    offset = int(now.wave(f"{node.name}/offset", -spread, spread, 700))
    return offset + 3 * node.limit if _over(now, node) else offset


def _delay(now: SimulatorState, node: SyncMonNode) -> int:
    return int(now.wave(f"{node.name}/delay", 180_000, 240_000, 800) if node.kind == "ntp" else 1_850)


def _statistics(now: SimulatorState, node: SyncMonNode) -> Block:
    spread = SPREAD[node.kind]
    mean = _offset(now, node)
    return {"min": mean - spread, "max": mean + spread, "mean": mean, "std-dev": spread // 3}


def _last_update(now: SimulatorState) -> str:
    return times.iso(int(now.wall - now.elapsed % INTERVAL))


def _nested(now: SimulatorState, node: SyncMonNode) -> Block:
    offset = _offset(now, node)
    spread = SPREAD[node.kind]
    block: Block = {
        "object-id": node.name,
        "alias": node.name.replace("-", " ").title(),
        "address": node.address,
        "location": node.location,
        "type": node.kind,
        "state": "limit-exceeded" if _over(now, node) else "ok",
        "offset": offset,
        "offset-limit": node.limit,
        "path-delay": _delay(now, node),
        "stratum": 2,
        "last-update": _last_update(now),
        "statistics": _statistics(now, node),
        "xmr-stats": {
            "last-mue": offset,
            "last-sigma": spread // 3,
            "last-max": offset + spread,
            "last-min": offset - spread,
            "step-comp-val": 0,
            "auto-bias": 0,
        },
        "xmr-metrics": {
            "mtie": [spread + 2 * step for step in range(20)],
            "tdev": [spread // 8 + step for step in range(20)],
        },
    }
    if node.kind != "ntp":
        del block["stratum"]
    if node.kind == "pps":
        del block["path-delay"]
    return block


def _flat(now: SimulatorState, node: SyncMonNode) -> Block:
    figures = _statistics(now, node)
    return {
        "object-id": node.name,
        "name": node.name,
        "host": node.address,
        "type": node.kind,
        "status": "alarm" if _over(now, node) else "synchronized",
        "offset-ns": str(_offset(now, node)),
        "offset-limit-ns": str(node.limit),
        "delay-ns": str(_delay(now, node)),
        **{f"{name}-ns": str(figure) for name, figure in figures.items()},
        "reachable": True,
        "last-updated": _last_update(now),
    }


PART = SectionPart(key="syncmon", build=syncmon)
