"""Probes that are limited to slots: names of slots, and the resource of a single one."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from lantime_exporter.document.parse import occupied_slots
from lantime_exporter.errors import RequestError

STATUS = "/api/status"

_SLOT = re.compile(r"((chassis\d+)/)?([A-Za-z0-9][A-Za-z0-9_.-]*)")


def parse_slots(names: Iterable[str]) -> tuple[str, ...]:
    """Return the slots as the label ``slot`` names them, each once. Raises RequestError for what cannot be a slot."""
    slots = tuple(names)
    if not all(_SLOT.fullmatch(slot) for slot in slots):
        raise RequestError("slot: not the name of a slot, write slot=clk1 or slot=chassis1/clk1")
    return tuple(dict.fromkeys(slot.removeprefix("chassis0/") for slot in slots))


def slot_resource(slot: str) -> str | None:
    """Return the resource that holds everything of a slot, None if only the whole status does.

    PTP of the CPU may stand in a section outside its slot, so that slot needs the whole status.
    """
    match = _SLOT.fullmatch(slot)
    if match is None or match[3] == "cpu":
        return None
    return f"{STATUS}/{match[2] or 'chassis0'}/slots/{quote(match[3], safe='')}"


def check_slots(document: Mapping[str, Any], slots: Iterable[str]) -> None:
    """Raise RequestError for a slot that the device does not have; the text names those it has."""
    known = occupied_slots(document)
    if any(slot not in known for slot in slots):
        occupied = ", ".join(name for name, is_occupied in known.items() if is_occupied) or "none"
        raise RequestError(f"slot: the device has no such slot; occupied: {occupied}")
