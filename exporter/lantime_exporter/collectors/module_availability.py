"""State of the card in a slot on the backplane: available, initializing, outdated ... (states C, keys D)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.mapping.finders import every_slot
from lantime_exporter.mapping.table import RowGroup, Table

AVAILABILITY = Enumeration.counted(
    *("unknown", "not-available", "initializing", "available", "disconnected", "outdated"),
    spellings={"not-avail": "not-available", "avail": "available", "initialising": "initializing"},
)
"""States of a device on the backplane."""

NAMES = ("availability", "device-state", "module-state", "backplane-state")

SLOTS = Table(
    "chassisN.slots[]",
    every_slot,
    RowGroup("lantime_module", "slot", grade="D").state(
        "availability",
        "State of the card in a slot, as seen by the backplane.",
        AVAILABILITY,
        *(*NAMES, "state", *(f"module.{name}" for name in NAMES)),
    ),
)
