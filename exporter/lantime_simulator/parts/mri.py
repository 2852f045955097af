"""MRI: reference input card of a clock (docs/modules.md; JSON D).

Inputs as ``lantime_simulator.signals`` spells them; time codes with ``time-code`` ``c37.118``.
"""

from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Input, inputs
from lantime_simulator.state import SimulatorState

INPUTS = (
    Input(kind="pps", used=True),
    Input(kind="10-mhz"),
    Input(kind="timecode", more={"time-code": "c37.118"}),
    Input(kind="timecode", connected=False),
)


def mri(now: SimulatorState, card: Card) -> Block:
    """Return the module of a reference input card."""
    return {"info": info(now, card), **inputs(now, card, INPUTS)}


PART = ModulePart(
    family="mri",
    model="mri",
    slot_kind="mri",
    build=mri,
    spellings=("nested", "flat"),
    enums=PORT_ENUMS,
    alarms=(PORT_ALARM,),
)
