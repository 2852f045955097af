"""LNO: low phase noise 10 MHz generator (docs/modules.md; sensors C, names D).

* ``nested``: ``lno`` with ``oscillator.state`` ``warmed-up`` or ``not-warmed-up``, ``pll.{locked, control-voltage}``
  (V), ``outputs[]`` of ``{object-id: out-1, port-type: 10-mhz, enabled, level: ok | fault, overload,
  output-voltage (V)}``.
* ``flat``: ``info.sensors`` holds objects: ``pll-1: {control-voltage, locked}``, ``voltage-1`` to ``voltage-4``
  ``{value (V), out-enabled, overload}``; ``oscillator`` ``warmed-up``; ``output-1`` to ``output-4`` ``ok`` or
  ``error``.

The scenario ``output-level-lost`` takes the level from the second output. Outputs are on once the oscillator is warm.
"""

from lantime_simulator import sync_state
from lantime_simulator.enums import OSCILLATOR_STATES
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, output_lost
from lantime_simulator.state import SimulatorState

OUTPUTS = (1, 2, 3, 4)


def lno(now: SimulatorState, card: Card) -> Block:
    """Return the module of a low noise generator."""
    warm = sync_state.oscillators_warm(now)
    control = round(now.wave(f"{card.name}/pll", 2.31, 2.46, 2700), 3)
    spell = _flat if card.module.spelling == "flat" else _nested
    return spell(now, card, control, warm=warm)


def _voltage(now: SimulatorState, card: Card, number: int, *, warm: bool) -> float:
    if not warm or output_lost(now, card, number):
        return 0.0
    return round(now.wave(f"{card.name}/level-{number}", 0.98, 1.03, 1200), 3)


def _nested(now: SimulatorState, card: Card, control: float, *, warm: bool) -> Block:
    return {
        "info": info(now, card),
        "lno": {
            "oscillator": {"state": "warmed-up" if warm else "not-warmed-up"},
            "pll": {"locked": warm, "control-voltage": control},
            "outputs": [
                {
                    "object-id": f"out-{number}",
                    "port-type": "10-mhz",
                    "enabled": warm,
                    "level": "fault" if output_lost(now, card, number) else "ok",
                    "overload": False,
                    "output-voltage": _voltage(now, card, number, warm=warm),
                }
                for number in OUTPUTS
            ],
        },
    }


def _flat(now: SimulatorState, card: Card, control: float, *, warm: bool) -> Block:
    who = info(now, card)
    who["sensors"]["pll-1"] = {"control-voltage": control, "locked": warm}
    for number in OUTPUTS:
        who["sensors"][f"voltage-{number}"] = {
            "value": _voltage(now, card, number, warm=warm),
            "out-enabled": warm,
            "overload": False,
        }
    states = {f"output-{number}": "error" if output_lost(now, card, number) else "ok" for number in OUTPUTS}
    return {"info": who, "oscillator": "warmed-up" if warm else "not-warmed-up", **states}


PART = ModulePart(
    family="lno",
    model="lno180",
    build=lno,
    spellings=("nested", "flat"),
    enums={"state": OSCILLATOR_STATES, "oscillator": OSCILLATOR_STATES},
    alarms=(PORT_ALARM,),
)
