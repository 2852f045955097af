"""Cards that make signals of their own and follow the clock: LNO, CPE, SCG, VSG, LIU, LSG (docs/modules.md; names D).

Only what is of the card itself; its outputs are in the collector ``outputs``, its PLL in ``pll``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.wherever import merged
from lantime_exporter.document.values import verdict
from lantime_exporter.document.words import Vocabulary
from lantime_exporter.exposition.metric import Grade, Metric, gauge
from lantime_exporter.mapping.readers import First, Is, Said, flag, state, value
from lantime_exporter.mapping.slots import slots
from lantime_exporter.mapping.table import Collector, Row, Scope, Table
from lantime_exporter.mapping.trace import Trace

CARDS = ("lno", "cpe", "scg", "vsg", "liu", "lsg")

STATE = Vocabulary(
    ("in-sync", "adjusting", "no-reference"),
    spellings={
        "synchronized": "in-sync",
        "synced": "in-sync",
        "sync": "in-sync",
        "settled": "in-sync",
        "ref-lost": "no-reference",
    },
)
STATE_KEYS = tuple(f"{card}-state" for card in CARDS)

SYNCHRONIZED = verdict(
    yes=("synchronized", "in-sync", "synced", "sync"),
    no=("not-synchronized", "not-in-sync", "not-synced", "not-sync", "unsynchronized", "free-running", "holdover"),
)

READY = verdict(
    yes=("warmed-up", "warm", "ready", "adjusted"),
    no=("not-warmed-up", "not-warm", "cold", "warming-up", "not-ready", "not-adjusted"),
)


def cards(trace: Trace) -> Iterator[Scope]:
    """Yield the modules that are such cards by model or have a block named so; its members count as the module's."""
    for slot in slots(trace):
        if slot.module is not None and (slot.model.startswith(CARDS) or slot.module.node(*CARDS)):
            yield Scope(merged(slot.module, CARDS), {"slot": slot.name})


def fact(name: str, text: str, *labels: str) -> Metric:
    """Return a gauge of a card."""
    return gauge(f"lantime_generator_{name}", text, "slot", *labels, grade=Grade.D)


MODULE = Table(
    "chassisN.slots[].module.CARD",
    cards,
    (
        Row(
            fact("synchronized", "Whether the card is in sync with its reference."),
            First(
                (
                    value(SYNCHRONIZED, "in-sync", "synchronized", "module-sync", "module-synchronized"),
                    Said(value(SYNCHRONIZED, "sync-state", "sync-status")),
                    Said(Is(STATE, ("in-sync",), ("adjusting", "no-reference"), STATE_KEYS)),
                )
            ),
        ),
        Row(fact("state", "What the card says of itself.", "state"), Said(state(STATE, *STATE_KEYS))),
        Row(
            fact("reference_found", "Whether the card finds its reference signal."),
            First(
                (
                    flag("reference-found", "ref-found", "reference-present"),
                    Said(Is(STATE, ("in-sync", "adjusting"), ("no-reference",), STATE_KEYS)),
                )
            ),
        ),
        Row(
            fact("oscillator_ready", "Whether the oscillator of the card is warmed up."),
            First(
                (
                    value(READY, "oscillator-ready", "osc-ready", "oscillator-warm", "osc-warm"),
                    Said(value(READY, "oscillator.state", "oscillator-state"), READY.knows),
                    Said(value(READY, "oscillator"), READY.knows),
                )
            ),
        ),
        Row(fact("pulses_enabled", "Whether the card puts out pulses."), flag("pulses-enabled")),
    ),
)

COLLECTOR = Collector("generators", (MODULE,))
