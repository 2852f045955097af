"""A document as nodes and leaves with paths, for finding things in it.

The tree is built only when a shape is seen for the first time. Paths are the REST path below ``/api/status``: keys,
and for list elements their ``object-id`` (else their index), joined by ``/``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lantime_exporter.document.enumeration import normalise
from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import ContentError

LONGEST_PATH = 1000
"""Characters of all keys that lead to a node; a LANTIME uses about a hundred."""

LONGEST_NAME = 200
"""Characters of the name by which an element of a list is addressed."""


spelling_of = lru_cache(maxsize=4096)(normalise)
"""``normalise`` for keys, of documents and those that code looks for: few, and they come again in every block."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A scalar of the document; ``index`` is its place in the document's list of leaves."""

    path: tuple[str, ...]
    index: int
    value: Scalar


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An object or a list. ``children`` keeps the document's order; list elements go by their name."""

    path: tuple[str, ...]
    children: Mapping[str, "Node | Leaf"]
    is_list: bool = False
    names: tuple[Leaf, ...] = ()
    """The leaves by which the elements of a list are named."""
    alike: Mapping[str, "Node | Leaf"] = field(init=False, repr=False)
    """The children by normalised key, the first of those that are spelled alike."""

    def __post_init__(self) -> None:
        alike: dict[str, Node | Leaf] = {}
        for name, child in self.children.items():
            alike.setdefault(spelling_of(name), child)
        object.__setattr__(self, "alike", alike)

    def get(self, *spellings: str) -> "Node | Leaf | None":
        """Return the child at the first spelling that is there.

        A spelling is a key, or keys joined by ``.``; ``.`` alone is this node. Exact keys win over keys that are equal
        after normalisation (letters and digits only, lower case).
        """
        for spelling in spellings:
            child = self.children.get(spelling)
            if child is None:
                child = self._descend(spelling) if "." in spelling else self.alike.get(spelling_of(spelling))
            if child is not None:
                return child
        return None

    def _descend(self, spelling: str) -> "Node | Leaf | None":
        if spelling == ".":
            return self
        here: Node | Leaf | None = self
        for key in spelling.split("."):
            if not isinstance(here, Node):
                return None
            here = here.children.get(key) or here.alike.get(spelling_of(key))
        return here

    def node(self, *spellings: str) -> "Node | None":
        """Return the child at the first spelling that is there when it is an object or a list, else None."""
        found = self.get(*spellings)
        return found if isinstance(found, Node) else None

    def leaf(self, *spellings: str) -> Leaf | None:
        """Return the child at the first spelling that is there when it is a scalar, else None."""
        found = self.get(*spellings)
        return found if isinstance(found, Leaf) else None

    def items(self, pattern: str | None = None) -> Iterator[tuple[str, "Node | Leaf"]]:
        """Yield names and children in document order; with ``pattern`` those whose whole name matches it."""
        for name, child in self.children.items():
            if pattern is None or re.fullmatch(pattern, name, re.IGNORECASE):
                yield name, child

    def nodes(self, pattern: str | None = None) -> Iterator[tuple[str, "Node"]]:
        """Yield like ``items``, objects and lists only."""
        for name, child in self.items(pattern):
            if isinstance(child, Node):
                yield name, child

    def leaves(self) -> Iterator[Leaf]:
        """Yield every scalar at or below this node in document order."""
        for child in self.children.values():
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def descendants(self) -> Iterator["Node"]:
        """Yield this node and every object and list below it, parents first."""
        yield self
        for child in self.children.values():
            if isinstance(child, Node):
                yield from child.descendants()


@dataclass(frozen=True, slots=True, eq=False)
class Roll(Node):
    """A list whose elements come and go. It has no children: who reads it reads ``whole``, whose value is the list."""

    whole: Leaf = field(kw_only=True)


def build(document: Mapping[str, Any], rolls: Collection[str] = ()) -> Node:
    """Return the tree of a document. Leaf indices follow ``lantime_exporter.document.shape.Flat``, as do ``rolls``.

    Raises ContentError for a path longer than ``LONGEST_PATH``: every series below it would repeat it.
    """
    return _Builder(rolls).object((), document)


class _Builder:
    def __init__(self, rolls: Collection[str]) -> None:
        self.index = 0
        self._rolls = rolls

    def object(self, path: tuple[str, ...], value: Mapping[str, Any]) -> Node:
        return Node(
            path,
            {
                key: self.roll(_below(path, key), item)
                if key in self._rolls and isinstance(item, list)
                else self.any(_below(path, key), item)
                for key, item in value.items()
            },
        )

    def roll(self, path: tuple[str, ...], value: Any) -> Roll:
        return Roll(path, {}, is_list=True, whole=self.leaf(path, value))

    def list(self, path: tuple[str, ...], value: list[Any]) -> Node:
        children: dict[str, Node | Leaf] = {}
        names: list[Leaf] = []
        for position, item in enumerate(value):
            name = element_name(item) or str(position)
            while name in children:
                name = f"{name}#{position}"
            child = self.any(_below(path, name), item)
            children[name] = child
            if isinstance(child, Node) and (leaf := child.leaf("object-id")) is not None:
                names.append(leaf)
        return Node(path, children, is_list=True, names=tuple(names))

    def any(self, path: tuple[str, ...], value: Any) -> Node | Leaf:
        if isinstance(value, dict):
            return self.object(path, value)
        if isinstance(value, list):
            return self.list(path, value)
        return self.leaf(path, value)

    def leaf(self, path: tuple[str, ...], value: Any) -> Leaf:
        leaf = Leaf(path, self.index, value)
        self.index += 1
        return leaf


def _below(path: tuple[str, ...], key: str) -> tuple[str, ...]:
    below = (*path, key)
    if sum(map(len, below)) > LONGEST_PATH:
        raise ContentError(f"not a status tree: a path of more than {LONGEST_PATH} characters")
    return below


def element_name(item: object) -> str | None:
    """Return the ``object-id`` of a list element, by which the REST API addresses it, or None."""
    if isinstance(item, dict):
        name = item.get("object-id")
        if isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_NAME:
            return name.strip()
        if isinstance(name, int) and not isinstance(name, bool):
            return str(name)
    return None
