"""BPE: backplane port expander (docs/modules.md; JSON D). Outputs as ``lantime_simulator.signals`` spells them."""

from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Output, outputs
from lantime_simulator.state import SimulatorState

OUTPUTS = (
    Output(kind="pps", source="switch-card"),
    Output(kind="10-mhz", source="switch-card", mode="always-enabled"),
    Output(kind="timecode", source="switch-card"),
    Output(kind="2048-khz", source="switch-card", mode="disabled"),
)


def bpe(now: SimulatorState, card: Card) -> Block:
    """Return the module of a port expander."""
    return {"info": info(now, card), **outputs(now, card, OUTPUTS)}


PART = ModulePart(
    family="bpe", model="bpe2352", build=bpe, spellings=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
