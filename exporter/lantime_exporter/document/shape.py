"""A document taken apart: its shape (keys, nesting, booleans) and the values of its scalar leaves, in document order.

Two answers of one device mostly differ in values only, so everything that depends on the shape is worked out once
(``lantime_exporter.mapping.binding_context``) and used again while the shape stays. A *roll* is a list whose elements
come and go, such as that of the satellites: it is one leaf, whose value is the whole list; its elements are no part of
the shape.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lantime_exporter.document.parse import MAX_DEPTH
from lantime_exporter.errors import ContentError

Scalar = str | int | float | bool | None

OBJECT, LIST, END, LEAF, FLAG, ROLL = 0, 1, 2, 3, 4, 5
"""Marks between the keys of a shape; numbers, so that no key can be mistaken for one.

Booleans are marked, because Python holds true for equal to 1: what was worked out for one would be used for the other.
"""


class Flat:
    """The shape and the leaves of one document.

    ``shape`` lists keys and marks, ``leaves`` the scalar values; the n-th leaf of equal shapes has the same path.
    ``rolls`` are the keys of the lists that are one leaf.
    """

    __slots__ = ("_rolls", "leaves", "shape")

    def __init__(self, document: Mapping[str, Any], rolls: Collection[str] = ()) -> None:
        self.shape: list[str | int] = []
        self.leaves: list[Any] = []
        self._rolls = rolls
        self._object(document, MAX_DEPTH)

    def _object(self, value: Mapping[str, Any], depth: int) -> None:
        shape, leaves = self.shape, self.leaves
        for key, item in value.items():
            shape.append(key)
            kind = type(item)
            if kind is dict:
                if not depth:
                    raise ContentError("not a status tree: nested too deeply")
                shape.append(OBJECT)
                self._object(item, depth - 1)
                shape.append(END)
            elif kind is list:
                if key in self._rolls:
                    shape.append(ROLL)
                    leaves.append(item)
                else:
                    self._list(item, depth)
            else:
                if kind is bool:
                    shape.append(FLAG)
                leaves.append(item)

    def _list(self, value: Sequence[Any], depth: int) -> None:
        if not depth:
            raise ContentError("not a status tree: nested too deeply")
        shape, leaves = self.shape, self.leaves
        shape.append(LIST)
        for item in value:
            kind = type(item)
            if kind is dict:
                shape.append(OBJECT)
                self._object(item, depth - 1)
                shape.append(END)
            elif kind is list:
                self._list(item, depth - 1)
            else:
                shape.append(FLAG if kind is bool else LEAF)
                leaves.append(item)
        shape.append(END)


def scalars(part: object) -> int:
    """Return how many scalars a part of a document holds, however deep they are."""
    found, parts = 0, [part]
    while parts:
        match parts.pop():
            case dict() as block:
                parts.extend(block.values())
            case list() as block:
                parts.extend(block)
            case _:
                found += 1
    return found
