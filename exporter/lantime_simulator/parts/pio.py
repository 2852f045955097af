"""PIO: four programmable ports, measures external 1PPS (docs/modules.md; JSON D).

Ports 1 and 2 are inputs, 3 and 4 outputs:

* ``nested``: ``ports[]`` of ``{object-id: port-1, port-type: pps, direction: input | output, status}`` with the status
  bits as booleans (``input-signal-avail``, ``input-signal-lost``; ``disabled``, ``carrier-detected``); inputs also
  ``offset`` ns and ``offset-limit`` ns.
* ``flat``: ``port-1`` to ``port-4`` of ``{io-port-type: 0, dir: 0 | 1, state}``; inputs also ``pps-offset-ns``.

The scenario ``input-lost`` takes the signal from port 1, which then has no offset.
"""

from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, input_lost
from lantime_simulator.state import SimulatorState

INPUTS = (1, 2)
OUTPUTS = (3, 4)


def pio(now: SimulatorState, card: Card) -> Block:
    """Return the module of a programmable port card."""
    spell = _flat if card.module.spelling == "flat" else _nested
    return {"info": info(now, card), **spell(now, card)}


def _offset(now: SimulatorState, card: Card, number: int) -> int:
    return int(now.wave(f"{card.name}/port-{number}", -14, 17, 500))


def _nested(now: SimulatorState, card: Card) -> Block:
    ports: list[Block] = []
    for number in INPUTS:
        lost = input_lost(now, card, number)
        block: Block = {
            "object-id": f"port-{number}",
            "port-type": "pps",
            "direction": "input",
            "status": {"input-signal-avail": not lost, "input-signal-lost": lost},
            "offset-limit": 500,
        }
        ports.append(block if lost else {**block, "offset": _offset(now, card, number)})
    ports += [
        {
            "object-id": f"port-{number}",
            "port-type": "pps",
            "direction": "output",
            "status": {"disabled": False, "carrier-detected": True},
        }
        for number in OUTPUTS
    ]
    return {"ports": ports}


def _flat(now: SimulatorState, card: Card) -> Block:
    ports: Block = {}
    for number in INPUTS:
        lost = input_lost(now, card, number)
        block: Block = {
            "io-port-type": 0,
            "dir": 0,
            "state": "input-signal-lost" if lost else "input-signal-avail",
        }
        ports[f"port-{number}"] = block if lost else {**block, "pps-offset-ns": _offset(now, card, number)}
    for number in OUTPUTS:
        ports[f"port-{number}"] = {"io-port-type": 0, "dir": 1, "state": "carrier-detected"}
    return ports


PART = ModulePart(
    family="pio", model="pio180", build=pio, spellings=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
