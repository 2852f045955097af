"""Anonymised responses for bug reports: by allow-list, with the privacy rule of the generic layer.

Numbers, booleans, state words, models, versions, times and the names that a device gives its parts stay. Every other
text becomes ``text-N``, equal texts with equal N, also where other texts and keys repeat it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lantime_exporter import __version__
from lantime_exporter.document.enumeration import NO_VALUE
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import MEMORY
from lantime_exporter.mapping.value_kind import EXPORTED, PRIVATE_PART, value_kind

Keys = tuple[str, ...]
"""The keys that lead to a value, ``[]`` for each list on the way."""

REPORT = "report"
"""The key beside the anonymised data with the versions of exporter and API."""

ELEMENT = "[]"

MIN_SECRET_LENGTH = 4
"""Characters from which a private text is also replaced inside other texts."""

MIN_IDENTIFIER = 1_000_000
"""An integer below it identifies nothing."""

VERSION = re.compile(r"model|card-name|api version|(.*-)?(version|revision|firmware|image|fwimage|running|selected)")
VERSION_TEXT = re.compile(r"[\w .()+/-]{1,60}")
TIME = re.compile(
    r"(\d{4}([-./])\d\d\2\d\d)?[T ]?(\d\d:\d\d(:\d\d([.,]\d{1,9})?)?)?( ?(UTC|GMT|Z|[+-]\d\d:?\d\d))?", re.IGNORECASE
)
FIGURES = re.compile(r"[\d.,/%()\[\]+-]+(\s+[\d.,/%()\[\]+-]+)+")
CONSTANT_ADDRESS = re.compile(
    r"(https?://)?localhost(/[\w/.-]*)?|127\.\d+\.\d+\.\d+|0\.0\.0\.0|255(\.\d{1,3}){3}|22[4-9](\.\d{1,3}){3}"
    r"|::1?|ff0[0-9a-f]::[0-9a-f]+",
    re.IGNORECASE,
)
"""Addresses that identify nothing: loopback (with the drivers of ntpd), masks, multicast."""

POSITION = re.compile(
    r"(.*-)?(lat(itude)?|lon(gitude)?|alt(itude)?)(-(deg(rees)?|m|meters))?|(.*-)?position(-[xyz])?|pos(-?[xyz])?|lla|ecef|xyz"
)
"""Keys of a position; every digit of the values below becomes 1."""

NOT_A_POSITION = re.compile(r"slot-position|position-(mode|state|status|valid)")

NAMED_PARTS = frozenset(
    {
        *("data", "slots", "events", "services", "leds", "packages", "firmware", "storage", "mrs", "chassis-xhe"),
        *("ports", "ethernet", "interfaces", "addresses", "port-ds", "instances", "inputs", "outputs", "relays"),
        *("constellations", "satellite-list", "power-supplies", "fans", "supported-string-types", "ntp"),
    }
)
"""Lists whose elements are named by the device, not by a person."""

NAMED_BY_PEOPLE = frozenset({"nodes", "members", "users", "peers", "servers", "clients", "targets", "hosts"})
"""Objects whose keys are names chosen by people."""

PART_NAME = re.compile(r"[A-Za-z][\w.:-]{0,40}")
COMMON_NAME = re.compile(r"[a-z]{2,5}\d{0,2}|[a-z]+(-[a-z]+)+")
NUMBERED_NAME = re.compile(r"([a-z]{3})[a-z-]*[-_]?\d{1,3}")


def report(document: dict[str, Any]) -> dict[str, Any]:
    """Return the contents of a report: the anonymised document, and the versions of exporter and API."""
    header = {"tool": f"lantime-exporter {__version__}", "api-version": _api_version(document)}
    return {REPORT: header, **anonymise(document)}


def anonymise(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document without anything that identifies the device, its location or people; shape and types stay."""
    first = _Anonymiser()
    first.mapping((), document)
    secrets = {text for text in first.pseudonyms if len(text) >= MIN_SECRET_LENGTH}
    return _Anonymiser(secrets - first.part_names).mapping((), document)


