"""A card of an unknown model, for the generic layer.

* ``nested``: ``lasers[]`` of objects with lists, numbers, numbers as text, booleans and unknown words; ``mixture`` with
  a list of numbers, null and empty containers.
* ``flat``: the same kinds of values in one block, with unusual keys.
"""

from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.state import SimulatorState


def invented(now: SimulatorState, card: Card) -> Block:
    """Return the module of an invented card."""
    spell = _flat if card.module.spelling == "flat" else _nested
    return {"info": info(now, card), **spell(now, card)}


def _nested(now: SimulatorState, card: Card) -> Block:
    return {
        "lasers": [
            {
                "object-id": f"laser-{number}",
                "power-mw": round(now.wave(f"{card.name}/laser-{number}", 3.1, 3.4), 2),
                "bias": str(int(now.wave(f"{card.name}/bias-{number}", 40, 50))),
                "locked": True,
                "phase": "humming",
                "lines": [{"object-id": name, "detuning": number} for name in ("d1", "d2")],
            }
            for number in (1, 2)
        ],
        "mixture": {"parts": [3, 5, 8], "nothing": None, "empty": {}, "none": [], "valid": False},
    }


def _flat(now: SimulatorState, card: Card) -> Block:
    return {
        "laser_1 power": round(now.wave(f"{card.name}/laser-1", 3.1, 3.4), 2),
        "laser_1-bias": "44",
        "laserLocked": True,
        "phase": "humming",
        "ünits": 7,
        "detuning": -2.5e-6,
        "label": "N/A",
    }


PART = ModulePart(family="invented", model="xyz900", build=invented, spellings=("nested", "flat"))
