"""Where the values of a response are in its text, to find those in which the next response differs.

Responses of a device mostly differ in a few values. Comparing two texts and decoding these values takes half the time
of decoding and flattening the whole response.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import compress, count, repeat
from operator import ne
from typing import Any

import msgspec
from msgspec import Struct

from lantime_exporter.document.shape import FlatDocument, Scalar, SummarisedList, flatten

MAX_TEXT_BYTES = 384 * 1024
"""Bytes of a response; the status of a LANTIME has 30 to 300 kB. Not every thread may decode a larger one."""

MAX_KEYS = 8_000
"""Keys of a response; a chassis full of cards has four thousand."""

KEY_END = re.compile(rb'\s*\{\s*"[^"\\]*("\s*: ?)')
"""The first key of an object; the group is what ends a key: its quote, the colon, and the spaces beside it."""

# Possessive quantifiers, so that no text takes more than linear time.
_VALUE = rb'\s*+(?:"[^"\\\n]*+"|[-\dn][^\s,\[\]{}"]*+|true|false|\[[^\[\]]*+\])'

VALUE = re.compile(_VALUE + rb"(?=\s*[,}])")
"""A scalar, or a list without lists in it, after a key.

A text with a backslash does not match: a quote in it may not be its end.
"""

VALUES = re.compile(rb"\[(?:" + _VALUE + rb"(?:,\n)?)*\]")
"""Such values, with a comma and a line break between them, as a list."""

BOOLEANS = frozenset({b"true", b"false"})


class TextLayout(Struct, frozen=True, eq=False):
    """The layout of the responses of one shape: each part of a text but the first begins with the value of a key.

    Safe for use by several threads.
    """

    key_end: bytes
    leaf_of_part: tuple[int, ...]
    """The index of the leaf, for parts whose value is one; else any."""
    lists: Mapping[int, SummarisedList]
    """The summarised lists, by the number of their part."""
    tails: dict[int, bytes] = {}
    """What follows the value in a part, for parts that differed before. The shape decides all of it but the spaces."""
    booleans: set[int] = set()
    """The parts among them whose value is a boolean."""

    def cut(self, body: bytes) -> list[bytes] | None:
        """Return the parts of a text, a summarised list as one part; None if it is large or has another layout."""
        if len(body) > MAX_TEXT_BYTES:
            return None
        parts = body.split(self.key_end)
        for begin in self.lists:
            end = next((number for number in range(begin, len(parts)) if b"]" in parts[number]), None)
            if end is None:
                return None
            parts[begin : end + 1] = [self.key_end.join(parts[begin : end + 1])]
        return parts if len(parts) == len(self.leaf_of_part) else None

    def changes(self, before: Sequence[bytes], parts: Sequence[bytes]) -> dict[int, Scalar] | None:
        """Return the scalars in which a text differs from an earlier one, by index of the leaf.

        It is None if they may differ in anything but the values of scalars and of summarised lists.
        """
        numbers = list(compress(count(), map(ne, parts, before)))
        values = []
        for number in numbers:
            tail = self.tails.get(number) or self._tail(number, before[number])
            part = parts[number]
            if tail is None or not part.endswith(tail):
                return None
            values.append(part[: -len(tail)])
        decoded = _decode(values)
        # A boolean in place of a number, or the reverse, is another shape.
        if list(map(isinstance, decoded, repeat(bool))) != list(map(self.booleans.__contains__, numbers)):
            return None
        found = dict(zip(map(self.leaf_of_part.__getitem__, numbers), decoded, strict=True))
        for number in self.lists.keys() & numbers:
            listed, leaf = self.lists[number], self.leaf_of_part[number]
            flat = flatten({listed.key: found.pop(leaf)}, {listed.key: listed.summarise})
            if flat.shape != listed.shape:
                return None
            found.update(enumerate(flat.leaves, leaf))
        return None if list in map(type, found.values()) else found

    def _tail(self, number: int, part: bytes) -> bytes | None:
        """Return what follows the value in a part, None if the value is no leaf and no summarised list."""
        match = VALUE.match(part)
        if match is None:
            return None
        value = match[0].lstrip()
        if value.startswith(b"[") is not (number in self.lists):
            return None
        if value in BOOLEANS:
            self.booleans.add(number)
        self.tails[number] = part[match.end() :]
        return self.tails[number]


def text_layout(body: bytes, document: FlatDocument) -> TextLayout | None:
    """Return the layout of a response, None if it is large or the ends of its keys are not those of the document.

    That is so if keys are repeated, end in several ways or contain a backslash, or a text looks like the end of one.
    """
    end = KEY_END.match(body)
    if end is None or len(document.keys) > MAX_KEYS:
        return None
    lists = {key + 1: listed for key, listed in document.lists.items()}
    layout = TextLayout(end[1], (0, *document.leaf_of_key), lists)
    parts = layout.cut(body)
    names = ('"' + '\n"'.join(document.keys)).encode("utf-8", "replace").split(b"\n")
    return layout if parts and all(map(bytes.endswith, parts, names)) else None


def _decode(values: Sequence[bytes]) -> list[Any]:
    """Return the values, none if one of them is not a valid scalar or list."""
    text = b"[%s]" % b",\n".join(values)
    if not VALUES.fullmatch(text):
        return []
    try:
        decoded: list[Any] = msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return []
    return decoded
