"""RSC, SCU, SPT: the switch card (docs/modules.md; state bits C, JSON D).

* ``nested``: ``rsc`` (``spt`` for an SPT) with ``mode`` ``automatic`` or ``manual``, ``selected-clock`` ``clk1``,
  ``outputs-enabled``, ``watchdog-ok``, ``access-override``, ``time-limit-error`` booleans, ``changeovers`` a count;
  ``inputs[]`` of ``{object-id: clk1, time-sync, clock-type: gps, usage: primary | secondary}``; ``power-supplies[]`` of
  ``{object-id: psu1, ok}``; ``shs`` with ``state`` ``ok``, ``warning``, ``error``, ``fatal``, ``disabled``,
  ``time-difference-ns``, ``disable-serial``, ``disable-pps``, ``disable-10mhz``.
* ``flat``: ``scu-status``, the bits of the header as booleans: ``ts1``, ``ts2``, ``tl-error``, ``psu1-ok`` to
  ``psu4-ok``, ``auto``, ``ena``, ``has-lan``, ``has-4-psus``, ``aco``, ``wdog-ok``, and ``sel`` 0 or 1; ``shs-state``
  number 0..4, ``shs-time-diff-ns``.

An SPT has one input, no mode and no SHS. The scenario ``rsc-manual`` sets manual mode; ``clock1-lost`` changes over.
"""

from lantime_simulator import receivers, sync_state
from lantime_simulator.enums import counted
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.state import SimulatorState

SHS_STATES = counted("disabled", "ok", "warning", "error", "fatal")


def switch(now: SimulatorState, card: Card) -> Block:
    """Return the module of a switch card."""
    single = card.module.model.startswith("spt")
    spell = _flat if card.module.spelling == "flat" else _nested
    block = spell(now, card)
    if single:
        block = _single(block)
    return {"info": info(now, card), **block}


def _single(block: Block) -> Block:
    """Return the members of a card that only passes one clock through."""
    if "rsc" in block:
        passed = ("selected-clock", "outputs-enabled", "watchdog-ok", "inputs", "power-supplies")
        return {"spt": {name: block["rsc"][name] for name in passed}}
    bits = {name: bit for name, bit in block["scu-status"].items() if name not in {"ts2", "auto", "tl-error", "aco"}}
    return {"scu-status": bits}


def _difference(now: SimulatorState) -> int:
    return int(now.wave("shs/difference", -38, 44, 1300))


def _shs(now: SimulatorState) -> str:
    both = all(sync_state.has_time(now, slot.name) for slot in now.device.fitted("clock"))
    return "ok" if both else "fatal"


def _supplies(now: SimulatorState) -> dict[str, bool]:
    fitted = [slot.name for slot in now.device.fitted("psu")]
    return {f"psu{number}": not now.on("psu-lost", name) for number, name in enumerate(fitted, 1)}


def _outputs_enabled(now: SimulatorState) -> bool:
    return now.on("rsc-manual") or sync_state.has_time(now, sync_state.selected_clock(now))


def _changeovers(now: SimulatorState) -> int:
    """Return how often the other clock was selected."""
    return sum(1 if span.ended is None else 2 for span in now.spans("clock1-lost"))


def _nested(now: SimulatorState, card: Card) -> Block:
    selected = sync_state.selected_clock(now)
    return {
        "rsc": {
            "mode": "manual" if now.on("rsc-manual", card.name) else "automatic",
            "selected-clock": selected,
            "outputs-enabled": _outputs_enabled(now),
            "watchdog-ok": True,
            "access-override": False,
            "time-limit-error": False,
            "changeovers": _changeovers(now),
            "inputs": [
                {
                    "object-id": slot.name,
                    "time-sync": sync_state.has_time(now, slot.name),
                    "clock-type": "unknown" if slot.module is None else receivers.of(slot.module).short,
                    "usage": "primary" if slot.name == selected else "secondary",
                }
                for slot in now.device.fitted("clock")
            ],
            "power-supplies": [{"object-id": name, "ok": good} for name, good in _supplies(now).items()],
            "shs": {
                "state": _shs(now),
                "time-difference-ns": _difference(now),
                "disable-serial": False,
                "disable-pps": False,
                "disable-10mhz": False,
            },
        }
    }


def _flat(now: SimulatorState, card: Card) -> Block:
    supplies = _supplies(now)
    state = _shs(now)
    return {
        "scu-status": {
            "ts1": sync_state.has_time(now, "clk1"),
            "ts2": sync_state.has_time(now, "clk2"),
            "tl-error": False,
            **{f"psu{number}-ok": supplies.get(f"psu{number}", False) for number in range(1, 5)},
            "auto": not now.on("rsc-manual", card.name),
            "sel": 1 if sync_state.selected_clock(now) == "clk2" else 0,
            "ena": _outputs_enabled(now),
            "has-lan": False,
            "has-4-psus": len(supplies) == 4,
            "aco": False,
            "wdog-ok": True,
        },
        "shs-state": SHS_STATES[state],
        "shs-time-diff-ns": _difference(now),
    }


PART = ModulePart(
    family="rsc",
    model="rsc180",
    slot_kind="scu",
    build=switch,
    spellings=("nested", "flat"),
    enums={"state": SHS_STATES},
)
