"""VSG: video sync generator (docs/modules.md; port state C, names D).

Outputs as ``lantime_simulator.signals`` spells them; with ``signal`` ``black-burst``, ``ltc``, ``dars`` or
``word-clock`` and ``settled`` (boolean, 1 or 0 in ``flat``). The card:

* ``nested``: ``vsg.{in-sync, oscillator-ready, reference-found}`` booleans.
* ``flat``: ``vsg-state`` ``in-sync``, ``adjusting`` or ``no-reference``; ``osc-ready`` 1 or 0.
"""

from lantime_simulator import sync_state
from lantime_simulator.enums import PORT_ENUMS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Output, outputs
from lantime_simulator.state import SimulatorState

SIGNALS = ("black-burst", "ltc", "dars", "word-clock")


def vsg(now: SimulatorState, card: Card) -> Block:
    """Return the module of a video sync generator."""
    flat = card.module.spelling == "flat"
    warm = sync_state.oscillators_warm(now)
    found = sync_state.has_time(now, sync_state.selected_clock(now))
    settled = warm and found
    state: Block = {"vsg": {"in-sync": settled, "oscillator-ready": warm, "reference-found": found}}
    if flat:
        word = "in-sync" if settled else "adjusting" if found else "no-reference"
        state = {"vsg-state": word, "osc-ready": int(warm)}
    ports = [
        Output(
            kind="gpio",
            source="locally-generated",
            mode="enabled",
            more={"signal": signal, "settled": int(settled) if flat else settled},
        )
        for signal in SIGNALS
    ]
    return {"info": info(now, card), **state, **outputs(now, card, ports)}


PART = ModulePart(
    family="vsg", model="vsg181", build=vsg, spellings=("nested", "flat"), enums=PORT_ENUMS, alarms=(PORT_ALARM,)
)
