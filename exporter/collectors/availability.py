"""What the backplane says of the card in a slot: available, initializing, outdated ... (words C, names D)."""

from collections.abc import Iterator

from exporter.document.words import Vocabulary
from exporter.mapping.metric import Grade, gauge
from exporter.mapping.readers import state
from exporter.mapping.slots import slots
from exporter.mapping.table import Collector, Row, Scope, Table
from exporter.mapping.trace import Trace

AVAILABILITY = Vocabulary.counted(
    *("unknown", "not-available", "initializing", "available", "disconnected", "outdated"),
    spellings={"not-avail": "not-available", "avail": "available", "initialising": "initializing"},
)
"""States of a device on the backplane."""

NAMES = ("availability", "device-state", "module-state", "backplane-state")


def every_slot(trace: Trace) -> Iterator[Scope]:
    """Yield all slots, empty ones too."""
    for slot in slots(trace):
        yield Scope(slot.node, {"slot": slot.name})


SLOTS = Table(
    "chassisN.slots[]",
    every_slot,
    (
        Row(
            gauge(
                "lantime_module_availability",
                "State of the card in a slot, as the backplane sees it.",
                *("slot", "state"),
                grade=Grade.D,
            ),
            state(AVAILABILITY, *NAMES, "state", *(f"module.{name}" for name in NAMES)),
        ),
    ),
)

COLLECTOR = Collector("availability", (SLOTS,))
