"""Bytes of a response -> the status tree as plain Python values."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from lantime_exporter.errors import ContentError

TYPE_NAMES = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", type(None): "null"}

SECTIONS = frozenset(
    {"rest-api", "system", "notification", "network", "services", "ntp", "syncmon", "syncteam", "chassis-xhe", "ptp"}
)
"""Sections below ``data`` by which a status tree is recognised, beside ``chassis<N>``."""

CHASSIS = re.compile(r"chassis\d+")
MODEL = re.compile(r"[\w+./-]{1,40}")

MAX_VALUES = 25_000
"""Scalars, objects and lists in a response; a chassis full of cards has some four thousand, and SyncMon with a hundred
nodes seven thousand."""

MIN_COUNTED_BYTES = 100_000
"""Values are counted in responses of this size; in a shorter one they take little memory, whatever their number."""

BYTES_PER_VALUE = 40
"""What a value counts for in a large response: 10,000 values are as many bytes as the memory allows several threads."""


Admit = Callable[[int], object]
"""Called before a response is decoded, with its size or what its values count for if that is more, in bytes."""


def admit_any(_: int) -> None:
    """Admit responses of every size."""


def parse(body: bytes, admit: Admit = admit_any) -> dict[str, Any]:
    """Return the response with the status sections directly below ``data``, for both known envelopes.

    ``GET /api/status`` has the sections below ``data``; ``GET /api`` has them below ``data.status``, beside the
    configuration, which is left out. Line breaks around the body and a byte order mark are accepted. Characters that
    are not UTF-8 are replaced, ``NaN`` and ``Infinity`` become texts: they cost only their own series.

    Raises ContentError if the body is not JSON, or contains no status tree or too many values, and what ``admit``
    raises.
    """
    document = _load(body, admit)
    if not isinstance(document, dict):
        raise ContentError(f"expected a JSON object, got {_name(document)}")
    data = document.get("data")
    if not isinstance(data, dict):
        raise ContentError('no status tree: there is no object "data" in the response')
    status = data.get("status")
    if "system" not in data and isinstance(status, dict):
        data = status
    if not holds_status(data):
        raise ContentError('no status tree: none of the known sections (system, chassis0, ...) is below "data"')
    return document | {"data": data}


def holds_status(data: Mapping[str, Any]) -> bool:
    """Return whether at least one section of a status tree exists."""
    return any(
        isinstance(item, dict | list) and (key in SECTIONS or CHASSIS.fullmatch(key)) for key, item in data.items()
    )


def _load(body: bytes, admit: Admit = admit_any) -> object:
    values = _count_values(body)
    admit(max(len(body), BYTES_PER_VALUE * values))
    if values > MAX_VALUES:
        raise ContentError(f"not a status tree: more than {MAX_VALUES} values")
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        # NaN, lone surrogates, bytes that are not UTF-8, a byte order mark; else the error of json says the place.
        return _load_leniently(body)


def _load_leniently(body: bytes) -> object:
    text = body.decode("utf-8", "replace").lstrip("\ufeff")
    try:
        try:
            return json.loads(text, parse_constant=str)
        except ValueError as error:
            if isinstance(error, json.JSONDecodeError):
                raise
            # An integer too long for Python becomes a text, which costs one series.
            return json.loads(text, parse_constant=str, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise ContentError(f"not JSON: {error.msg} at line {error.lineno} column {error.colno}") from error
    except RecursionError as error:
        raise ContentError("not a status tree: nested too deeply") from error


def _count_values(body: bytes) -> int:
    """Return the number of commas and opening brackets, 0 for a response below ``MIN_COUNTED_BYTES``.

    They are counted before decoding: 16 MiB of JSON can become half a GiB of objects. Those within texts count too,
    for which the bound has room.
    """
    return sum(map(body.count, (b",", b"[", b"{"))) if len(body) >= MIN_COUNTED_BYTES else 0


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= 300 else digits


def _name(value: object) -> str:
    return TYPE_NAMES.get(type(value), "a number")


def parse_slot(body: bytes, slot: str, admit: Admit = admit_any) -> dict[str, Any]:
    """Return the response of ``/api/status/<chassis>/slots/<slot>`` as a status tree that holds only this slot.

    Raises ContentError if the body is not JSON, is not a slot or has too many values, and what ``admit`` raises. The
    form of this response is grade C: the object of the node below ``data``, as everywhere in the API.
    """
    document = _load(body, admit)
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict) or not isinstance(document, dict):
        raise ContentError('no slot: there is no object "data" in the response')
    if not data.keys() & {"slot-id", "slot-type", "module"}:
        raise ContentError('no slot: neither "slot-id" nor "module" is below "data"')
    chassis, _, name = slot.rpartition("/")
    element = {"object-id": name} | data
    return document | {"data": {chassis or "chassis0": {"slots": [element]}}}


def slot_models(document: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the models of the modules by slot (as in the label ``slot``), ``""`` if unknown; None for empty slots."""
    found: dict[str, str | None] = {}
    for chassis, part in document["data"].items():
        listed = part.get("slots") if CHASSIS.fullmatch(chassis) and isinstance(part, dict) else None
        for slot in listed if isinstance(listed, list) else ():
            name = slot.get("slot-id", slot.get("object-id")) if isinstance(slot, dict) else None
            if isinstance(name, str):
                found[name if chassis == "chassis0" else f"{chassis}/{name}"] = _model(slot)
    return found


def _model(slot: Mapping[str, Any]) -> str | None:
    if "module" not in slot:
        return None
    module = slot["module"]
    info = module.get("info") if isinstance(module, dict) else None
    model = info.get("model") if isinstance(info, dict) else None
    return model if isinstance(model, str) and MODEL.fullmatch(model) else ""
