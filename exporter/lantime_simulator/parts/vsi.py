"""VSI: video sync input (docs/modules.md; JSON D).

Inputs as ``lantime_simulator.signals`` spells them; with ``signal`` ``video-input``, ``linear-time-code``,
``word-clock`` or ``pps``, ``locked`` (boolean, 1 or 0 in ``flat``), and ``gpio-state`` if the port is a GPIO.
"""

from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Input, input_lost, inputs
from lantime_simulator.state import SimulatorState

SIGNALS = {"video-input": "gpio", "linear-time-code": "gpio", "word-clock": "gpio", "pps": "pps"}


def vsi(now: SimulatorState, card: Card) -> Block:
    """Return the module of a video sync input."""
    flat = card.module.spelling == "flat"
    ports = []
    for number, (signal, kind) in enumerate(SIGNALS.items(), 1):
        connected = signal != "word-clock"
        locked = connected and not input_lost(now, card, number)
        more: Block = {"signal": signal, "locked": int(locked) if flat else locked}
        if kind == "gpio":
            more["gpio-state"] = "input-signal-available" if locked else "unused"
        ports.append(Input(kind=kind, connected=connected, used=number == 1, more=more))
    return {"info": info(now, card), **inputs(now, card, ports)}


PART = ModulePart(
    family="vsi", model="vsi180", build=vsi, spellings=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
