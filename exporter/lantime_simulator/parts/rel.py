"""REL: the error relays A, B, C (docs/modules.md; logic C, JSON D).

Healthy is NO (energised), fault or power off is NC. With a switch card A follows CLK1, B CLK2, C the RSC; with one
clock A follows CLK1, B the 1PPS, C the 10 MHz.

* ``nested``: ``relays[]`` of ``{object-id: relay-a, state: no | nc, mode: automatic, event-driven: false,
  source: clk1-fail}``; sources ``clk1-fail``, ``clk2-fail``, ``rsc-fail``, ``pps-fail``, ``10mhz-fail``.
* ``flat``: ``rel`` with ``relay-a`` ``normally-open`` or ``normally-closed`` and ``relay-a-source`` ``CLK1``, ``CLK2``,
  ``RSC``, ``PPS``, ``10 MHz``.
* ``words``: ``relay-state`` with ``relay-a: {state: ok | error, port-type: "spdt-relay"}``; the meaning of
  its words is unproved.

The scenario ``relay-c-nc`` drops C; a clock that is not synchronized drops its relay.
"""

from lantime_simulator import sync_state
from lantime_simulator.part import Block, Card, ModulePart, info
from lantime_simulator.state import SimulatorState

REDUNDANT = {"a": ("clk1-fail", "CLK1"), "b": ("clk2-fail", "CLK2"), "c": ("rsc-fail", "RSC")}
SINGLE = {"a": ("clk1-fail", "CLK1"), "b": ("pps-fail", "PPS"), "c": ("10mhz-fail", "10 MHz")}


def relays(now: SimulatorState, card: Card) -> Block:
    """Return the module of a relay card."""
    redundant = len(list(now.device.fitted("clock"))) > 1
    sources = REDUNDANT if redundant else SINGLE
    energised = {
        "a": sync_state.has_time(now, "clk1"),
        "b": sync_state.has_time(now, "clk2" if redundant else "clk1"),
        "c": not now.on("relay-c-nc", card.name) and (redundant or sync_state.has_time(now, "clk1")),
    }
    spell = {"nested": _nested, "flat": _flat, "words": _words}[card.module.spelling]
    return {"info": info(now, card), **spell(energised, sources)}


def _nested(energised: dict[str, bool], sources: dict[str, tuple[str, str]]) -> Block:
    return {
        "relays": [
            {
                "object-id": f"relay-{relay}",
                "state": "no" if good else "nc",
                "mode": "automatic",
                "event-driven": False,
                "source": sources[relay][0],
            }
            for relay, good in energised.items()
        ]
    }


def _flat(energised: dict[str, bool], sources: dict[str, tuple[str, str]]) -> Block:
    block: Block = {}
    for relay, good in energised.items():
        block[f"relay-{relay}"] = "normally-open" if good else "normally-closed"
        block[f"relay-{relay}-source"] = sources[relay][1]
    return {"rel": block}


def _words(energised: dict[str, bool], _: dict[str, tuple[str, str]]) -> Block:
    return {
        "relay-state": {
            f"relay-{relay}": {"state": "ok" if good else "error", "port-type": "spdt-relay"}
            for relay, good in energised.items()
        }
    }


PART = ModulePart(family="rel", model="rel1000", build=relays, spellings=("nested", "flat", "words"))
