"""ACM: fans (docs/modules.md; JSON D).

* ``nested``: ``fans[]`` of ``{object-id: fan-1, status: on | off, error: no | yes, speed-rpm}`` (words of the MIB), and
  ``chassis-temperature`` in degrees Celsius.
* ``flat``: ``fan1``, ``fan2`` of ``{fan-status: 2, fan-error: 1}`` (numbers of the MIB: off 1, on 2; no 1, yes 2);
  ``info.sensors`` also of the feed: ``voltage-1`` ``{value, unit: V}``, ``current-1`` ``{value, unit: mA}``.
* ``words``: ``fans`` with ``fan-1`` ``ok`` or ``faulty`` (words of the fan control interface).

The scenario ``fan-failed`` stops the first fan.
"""

from lantime_simulator.alarms import Alarm, during
from lantime_simulator.enums import counted
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.state import SimulatorState

STATUS = counted("not-available", "off", "on")
ERROR = counted("not-available", "no", "yes")
FANS = (1, 2)


def acm(now: SimulatorState, card: Card) -> Block:
    """Return the module of a fan unit."""
    failed = {number: number == 1 and now.on("fan-failed", card.name) for number in FANS}
    spell = {"nested": _nested, "flat": _flat, "words": _words}[card.module.spelling]
    who = info(now, card, warm=35.0)
    if card.module.spelling == "flat":
        who["sensors"] |= _feed(now, card)
    return {"info": who, **spell(now, card, failed)}


def _nested(now: SimulatorState, card: Card, failed: dict[int, bool]) -> Block:
    return {
        "fans": [
            {
                "object-id": f"fan-{number}",
                "status": "off" if bad else "on",
                "error": "yes" if bad else "no",
                "speed-rpm": 0 if bad else int(now.wave(f"{card.name}/fan-{number}", 3100, 3300)),
            }
            for number, bad in failed.items()
        ],
        "chassis-temperature": round(now.wave(f"{card.name}/chassis", 31, 34, 3600), 1),
    }


def _flat(_: SimulatorState, __: Card, failed: dict[int, bool]) -> Block:
    return {
        f"fan{number}": {
            "fan-status": STATUS["off" if bad else "on"],
            "fan-error": ERROR["yes" if bad else "no"],
        }
        for number, bad in failed.items()
    }


def _feed(now: SimulatorState, card: Card) -> Block:
    return {
        "voltage-1": {"value": round(now.wave(f"{card.name}/voltage", 11.9, 12.1), 2), "unit": "V"},
        "current-1": {"value": int(now.wave(f"{card.name}/current", 180, 210)), "unit": "mA"},
    }


def _words(_: SimulatorState, __: Card, failed: dict[int, bool]) -> Block:
    return {"fans": {f"fan-{number}": "faulty" if bad else "ok" for number, bad in failed.items()}}


PART = ModulePart(
    family="acm",
    model="acm",
    slot_kind="acm",
    build=acm,
    spellings=("nested", "flat", "words"),
    enums={"status": STATUS, "error": ERROR},
    alarms=(Alarm(raised="fan-down", severity="critical", cleared="fan-up", spans=during("fan-failed")),),
)
