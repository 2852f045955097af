"""CPE: configurable port expander, makes its own signals (docs/modules.md; JSON D).

Outputs as ``lantime_simulator.signals`` spells them, and the state of the card:

* ``nested``: ``cpe.{synchronized, pulses-enabled}`` booleans.
* ``flat``: ``sync-state`` ``synchronized`` or ``not-synchronized``.
"""

from lantime_simulator import condition
from lantime_simulator.blocks import info
from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.moment import Moment
from lantime_simulator.part import Block, Card, ModulePart
from lantime_simulator.signals import PORT_ALARM, Output, outputs

OUTPUTS = (
    Output(kind="pps", source="locally-generated"),
    Output(kind="prog.-output", source="locally-generated"),
    Output(kind="timecode", source="locally-generated", mode="always-after-sync"),
    Output(kind="uart", source="locally-generated", mode="always-enabled"),
)


def cpe(moment: Moment, card: Card) -> Block:
    """Return the module of a port expander."""
    synchronized = condition.has_time(moment, condition.selected_clock(moment))
    state: Block = {"cpe": {"synchronized": synchronized, "pulses-enabled": synchronized}}
    if card.module.dialect == "flat":
        state = {"sync-state": "synchronized" if synchronized else "not-synchronized"}
    return {"info": info(moment, card), **state, **outputs(moment, card, OUTPUTS)}


PART = ModulePart(
    family="cpe", model="cpe180", build=cpe, dialects=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
