"""CPE: configurable port expander, generates signals (docs/modules.md; JSON D).

Outputs as ``lantime_simulator.signals`` spells them, and the state of the card:

* ``nested``: ``cpe.{synchronized, pulses-enabled}`` booleans.
* ``flat``: ``sync-state`` ``synchronized`` or ``not-synchronized``.
"""

from lantime_simulator import sync_state
from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Output, outputs
from lantime_simulator.state import SimulatorState

OUTPUTS = (
    Output(kind="pps", source="locally-generated"),
    Output(kind="prog.-output", source="locally-generated"),
    Output(kind="timecode", source="locally-generated", mode="always-after-sync"),
    Output(kind="uart", source="locally-generated", mode="always-enabled"),
)


def cpe(now: SimulatorState, card: Card) -> Block:
    """Return the module of a port expander."""
    synchronized = sync_state.has_time(now, sync_state.selected_clock(now))
    state: Block = {"cpe": {"synchronized": synchronized, "pulses-enabled": synchronized}}
    if card.module.spelling == "flat":
        state = {"sync-state": "synchronized" if synchronized else "not-synchronized"}
    return {"info": info(now, card), **state, **outputs(now, card, OUTPUTS)}


PART = ModulePart(
    family="cpe", model="cpe180", build=cpe, spellings=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
