"""SCG: studio clock generator, word clock and AES11 (docs/modules.md; JSON D). No status of the card is documented.

Outputs as ``lantime_simulator.signals`` spells them; with ``signal`` ``word-clock`` or ``dars``, ``gpio-state`` and
``frequency-hz``.
"""

from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Output, outputs
from lantime_simulator.state import SimulatorState

OUTPUTS = tuple(
    Output(
        kind="gpio",
        source="locally-generated",
        mode="enabled",
        more={"signal": signal, "gpio-state": "output-enabled", "frequency-hz": 48_000},
    )
    for signal in ("word-clock", "word-clock", "dars", "dars")
)


def scg(now: SimulatorState, card: Card) -> Block:
    """Return the module of a studio clock generator."""
    return {"info": info(now, card), **outputs(now, card, OUTPUTS)}


PART = ModulePart(
    family="scg", model="scg181", build=scg, spellings=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
