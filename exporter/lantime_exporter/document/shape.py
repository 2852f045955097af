"""A document taken apart: its shape, and the values of its scalar leaves in document order.

Two answers of one device mostly differ in values only. Everything that depends on the shape is worked out once
(``lantime_exporter.mapping.binding_context``) and used again while the shape stays the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lantime_exporter.errors import ContentError

Scalar = str | int | float | bool | None

MAX_DEPTH = 64
"""Levels of nesting; a LANTIME uses about ten."""

MAX_NAME_LENGTH = 200
"""Characters of the name by which an element of a list is addressed."""

END, OBJECT, LIST, BOOLEAN, SCALAR = range(5)
"""Marks between the names of a shape; numbers, so that no name can be mistaken for one.

Booleans stand apart because Python holds true for equal to 1: what was worked out for one would be used for the other.
"""

Shape = tuple[str | int, ...]
"""Keys and marks. A key is followed by the mark of its value, a scalar by none.

In a list every element has a mark, and an object before it the name by which the REST API addresses it.
"""

Summarise = Callable[[list[Any]], Any]
"""A list whose elements come and go -> an object that says the same about all of them, or the list as it is."""

NO_SUMMARIES: Mapping[str, Summarise] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """The shape and the scalars of one document; the n-th scalar has the same path in every document of one shape."""

    shape: Shape
    leaves: list[Scalar]


def flatten(document: Mapping[str, Any], summaries: Mapping[str, Summarise] = NO_SUMMARIES) -> FlatDocument:
    """Return the shape and the leaves of a document.

    ``summaries`` has the keys of lists whose elements come and go, each with the function that makes one object of
    such a list: the shape then stays the same. Raises ContentError for a document that is nested too deeply.
    """
    flattener = _Flattener(summaries)
    flattener.add_object(document, MAX_DEPTH)
    return FlatDocument(tuple(flattener.shape), flattener.leaves)


class _Flattener:
    __slots__ = ("_summaries", "leaves", "shape")

    def __init__(self, summaries: Mapping[str, Summarise]) -> None:
        self.shape: list[str | int] = []
        self.leaves: list[Any] = []
        self._summaries = summaries

    def add_object(self, block: Mapping[str, Any], room: int) -> None:
        """Add the members of an object, below which ``room`` more levels may be."""
        mark, add_leaf = self.shape.append, self.leaves.append
        for key, given in block.items():
            mark(key)
            is_summarised = type(given) is list and key in self._summaries
            member = self._summaries[key](given) if is_summarised else given
            kind = type(member)
            if kind is dict or kind is list:
                self._add_block(member, room)
            else:
                if kind is bool:
                    mark(BOOLEAN)
                add_leaf(member)

    def _add_list(self, elements: list[Any], room: int) -> None:
        mark, add_leaf = self.shape.append, self.leaves.append
        for element in elements:
            kind = type(element)
            if kind is dict or kind is list:
                name = _element_name(element) if kind is dict else None
                if name:
                    mark(name)
                self._add_block(element, room)
            else:
                mark(BOOLEAN if kind is bool else SCALAR)
                add_leaf(element)

    def _add_block(self, block: dict[str, Any] | list[Any], room: int) -> None:
        if not room:
            raise ContentError("not a status tree: nested too deeply")
        if isinstance(block, dict):
            self.shape.append(OBJECT)
            self.add_object(block, room - 1)
        else:
            self.shape.append(LIST)
            self._add_list(block, room - 1)
        self.shape.append(END)


def _element_name(element: Mapping[str, Any]) -> str | None:
    """Return the ``object-id`` of a list element, by which the REST API addresses it, or None."""
    name = element.get("object-id")
    if isinstance(name, str):
        return name.strip() if len(name) <= MAX_NAME_LENGTH else None
    return str(name) if type(name) is int else None
