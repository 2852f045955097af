"""What in a document identifies the device, its place or its people: by key, and by the look of a text."""

import ipaddress
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from lantime_exporter.document.enumeration import NO_VALUE
from lantime_exporter.document.values import MEMORY
from lantime_exporter.mapping.generic import WORD


class Kind(StrEnum):
    """What a leaf tells, so that it is replaced by something of the same form."""

    NONE = "none"
    SERIAL = "serial"
    SECRET = "secret"  # noqa: S105 -- the name of a kind
    CODE = "code"
    """A code where it holds digits, else a word that may stay: ``certificate``, ``identity``."""
    HOST = "host"
    USER = "user"
    TEXT = "text"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    ALTITUDE = "altitude"
    ECEF = "ecef"
    PART = "part"
    """Minutes or seconds of an angle."""
    POSITION = "position"
    VERSION = "version"


COORDINATES = frozenset({Kind.LATITUDE, Kind.LONGITUDE, Kind.ALTITUDE, Kind.ECEF, Kind.PART})

KEYS: tuple[tuple[Kind, str], ...] = (
    (Kind.VERSION, r"api version|(.*-)?(version|revision|firmware|image|fwimage|running|selected)"),
    (Kind.SERIAL, r"(.*-)?(serial|sn)(-?(number|no|nr))?"),
    (Kind.SECRET, r"(.*-)?(password|passwd|passphrase|secret|psk|community|token|cookie|credentials?)"),
    (Kind.SECRET, r"(.*-)?(private|api|shared)-?key"),
    (Kind.CODE, r"(.*-)?(identity|uuid|fingerprint|thumbprint)"),
    (Kind.CODE, r"(.*-)?(cert|certificate|csr|public-?key|(mac|hw)(-?addr(ess)?)?)"),
    (Kind.CODE, r"(xhe|rub|hxe|gm|clock|grandmaster|parent|device|asset|licen[cs]e|chip)-id"),
    (Kind.HOST, r"(.*-)?(host|host-?name|fqdn|(node|dns|domain|sys|system|device)-?name|search-?domain)"),
    (Kind.HOST, r"current-team-master"),
    (Kind.USER, r"(.*-)?((user|login|full)-?name|user|recipient|sender)"),
    (Kind.TEXT, r"(.*-)?(location|site|room|rack|building|street|city|country|alias|nickname)"),
    (Kind.TEXT, r"(.*-)?(description|comment|notes?|remark|banner|motd|organi[sz]ation(al-unit)?|company|department)"),
    (Kind.TEXT, r"(.*-)?(common-name|subject|issuer)"),
    (Kind.LATITUDE, r"(.*-)?lat(itude)?(-deg(rees)?)?"),
    (Kind.LONGITUDE, r"(.*-)?lon(gitude)?(-deg(rees)?)?"),
    (Kind.ALTITUDE, r"(.*-)?alt(itude)?(-m|-meters)?"),
    (Kind.POSITION, r"position|pos|lla"),
    (Kind.ECEF, r"(position|pos)-?[xyz]|ecef|xyz"),
)
"""Keys as regular expressions for the whole key, in lower case with hyphens; the first that fits counts."""

SLOTS = "slots"

OUTSIDE_SLOTS: tuple[tuple[Kind, str], ...] = (
    (Kind.TEXT, r"name"),
    (Kind.USER, r"(.*-)?(account|contact|operator|owner|author)"),
)
"""Keys that are names of people and things, except in modules: there ``name`` is a signal and ``contact`` a relay's."""

WITHIN: tuple[tuple[str, tuple[tuple[Kind, str], ...]], ...] = (
    (r"lat(itude)?", ((Kind.LATITUDE, r"deg(rees)?"), (Kind.PART, r"min(utes)?|sec(onds)?"))),
    (r"lon(gitude)?", ((Kind.LONGITUDE, r"deg(rees)?"), (Kind.PART, r"min(utes)?|sec(onds)?"))),
    (r"position|xyz|ecef", ((Kind.ECEF, r"[xyz]"), (Kind.ALTITUDE, r"height"))),
)
"""Keys that tell a place only below certain others."""

NAMED_BY_PEOPLE = frozenset(
    {"nodes", "members", "users", "peers", "servers", "clients", "targets", "hosts", "contacts", "accounts"}
)
"""Lists and objects whose elements people name."""

NAMED_BY_THE_DEVICE = frozenset(
    {"slots", "packages", "firmware", "storage", "events", "ports", "interfaces", "addresses", "chassis-xhe"}
)
"""Lists whose elements, and all below them, have names that are the same on every device."""

PLAIN_NAME = re.compile(
    r"((node|member|user|peer|server|client|target|host|contact|account|ref|sys|entry|ntp|ptp|pps)s?)?[-_]?\d*"
)
"""Names of such elements that tell nothing."""

COMMON = NO_VALUE | {
    *("localhost", "lantime", "meinberg", "timeserver", "server", "clock", "time", "sync", "gps", "gnss", "ntp", "ptp"),
    *("root", "admin", "administrator", "guest", "nobody", "default"),
}
"""Names that are the same everywhere."""

VOCABULARY = re.compile(r"(.*-)?(model|type|state|status|mode|role|profile|version|revision)|card-name")
"""Keys whose values are words of the device: they are kept, even where somebody is called the same."""

NUMBERS_ONLY = re.compile(r"[\W\d_]*")
"""A line of figures, such as a load."""

Keys = tuple[str, ...]
"""The keys that lead to a value, ``[]`` for each list on the way."""

ELEMENT = "[]"

