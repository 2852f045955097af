"""Cards that generate signals in sync with the clock: LNO, CPE, SCG, VSG, LIU, LSG (docs/modules.md; names D).

Values of the card itself; its outputs are in the collector ``outputs``, its PLL in ``pll``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import merged
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.values import BooleanWords
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import slots
from lantime_exporter.mapping.readers import first_of, flag, value, when_value
from lantime_exporter.mapping.state_readers import state, state_is
from lantime_exporter.mapping.table import RowGroup, Table

GENERATOR = RowGroup("lantime_generator", "slot", grade="D")

CARDS = ("lno", "cpe", "scg", "vsg", "liu", "lsg")

STATE = Enumeration(
    ("in-sync", "adjusting", "no-reference"),
    spellings={**dict.fromkeys(("synchronized", "synced", "sync", "settled"), "in-sync"), "ref-lost": "no-reference"},
)
STATE_KEYS = tuple(f"{card}-state" for card in CARDS)

SYNCHRONIZED = BooleanWords(
    yes=("synchronized", "in-sync", "synced", "sync"),
    no=("not-synchronized", "not-in-sync", "not-synced", "not-sync", "unsynchronized", "free-running", "holdover"),
)

READY = BooleanWords(
    yes=("warmed-up", "warm", "ready", "adjusted"),
    no=("not-warmed-up", "not-warm", "cold", "warming-up", "not-ready", "not-adjusted"),
)


def cards(context: BindingContext) -> Iterator[Scope]:
    """Yield the modules that are such cards by model, or by a block of that name, whose members count as theirs."""
    for slot in slots(context):
        if slot.model.startswith(CARDS) or slot.module.node(*CARDS):
            yield Scope(merged(slot.module, CARDS), {"slot": slot.name})


MODULE = Table(
    "chassisN.slots[].module.CARD",
    cards,
    GENERATOR.gauge(
        "synchronized",
        "1 if the card is in sync with its reference.",
        first_of(
            value(SYNCHRONIZED, "in-sync", "synchronized", "module-sync", "module-synchronized"),
            when_value(value(SYNCHRONIZED, "sync-state", "sync-status")),
            when_value(value(state_is(STATE, "in-sync"), *STATE_KEYS)),
        ),
    ),
    GENERATOR.gauge(
        "state", "Synchronization state reported by the card.", when_value(state(STATE, *STATE_KEYS)), "state"
    ),
    GENERATOR.gauge(
        "reference_found",
        "1 if the card finds its reference signal.",
        first_of(
            flag("reference-found", "ref-found", "reference-present"),
            when_value(value(state_is(STATE, "in-sync", "adjusting"), *STATE_KEYS)),
        ),
    ),
    GENERATOR.gauge(
        "oscillator_ready",
        "1 if the oscillator of the card is warmed up.",
        first_of(
            value(READY, "oscillator-ready", "osc-ready", "oscillator-warm", "osc-warm"),
            when_value(value(READY, "oscillator.state", "oscillator-state"), READY.knows),
            when_value(value(READY, "oscillator"), READY.knows),
        ),
    ),
    GENERATOR.gauge("pulses_enabled", "1 if the pulses of the card are enabled.", flag("pulses-enabled")),
)