class _Anonymiser:
    """Replaces private texts, and the ``secrets`` in all others.

    ``pseudonyms`` are the texts replaced so far, ``part_names`` the names that the device gives its parts, without
    those that could be names of people.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._repeats = re.compile("|".join(map(_anywhere, secrets)) or r"(?!)", re.IGNORECASE)
        self.pseudonyms: dict[str, int] = {}
        self.part_names: set[str] = set()

    def mapping(self, keys: Keys, value: Mapping[str, Any]) -> dict[str, Any]:
        return {self._key(keys, key, item): self._any((*keys, key), item) for key, item in value.items()}

    def _any(self, keys: Keys, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self.mapping(keys, value)
        if isinstance(value, list):
            return [self._any((*keys, ELEMENT), item) for item in value]
        return self._scalar(keys, value)

    def _scalar(self, keys: Keys, value: Scalar) -> Scalar:
        if value is None or isinstance(value, bool):
            return value
        if _is_position(keys):
            text = str(value)
            return type(value)(re.sub(r"\d", "1", text)) if re.search(r"[1-9]", text) else value
        if not isinstance(value, str):
            is_harmless = _is_harmless(keys, value) and not self._repeats.fullmatch(str(value))
            return value if is_harmless else type(value)(self._number(str(value)))
        if keys[-1] == "object-id" and _last(keys[:-1]) in NAMED_PARTS and COMMON_NAME.fullmatch(value):
            self.part_names.add(value)
        text = value.strip()
        is_harmless = _is_harmless(keys, text) and not (self._repeats.search(text) and not _is_constant(text))
        return value if is_harmless else value.replace(text, self._pseudonym(text))

    def _key(self, keys: Keys, key: str, value: Any) -> str:
        is_harmless = not _is_private_key(keys, key, value) and not self._repeats.search(key)
        return key if is_harmless else self._pseudonym(key.strip())

    def _pseudonym(self, text: str) -> str:
        return f"text-{self._number(text)}"

    def _number(self, text: str) -> int:
        return self.pseudonyms.setdefault(text.lower(), len(self.pseudonyms) + 1)


def _is_harmless(keys: Keys, value: str | float) -> bool:
    """Return whether a value identifies nothing, judging by its keys and its form."""
    key = _last(keys)
    if not isinstance(value, str):
        return value_kind(key, value) in EXPORTED or not isinstance(value, int) or abs(value) < MIN_IDENTIFIER
    if _is_constant(value) or TIME.fullmatch(value) or MEMORY.fullmatch(value):
        return True
    if VERSION.fullmatch(key):
        return VERSION_TEXT.fullmatch(value) is not None and "@" not in value
    if key in ("object-id", "slot-id", "slot-name"):
        return _is_part_name("slots" if key == "slot-name" else _last(keys[:-1]), value)
    if FIGURES.fullmatch(value) and not PRIVATE_PART.search(value) and value_kind(key, "word") in EXPORTED:
        return True
    return value_kind(key, value) in EXPORTED


def _is_constant(text: str) -> bool:
    return text.lower() in NO_VALUE or CONSTANT_ADDRESS.fullmatch(text) is not None


def _is_part_name(parent: str, name: str) -> bool:
    """Return whether the device chose the name of an element: ``lan0``, and ``client1`` among clients."""
    if not PART_NAME.fullmatch(name) or PRIVATE_PART.search(name):
        return False
    numbered = NUMBERED_NAME.fullmatch(name)
    return parent in NAMED_PARTS or (numbered is not None and numbered[1] in parent)


def _is_private_key(keys: Keys, key: str, value: Any) -> bool:
    """Return whether a key is an address, or a name chosen by a person."""
    if PRIVATE_PART.search(key):
        return not CONSTANT_ADDRESS.fullmatch(key)
    is_named = bool(keys) and keys[-1].lower() in NAMED_BY_PEOPLE
    return is_named and isinstance(value, Mapping | list) and not _is_part_name(_last(keys), key)


def _last(keys: Keys) -> str:
    """Return the key that describes a value: its own, or for an element of a list that of the list."""
    return next((key.lower() for key in reversed(keys) if key != ELEMENT), "")


def _is_position(keys: Keys) -> bool:
    return any(POSITION.fullmatch(key.lower()) for key in keys[-3:]) and not NOT_A_POSITION.fullmatch(_last(keys))


def _anywhere(text: str) -> str:
    """Return the pattern that finds a private text in others; if it has only letters, only as a whole word."""
    pattern = re.escape(text)
    return pattern if re.search(r"[\d.@:]", text) else rf"(?<![^\W_]){pattern}(?![^\W_])"


def _api_version(document: dict[str, Any]) -> str:
    section = document["data"].get("rest-api")
    version = section.get("api-version") if isinstance(section, dict) else None
    return version if isinstance(version, str) else "unknown"
