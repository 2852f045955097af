"""Cards that make signals of their own and follow the clock: LNO, CPE, SCG, VSG, LIU, LSG (modules.md 3; names D).

Only what is of the card itself; its outputs are in the collector ``outputs``, its PLL in ``pll``.
"""

from exporter.document.values import verdict
from exporter.document.words import Vocabulary
from exporter.mapping.metric import Grade, Metric, gauge
from exporter.mapping.places import modules
from exporter.mapping.readers import First, Is, Said, flag, state, value
from exporter.mapping.table import Collector, Row, Table

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

SYNCHRONIZED = verdict(
    yes=("synchronized", "in-sync", "synced", "sync"),
    no=("not-synchronized", "not-in-sync", "not-synced", "not-sync", "unsynchronized", "free-running", "holdover"),
)

READY = verdict(
    yes=("warmed-up", "warm", "ready", "adjusted"),
    no=("not-warmed-up", "not-warm", "cold", "warming-up", "not-ready", "not-adjusted"),
)


def fact(name: str, text: str, *labels: str) -> Metric:
    """Return a gauge of a card."""
    return gauge(f"lantime_generator_{name}", text, "slot", *labels, grade=Grade.D)


def spelled(*keys: str, within: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the keys as leaves of the module and of the card's block; those of ``within`` in the block alone."""
    return (*keys, *(f"{card}.{key}" for card in CARDS for key in (*keys, *within)))


WORDS = spelled(*(f"{card}-state" for card in CARDS))

MODULE = Table(
    "chassisN.slots[].module",
    modules(),
    (
        Row(
            fact("synchronized", "Whether the card is in sync with its reference."),
            First(
                (
                    value(
                        SYNCHRONIZED,
                        *spelled("in-sync", "module-sync", "module-synchronized", within=("synchronized",)),
                    ),
                    Said(value(SYNCHRONIZED, *spelled("sync-state", "sync-status"))),
                    Said(Is(STATE, ("in-sync",), ("adjusting", "no-reference"), WORDS)),
                )
            ),
        ),
        Row(
            fact("state", "What the card says of itself.", "state"),
            Said(state(STATE, *WORDS)),
        ),
        Row(
            fact("reference_found", "Whether the card finds its reference signal."),
            First(
                (
                    flag(*spelled("reference-found", "ref-found", "reference-present")),
                    Said(Is(STATE, ("in-sync", "adjusting"), ("no-reference",), WORDS)),
                )
            ),
        ),
        Row(
            fact("oscillator_ready", "Whether the oscillator of the card is warmed up."),
            First(
                (
                    value(READY, *spelled("oscillator-ready", "osc-ready", "oscillator-warm", "osc-warm")),
                    Said(value(READY, *spelled("oscillator.state", "oscillator-state")), READY.knows),
                    Said(value(READY, *spelled("oscillator")), READY.knows),
                )
            ),
        ),
        Row(
            fact("pulses_enabled", "Whether the card puts out pulses."),
            flag(*(f"{card}.pulses-enabled" for card in CARDS)),
        ),
    ),
)

COLLECTOR = Collector("generators", (MODULE,))
