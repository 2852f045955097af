"""The kind of a value: number, flag, word, or private. One privacy rule for the generic layer and for reports."""

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from lantime_exporter.document.enumeration import NO_VALUE
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import NUMBER


class ValueKind(StrEnum):
    """The kind of a value, for the generic layer."""

    NOTHING = "nothing"
    NUMBER = "number"
    FLAG = "flag"
    WORD = "word"
    PRIVATE = "private"


EXPORTED = frozenset({ValueKind.NUMBER, ValueKind.FLAG, ValueKind.WORD})

IDENTIFIER = re.compile(
    r"(.*[-_.])?(id|ids|ip|ipv4|ipv6|name|alias|serial|sn|mac|addr|hwaddr|address|gateway|subnet|netmask|uuid|identity"
    r"|host|hostname|fqdn|user|username|recipient|sender|mail|email|owner|operator|author|account|contact"
    r"|location|site|room|rack|building|street|city|country|nickname|organization|organisation|company|department"
    r"|description|comment|note|remark|banner|motd|subject|issuer|version|revision|image|url|token|password|passwd"
    r"|passphrase|secret|psk|community|credential|key|cert|certificate|fingerprint|thumbprint)"
    r"(e?s)?([-_.]?(number|no|nr|address|\d+))?",
    re.IGNORECASE,
)
"""Keys whose values name something: identity, not measurement."""

PRIVATE_PART = re.compile(
    r"\d{1,3}(\.\d{1,3}){3}"  # IPv4
    r"|[0-9a-f]{1,4}:[0-9a-f]{0,4}:[0-9a-f]|::[0-9a-f]"  # IPv6, and octets separated by colons
    r"|[0-9a-f]{2}([.-][0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}"  # MAC
    r"|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12}"  # clock identities
    r"|://|\S@\S|[^\W_]\.([^\W_]+\.)*[^\W\d_]{2,}(?![^\W_])"  # URL, mail address, host name
    r"|\d{4}[-./]\d\d[-./]\d\d",  # date
    re.IGNORECASE,
)
"""Patterns that make a text private: addresses, host names, identities, dates."""

SERIAL_NUMBER = re.compile(r"0\d{7,}")
"""A serial number: no figure has a leading zero and so many digits."""

WORD = re.compile(r"[\w.+<>=/%()\[\]#&,:;'-]{1,40}( [\w.+<>=/%()\[\]#&,:;'-]{1,40}){0,3}")
"""A state is one to four short words; anything longer is free text."""


MAX_WORD_LENGTH = 4 * 40 + 3
"""Characters beyond which a text is neither a word nor a number."""


def value_kind(key: str, value: Scalar) -> ValueKind:
    """Return the kind of a leaf by its key and value. Identifiers, times, addresses and free text are private."""
    if isinstance(value, str):
        text = value.strip()
        return _kind_of_text(key, text) if len(text) <= MAX_WORD_LENGTH else ValueKind.PRIVATE
    if value is None:
        return ValueKind.NOTHING
    if _is_identifier(key):
        return ValueKind.PRIVATE
    return ValueKind.FLAG if isinstance(value, bool) else ValueKind.NUMBER


class HasKind(Struct, frozen=True, gc=False):
    """A test whether the value of a leaf below a key is of a kind, or there is none.

    A plan has thousands, so the garbage collector does not visit them.
    """

    key: str
    kind: ValueKind

    def __call__(self, value: Scalar) -> bool:
        """Return the result for a value."""
        return value_kind(self.key, value) in (self.kind, ValueKind.NOTHING)


NOTHING = NO_VALUE - {"none", "unknown"}

_is_identifier = lru_cache(maxsize=4096)(IDENTIFIER.fullmatch)


@lru_cache(maxsize=4096)
def _kind_of_text(key: str, text: str) -> ValueKind:
    if text.lower() in NOTHING:
        return ValueKind.NOTHING
    if _is_identifier(key):
        return ValueKind.PRIVATE
    if NUMBER.fullmatch(text) and not SERIAL_NUMBER.fullmatch(text):
        return ValueKind.NUMBER
    # Words first: they are short, so the checks after them never see long texts.
    is_word = WORD.fullmatch(text) and not SERIAL_NUMBER.fullmatch(text) and not PRIVATE_PART.search(text)
    return ValueKind.WORD if is_word else ValueKind.PRIVATE
