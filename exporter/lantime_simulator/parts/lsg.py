"""LSG: line signal generator, Clock/BITS (docs/modules.md; JSON D). No status of the card itself is documented.

Outputs as ``lantime_simulator.signals`` spells them; with ``ssm``, a quality level, its number in ``flat``.
"""

from lantime_simulator.enums import PORT_ENUMS, QUALITY_LEVELS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Output, outputs
from lantime_simulator.state import SimulatorState


def lsg(now: SimulatorState, card: Card) -> Block:
    """Return the module of a line signal generator."""
    level = QUALITY_LEVELS["ql-prc"] if card.module.spelling == "flat" else "ql-prc"
    bits = [Output(kind="synthesizer", source="oscillator", mode="enabled", more={"ssm": level}) for _ in range(4)]
    return {"info": info(now, card), **outputs(now, card, bits)}


PART = ModulePart(
    family="lsg",
    model="lsg180",
    build=lsg,
    spellings=("nested", "flat"),
    enums={**PORT_ENUMS, "ssm": QUALITY_LEVELS},
    alarms=(PORT_ALARM,),
)
