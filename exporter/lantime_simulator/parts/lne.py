"""LNE: further network ports (docs/modules.md; JSON D). The ports are in ``network.ports`` with this slot's name.

* ``nested``: ``ethernet[]`` of ``{object-id: lan2, port-id, link, speed}`` (``speed`` Mbit/s as text, ``-`` when down).
* ``flat``: ``info`` alone.
"""

from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.parts import network
from lantime_simulator.state import SimulatorState


def lne(now: SimulatorState, card: Card) -> Block:
    """Return the module of a network card."""
    if card.module.spelling == "flat":
        return {"info": info(now, card)}
    ports = []
    for number, port in enumerate(port for port in now.device.ports if port.slot == card.name):
        up = network.link(now, port)
        ports.append({"object-id": port.name, "port-id": number, "link": up, "speed": str(port.speed) if up else "-"})
    return {"info": info(now, card), "ethernet": ports}


PART = ModulePart(family="lne", model="lne180sfp", build=lne, spellings=("nested", "flat"))