_IPV4 = r"(?P<ipv4>(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d))"
_OCTETS = (
    r"(?P<eui>[\da-f]{2}:(?:[\da-f]{2}:){6}[\da-f]{2}(?!:)|(?<!\d)[\da-f]{2}-(?:[\da-f]{2}-){6}[\da-f]{2}(?![-\d])"
    r"|[\da-f]{6}(?P<s>[.:-])fffe(?P=s)[\da-f]{6}|(?<![\da-f])(?:0x)?[\da-f]{6}fffe[\da-f]{6}(?![\da-f]))"
    r"|(?P<octets>[\da-f]{2}(?::[\da-f]{2}){6,}|(?<!\d)[\da-f]{2}(?:-[\da-f]{2}){6,})"
    r"|(?P<mac>[\da-f]{2}(?::[\da-f]{2}){5}|(?<!\d)[\da-f]{2}(?:-[\da-f]{2}){5}(?!\d)"
    r"|(?<!\d)[\da-f]{4}(?:\.[\da-f]{4}){2}(?!\d))"
)

OCTETS_OR_IPV4 = re.compile(f"{_OCTETS}|{_IPV4}", re.IGNORECASE)

PATTERNS = re.compile(
    r"(?P<mark>-----(?:BEGIN|END) [A-Z0-9 ]+-----)"
    r"|(?P<url>[a-z][a-z0-9+.-]*://[^\s\"'<>]+)"
    r"|(?P<mail>[\w.+-]+@[\w.-]*\w)"
    rf"|{_OCTETS}"
    r"|(?P<ipv6>(?=[\da-f.]*:[\da-f.]*:)[\da-f:.]{2,})"
    rf"|{_IPV4}"
    r"|(?P<hex>(?<![\da-f])(?:0x)?(?=[\da-f]*[a-f])(?=[\da-f]*\d)[\da-f]{16,})"
    r"|(?P<host>(?<![\w.-])\w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)*\.(?:[^\W\d_]{2,63}|xn--[\w-]+)(?![\w-]))",
    re.IGNORECASE,
)
"""Texts that identify wherever they stand. The group ``ipv6`` finds times of day too."""


def kind_of(keys: Keys) -> Kind:
    """Return what a leaf tells, by its key and the keys above it."""
    *above, key = [_normal(key) for key in keys if key != ELEMENT] or [""]
    for container, below in WITHIN:
        if any(re.fullmatch(container, other) for other in above):
            for kind, pattern in below:
                if re.fullmatch(pattern, key):
                    return kind
    return _kind_of_key(key, in_slot=SLOTS in above)


@lru_cache(maxsize=4096)
def _kind_of_key(key: str, *, in_slot: bool) -> Kind:
    families = KEYS if in_slot else (*KEYS, *OUTSIDE_SLOTS)
    return next((kind for kind, pattern in families if re.fullmatch(pattern, key)), Kind.NONE)


def holds_given_names(keys: Keys) -> bool:
    """Return whether the elements of what these keys lead to have names that people gave."""
    return bool(keys) and _normal(keys[-1]) in NAMED_BY_PEOPLE


def is_given_name(keys: Keys) -> bool:
    """Return whether a leaf is the name of an element that people named."""
    return (keys[-1] == ELEMENT and holds_given_names(keys[:-1])) or (
        keys[-1] == "object-id" and holds_given_names(keys[:-2])
    )


def has_given_keys(keys: Keys, value: Mapping[str, object]) -> bool:
    """Return whether the keys of an object are such names: each leads to an element. In modules they never are."""
    return holds_given_names(keys) and SLOTS not in keys and all(isinstance(item, dict) for item in value.values())


def is_plain_name(text: str) -> bool:
    """Return whether such a name tells nothing: ``peer_1``."""
    return PLAIN_NAME.fullmatch(text.strip().lower()) is not None or not says_something(text)


def is_vocabulary(keys: Keys) -> bool:
    """Return whether the text of a leaf is a word of the device: a state, a model, a name that it gives itself."""
    key = next((key for key in reversed(keys) if key != ELEMENT), "")
    if key == "object-id":
        return not is_given_name(keys) and not NAMED_BY_THE_DEVICE.isdisjoint(map(_normal, keys))
    return VOCABULARY.fullmatch(_normal(key)) is not None


def is_free_text(text: str) -> bool:
    """Return whether somebody wrote a text: longer than a few words, and no line of figures."""
    return not (WORD.fullmatch(text.strip()) or NUMBERS_ONLY.fullmatch(text) or MEMORY.fullmatch(text.strip()))


def says_something(text: str) -> bool:
    """Return whether a text is none of the sentinels and no name that is the same everywhere."""
    return text.strip().lower() not in COMMON and re.search(r"[^\W_0]", text) is not None


def is_telling_ipv4(text: str) -> bool:
    """Return whether a text is an IPv4 address of somebody: no mask, loopback, group or all zeros."""
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return False
    number = int(address)
    inverted = number ^ 0xFFFFFFFF
    is_mask = inverted & (inverted + 1) == 0
    return not (is_mask or number == 0 or address.is_loopback or address.is_multicast)


def is_telling_ipv6(text: str) -> bool:
    """Return whether a text is an IPv6 address of somebody: not ``::``, ``::1`` or a well-known group."""
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        return False
    is_known_group = address.is_multicast and int(address) & (2**112 - 1) < 2**16
    return not (address.is_unspecified or address.is_loopback or is_known_group)


def is_telling_octets(text: str) -> bool:
    """Return whether a MAC address or EUI-64 is of somebody: not all zeros or all ones."""
    return not set(text.lower().removeprefix("0x")) <= set("0:.-") and not set(text.lower()) <= set("f:.-")


def _normal(key: str) -> str:
    return key.strip().lower().replace("_", "-")
