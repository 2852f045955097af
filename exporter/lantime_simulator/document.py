"""The response of a simulated LANTIME, as a pure function of description, episodes and time."""

from typing import Any

from lantime_simulator import times
from lantime_simulator.description import SimulatedDevice, SimulatedSlot
from lantime_simulator.part import Block, Card, ModulePart, SectionPart, in_numbers
from lantime_simulator.parts import families, sections
from lantime_simulator.scenarios import Episode
from lantime_simulator.state import SimulatorState


def document(
    device: SimulatedDevice, episodes: tuple[Episode, ...], elapsed: float, wall: float, *, raw: bool = False
) -> Block:
    """Return the response to ``GET /api/status``.

    ``elapsed`` is seconds since the start of the simulation, ``wall`` the Unix time of the start. With ``raw``
    enumerations are numbers, as with the query ``?raw``.
    """
    return envelope(device, wall, status(SimulatorState(device, elapsed, wall, episodes), raw=raw), "/api/status")


def status(now: SimulatorState, *, raw: bool = False) -> Block:
    """Return the status tree, which is below ``data`` in the response."""
    stale = now.since("stale-data")
    if stale:
        now = now.at(now.elapsed - stale)
    tree: Block = {
        "object-id": "status",
        "rest-api": {"api-version": now.device.api_version},
        "chassis0": _chassis(now, raw=raw),
    }
    for part in sections():
        section = part.build(now)
        if section is not None:
            tree[part.key] = _spelled(section, part, raw=raw)
    return tree


def envelope(device: SimulatedDevice, wall: float, data: Any, path: str) -> Block:
    """Return a response around ``data``, the node at ``path``."""
    scheme = "https" if device.api_major >= 16 else "http"
    return {
        "system-information": {
            "API Version": f"LANTIME REST API V{device.api_version}",
            "version": device.image,
            "serial-number": device.serial_number,
            "hostname": device.hostname,
            "time-stamp": times.iso(int(wall)),
            "model": device.model,
        },
        "data": data,
        "changes": {"pending-changes": 0},
        # The device reports its internal address, which is not reachable.
        "links": {"self": f"{scheme}://localhost{path}"},
    }


def root(tree: Block) -> Block:
    """Return the content of ``data`` for ``GET /api``: the status tree beside the configuration."""
    return {"object-id": "api", "status": tree, "config": {"system": {"contact": "", "location": ""}}}


def _chassis(now: SimulatorState, *, raw: bool) -> Block:
    device = now.device
    return {
        "model": device.model,
        "serial-number": device.chassis_serial_number,
        "backplane-revision": device.backplane_revision,
        "firmware-image": device.image,
        "slot-layout": device.slot_layout,
        "slots": [_slot(now, position, slot, raw=raw) for position, slot in enumerate(device.slots)],
    }


def _slot(now: SimulatorState, position: int, slot: SimulatedSlot, *, raw: bool) -> Block:
    block: Block = {
        "object-id": slot.name,
        "slot-id": slot.name,
        "slot-type": slot.kind,
        "slot-position": f"0,{position},1",
        "slot-orientation": slot.orientation,
    }
    if slot.module is not None and not now.on("module-pulled", slot.name):
        part = families()[slot.module.family]
        block["module"] = _spelled(part.build(now, Card(slot, slot.module)), part, raw=raw)
    return block


def _spelled(block: Any, part: SectionPart | ModulePart, *, raw: bool) -> Any:
    return in_numbers(block, part.enums) if raw else block
