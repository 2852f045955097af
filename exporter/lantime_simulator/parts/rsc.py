"""RSC, SCU, SPT: the switch card (docs/modules.md; state bits C, JSON D).

* ``nested``: ``rsc`` (``spt`` for an SPT) with ``mode`` ``automatic`` or ``manual``, ``selected-clock`` ``clk1``,
  ``outputs-enabled``, ``watchdog-ok``, ``access-override``, ``time-limit-error`` booleans, ``changeovers`` counted;
  ``inputs[]`` of
  ``{object-id: clk1, time-sync, clock-type: gps, usage: primary | secondary}``; ``power-supplies[]`` of
  ``{object-id: psu1, ok}``; ``shs`` with ``state`` ``ok``, ``warning``, ``error``, ``fatal``, ``disabled``,
  ``time-difference-ns``, ``disable-serial``, ``disable-pps``, ``disable-10mhz``.
* ``flat``: ``scu-status``, the bits of the header as booleans: ``ts1``, ``ts2``, ``tl-error``, ``psu1-ok`` to
  ``psu4-ok``, ``auto``, ``ena``, ``has-lan``, ``has-4-psus``, ``aco``, ``wdog-ok``, and ``sel`` 0 or 1; ``shs-state``
  number 0..4, ``shs-time-diff-ns``.

An SPT has one input, no mode and no SHS. The scene ``rsc-manual`` sets manual mode; ``clock1-lost`` changes over.
"""

from lantime_simulator import condition, receivers
from lantime_simulator.blocks import info
from lantime_simulator.enums import counted
from lantime_simulator.moment import Moment
from lantime_simulator.part import Block, Card, ModulePart

SHS_STATES = counted("disabled", "ok", "warning", "error", "fatal")


def switch(moment: Moment, card: Card) -> Block:
    """Return the module of a switch card."""
    single = card.module.model.startswith("spt")
    spell = _flat if card.module.dialect == "flat" else _nested
    block = spell(moment, card)
    if single:
        block = _single(block)
    return {"info": info(moment, card), **block}


def _single(block: Block) -> Block:
    """Return what is left for a card that only passes one clock through."""
    if "rsc" in block:
        kept = ("selected-clock", "outputs-enabled", "watchdog-ok", "inputs", "power-supplies")
        return {"spt": {name: block["rsc"][name] for name in kept}}
    bits = {name: bit for name, bit in block["scu-status"].items() if name not in {"ts2", "auto", "tl-error", "aco"}}
    return {"scu-status": bits}


def _difference(moment: Moment) -> int:
    return int(moment.wave("shs/difference", -38, 44, 1300))


def _shs(moment: Moment) -> str:
    both = all(condition.has_time(moment, slot.name) for slot in moment.device.fitted("clock"))
    return "ok" if both else "fatal"


def _supplies(moment: Moment) -> dict[str, bool]:
    fitted = [slot.name for slot in moment.device.fitted("psu")]
    return {f"psu{number}": not moment.on("psu-lost", name) for number, name in enumerate(fitted, 1)}


def _outputs_enabled(moment: Moment) -> bool:
    return moment.on("rsc-manual") or condition.has_time(moment, condition.selected_clock(moment))


def _changeovers(moment: Moment) -> int:
    """Return how often the other clock was selected: at the begin and at the end of each loss of the first."""
    return sum(1 if span.ended is None else 2 for span in moment.spans("clock1-lost"))


def _nested(moment: Moment, card: Card) -> Block:
    selected = condition.selected_clock(moment)
    return {
        "rsc": {
            "mode": "manual" if moment.on("rsc-manual", card.name) else "automatic",
            "selected-clock": selected,
            "outputs-enabled": _outputs_enabled(moment),
            "watchdog-ok": True,
            "access-override": False,
            "time-limit-error": False,
            "changeovers": _changeovers(moment),
            "inputs": [
                {
                    "object-id": slot.name,
                    "time-sync": condition.has_time(moment, slot.name),
                    "clock-type": "unknown" if slot.module is None else receivers.of(slot.module).short,
                    "usage": "primary" if slot.name == selected else "secondary",
                }
                for slot in moment.device.fitted("clock")
            ],
            "power-supplies": [{"object-id": name, "ok": good} for name, good in _supplies(moment).items()],
            "shs": {
                "state": _shs(moment),
                "time-difference-ns": _difference(moment),
                "disable-serial": False,
                "disable-pps": False,
                "disable-10mhz": False,
            },
        }
    }


def _flat(moment: Moment, card: Card) -> Block:
    supplies = _supplies(moment)
    state = _shs(moment)
    return {
        "scu-status": {
            "ts1": condition.has_time(moment, "clk1"),
            "ts2": condition.has_time(moment, "clk2"),
            "tl-error": False,
            **{f"psu{number}-ok": supplies.get(f"psu{number}", False) for number in range(1, 5)},
            "auto": not moment.on("rsc-manual", card.name),
            "sel": 1 if condition.selected_clock(moment) == "clk2" else 0,
            "ena": _outputs_enabled(moment),
            "has-lan": False,
            "has-4-psus": len(supplies) == 4,
            "aco": False,
            "wdog-ok": True,
        },
        "shs-state": SHS_STATES[state],
        "shs-time-diff-ns": _difference(moment),
    }


PART = ModulePart(
    family="rsc",
    model="rsc180",
    slot_kind="scu",
    build=switch,
    dialects=("nested", "flat"),
    enums={"state": SHS_STATES},
)
