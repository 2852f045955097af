"""ESI: external synchronisation input, E1/T1 or frequency (docs/modules.md; JSON D).

Inputs as ``lantime_simulator.signals`` spells them. The first, a bit stream, has more:

* ``nested``: ``quality-level`` and ``minimum-quality-level``, ``quality-ok``, ``sa-bits`` ``sa4``,
  ``itu-mask`` ``g.811-prc``, ``itu-limit-violated`` boolean, ``mtie`` and ``tdev`` ns with ``mtie-color`` and
  ``tdev-color`` ``green``, ``offset-ns``.
* ``flat``: ``ssm``, ``ssm-min`` numbers of 8.10, ``itu-limit-ok`` 1 or 0, ``offset-ns`` number as text.

The scenario ``input-lost`` takes the bit stream away; its quality level is then ``ql-dnu/dus``.
"""

from lantime_simulator.enums import PORT_ENUMS, QUALITY_LEVELS
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.signals import PORT_ALARM, Input, input_lost, inputs
from lantime_simulator.state import SimulatorState


def esi(now: SimulatorState, card: Card) -> Block:
    """Return the module of a synchronisation input."""
    lost = input_lost(now, card, 1)
    level = "ql-dnu/dus" if lost else "ql-prc"
    offset = int(now.wave(f"{card.name}/offset", -45, 52, 900))
    stream: Block = {
        "quality-level": level,
        "minimum-quality-level": "ql-ssu-b",
        "quality-ok": not lost,
        "sa-bits": "sa4",
        "itu-mask": "g.811-prc",
        "itu-limit-violated": False,
        "mtie": 24,
        "mtie-color": "green",
        "tdev": 3,
        "tdev-color": "green",
        "offset-ns": offset,
    }
    if card.module.spelling == "flat":
        stream = {
            "ssm": QUALITY_LEVELS[level],
            "ssm-min": QUALITY_LEVELS["ql-ssu-b"],
            "itu-limit-ok": 1,
            "offset-ns": str(offset),
        }
    ports = (
        Input(kind="multi", used=True, more=stream),
        Input(kind="2048-khz"),
        Input(kind="pps", connected=False),
    )
    return {"info": info(now, card), **inputs(now, card, ports)}


PART = ModulePart(
    family="esi",
    model="esi180",
    slot_kind="esi",
    build=esi,
    spellings=("nested", "flat"),
    enums={**PORT_ENUMS, "quality-level": QUALITY_LEVELS, "minimum-quality-level": QUALITY_LEVELS},
    alarms=(PORT_ALARM,),
)
