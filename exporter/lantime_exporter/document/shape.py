"""A document taken apart: its shape, and the values of its scalar leaves in document order.

Responses of a device mostly differ only in values. Everything that depends on the shape is computed once
(``lantime_exporter.mapping.binding_context``) and reused while the shape stays the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lantime_exporter.errors import ContentError

Scalar = str | int | float | bool | None

MAX_DEPTH = 64
"""Levels of nesting; a LANTIME uses about ten."""

NAME_KEY = "object-id"
"""The key of the name by which an element of a list is addressed."""

MAX_NAME_LENGTH = 200
"""Characters of the name by which an element of a list is addressed."""

END, OBJECT, LIST, BOOLEAN, SCALAR = range(5)
"""Marks between the names of a shape; numbers, so that no name can equal one.

Booleans have a separate mark: in Python True equals 1, so a plan for one would be used for the other.
"""

Shape = tuple[str | int, ...]
"""Keys and marks. A key is followed by the mark of its value, a scalar by none.

In a list every element has a mark, and an object before it the name by which the REST API addresses it.
"""

Summarise = Callable[[list[Any]], Any]
"""A list of varying length -> an object with aggregates over its elements, or the unchanged list."""


@dataclass(frozen=True, slots=True)
class SummarisedList:
    """A list of varying length that a function turned into one object, and the shape of that as a single member."""

    key: str
    summarise: Summarise
    shape: Shape


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """The shape and the scalars of one document; the n-th scalar has the same path in every document of one shape."""

    shape: Shape
    leaves: list[Scalar]
    keys: list[str]
    """All keys in document order, without those within summarised lists."""
    leaf_of_key: list[int]
    """For each key the index of its first leaf, or of the next one if it has none."""
    lists: dict[int, SummarisedList]
    """The summarised lists, by the place of their key in ``keys``."""


def flatten(document: Mapping[str, Any], summaries: Mapping[str, Summarise] = MappingProxyType({})) -> FlatDocument:
    """Return the shape and the leaves of a document.

    ``summaries`` maps keys of lists of varying length to functions that turn such a list into one object, so that the
    shape stays the same. Raises ContentError for a document that is nested too deeply.
    """
    flattener = _Flattener(summaries)
    flattener.add_object(document, MAX_DEPTH + 1)
    return FlatDocument(
        tuple(flattener.shape), flattener.leaves, flattener.keys, flattener.leaf_of_key, flattener.lists
    )


class _Flattener:
    __slots__ = ("_summaries", "keys", "leaf_of_key", "leaves", "lists", "shape")

    def __init__(self, summaries: Mapping[str, Summarise]) -> None:
        self.shape: list[str | int] = []
        self.leaves: list[Any] = []
        self.keys: list[str] = []
        self.leaf_of_key: list[int] = []
        self.lists: dict[int, SummarisedList] = {}
        self._summaries = summaries

    def add_object(self, block: Mapping[str, Any], levels: int) -> None:
        """Add the members of an object that may have so many levels."""
        if not levels:
            raise ContentError("not a status tree: nested too deeply")
        shape, leaves, keys, leaf_of_key = self.shape, self.leaves, self.keys, self.leaf_of_key
        for key, member in block.items():
            shape.append(key)
            keys.append(key)
            leaf_of_key.append(len(leaves))
            kind = type(member)
            # Most members are scalars, so their kinds come first.
            if kind is str or kind is int or kind is float:
                leaves.append(member)
            elif kind is dict:
                shape.append(OBJECT)
                self.add_object(member, levels - 1)
                shape.append(END)
            elif kind is list:
                if key in self._summaries:
                    self._add_summary(key, member, levels - 1)
                else:
                    self._add(member, levels - 1)
            else:
                if kind is bool:
                    shape.append(BOOLEAN)
                leaves.append(member)

    def _add_summary(self, key: str, member: list[Any], levels: int) -> None:
        """Add the summary of a list in place of its elements."""
        summarise, start, count = self._summaries[key], len(self.shape), len(self.keys)
        self._add(summarise(member), levels)
        del self.keys[count:], self.leaf_of_key[count:]
        self.lists[count - 1] = SummarisedList(key, summarise, (key, *self.shape[start:]))

    def _add(self, value: Any, levels: int) -> None:
        """Add a value that may have so many levels, with its mark."""
        shape = self.shape
        if isinstance(value, dict):
            shape.append(OBJECT)
            self.add_object(value, levels)
            shape.append(END)
        elif isinstance(value, list):
            if not levels:
                raise ContentError("not a status tree: nested too deeply")
            shape.append(LIST)
            for element in value:
                if type(element) is dict:
                    name = element.get(NAME_KEY)
                    if type(name) is str and len(name) <= MAX_NAME_LENGTH:
                        shape.append(name)
                    elif type(name) is int:
                        shape.append(str(name))
                self._add(element, levels - 1)
            shape.append(END)
        else:
            shape.append(BOOLEAN if isinstance(value, bool) else SCALAR)
            self.leaves.append(value)
