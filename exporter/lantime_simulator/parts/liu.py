"""LIU: telecom line signals (docs/modules.md; JSON D).

Outputs as ``lantime_simulator.signals`` spells them, each also with its frequency: ``frequency-khz`` for clocks,
``bit-rate-kbps`` for framed outputs. The card:

* ``nested``: ``liu.{mode: e1 | t1, line-code: hdb3, pll-locked, ssm: ql-prc, group-role: master | slave}``.
* ``flat``: ``e1-mode`` 1, ``line-code`` text, ``pll`` ``locked`` or ``unlocked``, ``outgoing-ssm`` number of the level.
"""

from lantime_simulator import sync_state
from lantime_simulator.enums import PORT_ENUMS, QUALITY_LEVELS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Output, outputs
from lantime_simulator.state import SimulatorState

OUTPUTS = (
    Output(kind="2048-khz", source="oscillator", mode="always-enabled", more={"frequency-khz": 2048}),
    Output(kind="2048-khz", source="oscillator", mode="always-enabled", more={"frequency-khz": 2048}),
    Output(kind="multi", source="oscillator", mode="always-after-sync", more={"bit-rate-kbps": 2048}),
    Output(kind="multi", source="oscillator", mode="always-after-sync", more={"bit-rate-kbps": 2048}),
)


def liu(now: SimulatorState, card: Card) -> Block:
    """Return the module of a line interface."""
    timed = sync_state.has_time(now, sync_state.selected_clock(now))
    quality = "ql-prc" if timed else "ql-dnu/dus"
    state: Block = {
        "liu": {"mode": "e1", "line-code": "hdb3", "pll-locked": timed, "ssm": quality, "group-role": "master"}
    }
    if card.module.spelling == "flat":
        state = {
            "e1-mode": 1,
            "line-code": "HDB3",
            "pll": "locked" if timed else "unlocked",
            "outgoing-ssm": QUALITY_LEVELS[quality],
        }
    return {"info": info(now, card), **state, **outputs(now, card, OUTPUTS)}


PART = ModulePart(
    family="liu",
    model="liu",
    build=liu,
    spellings=("nested", "flat"),
    enums={**PORT_ENUMS, "ssm": QUALITY_LEVELS},
    alarms=(PORT_ALARM,),
)
