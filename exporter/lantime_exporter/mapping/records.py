"""Lists of objects read as a whole: how many there are and what they hold together, whichever they are.

A collector that reads such a list names its key under ``rolls``: then elements may come and go and the document still
has the same shape. Where the list stands under another key it is read from its single leaves, to the same effect.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lantime_exporter.document.enumeration import normalise
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node, Roll

Record = Mapping[str, Any]
"""One of the objects, as the device sent it."""


@dataclass(frozen=True, slots=True)
class Records:
    """A list of objects: the leaves it is read from, and how their values become the objects."""

    sources: tuple[Leaf, ...]
    read: Callable[..., Sequence[Record]]


def records(part: Node | Leaf | None) -> Records | None:
    """Return the objects of a list, or those that are members of an object; None where there can be none."""
    if isinstance(part, Roll):
        return Records((part.whole,), _objects)
    if not isinstance(part, Node):
        return None
    leaves = tuple(part.leaves())
    places = {leaf.index: place for place, leaf in enumerate(leaves)}
    members = [
        {key: places[leaf.index] for key, leaf in node.children.items() if isinstance(leaf, Leaf)}
        for _, node in part.nodes()
    ]

    def read(*values: Scalar) -> Sequence[Record]:
        return [{key: values[place] for key, place in member.items()} for member in members]

    return Records(leaves, read) if members else None


def _objects(elements: Sequence[object]) -> Sequence[Record]:
    return [element for element in elements if isinstance(element, dict)]


def member(record: Record, *keys: str) -> Scalar:
    """Return the value of a record at the first of the keys that is there, None where there is none.

    Exact keys win over those that are spelled alike, as in ``Node.get``.
    """
    for key in keys:
        if key in record:
            return _scalar(record[key])
    alike: dict[str, Any] = {}
    for name, value in record.items():
        alike.setdefault(normalise(name), value)
    return _scalar(next((alike[wanted] for wanted in map(normalise, keys) if wanted in alike), None))


def _scalar(value: Any) -> Scalar:
    return None if isinstance(value, dict | list) else value
