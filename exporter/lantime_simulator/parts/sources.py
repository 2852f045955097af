"""``mrs[]`` of a clock module: the reference sources by priority.

``object-id`` ``priority0`` and ``info.settings.{bias, precision, id.{type, instance}}`` are grade A; API 10 has no
others. Modular devices also report the state of each source (C):

* ``nested``: ``status`` with the status bits as booleans (``not-supported``, ``no-connection``, ``no-signal``,
  ``is-master``, ``is-locked``, ``is-accurate``, ``not-settled``, ``not-phase-locked``, ``number-sources-exceeded``,
  ``is-external``, ``low-jitter``, ``itu-limit-violated``, ``trs-limit-violated``), ``offset-ns`` integer, ``prio``,
  ``soc`` outage counter, ``mtie-color`` and ``tdev-color`` ``green``, ``statistics.{last-mue, last-sigma,
  last-max, last-min, step-comp-val, auto-bias}`` ns.
* ``flat``: ``status-flags`` the list of bits that are set, ``offset.{secs, nano-secs}`` (a ``NANO_TIME``), ``ssm`` a
  quality level.
"""

from lantime_simulator.part import Block, Card
from lantime_simulator.receivers import Receiver
from lantime_simulator.state import SimulatorState
from lantime_simulator.sync_state import Clock

BITS = (
    *("not-supported", "no-connection", "no-signal", "is-master", "is-locked", "is-accurate", "not-settled"),
    *("not-phase-locked", "number-sources-exceeded", "is-external", "low-jitter", "itu-limit-violated"),
    "trs-limit-violated",
)


def mrs(now: SimulatorState, card: Card, receiver: Receiver, state: Clock) -> list[Block]:
    """Return the list; the receiver first, then the 1PPS input of modular devices."""
    if not now.device.modular:
        # The known M300 lists the configured source, not the active one.
        return [_settings(0, "gps")]
    blocks = [_settings(0, receiver.reference), _settings(1, "pps-in")]
    for priority, block in enumerate(blocks):
        bits = _bits(state, master=priority == 0)
        offset = int(now.wave(f"{card.name}/mrs{priority}", -40, 40, 600))
        spell = _flat if card.module.spelling == "flat" else _nested
        block.update(spell(priority, bits, offset))
    return blocks


def _settings(priority: int, kind: str) -> Block:
    return {
        "object-id": f"priority{priority}",
        "info": {"settings": {"bias": 0.0, "precision": 0.0, "id": {"type": kind, "instance": 0}}},
    }


def _bits(state: Clock, *, master: bool) -> set[str]:
    if not master:
        return {"is-locked", "is-accurate", "is-external"}
    if state.receiving:
        return {"is-master", "is-locked", "is-accurate", "low-jitter"}
    return {"no-signal", "no-connection"} if state.antenna != "connected" else {"not-settled", "not-phase-locked"}


def _nested(priority: int, bits: set[str], offset: int) -> Block:
    return {
        "status": {bit: bit in bits for bit in BITS},
        "offset-ns": offset,
        "prio": priority,
        "soc": 0,
        "mtie-color": "green",
        "tdev-color": "green",
        "statistics": {
            "last-mue": offset,
            "last-sigma": 9,
            "last-max": offset + 21,
            "last-min": offset - 19,
            "step-comp-val": 0,
            "auto-bias": 0,
        },
    }


def _flat(priority: int, bits: set[str], offset: int) -> Block:
    return {
        "status-flags": [bit for bit in BITS if bit in bits],
        "offset": {"secs": 0, "nano-secs": offset},
        "ssm": "ql-prc" if priority == 0 else "ql-stu/ukn",
    }
