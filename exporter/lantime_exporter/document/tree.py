"""A document as nodes and leaves with paths.

The tree is built only for a new shape. Paths are the REST path below ``/api/status``: keys,
and for list elements their ``object-id`` (else their index), joined by ``/``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from lantime_exporter.document.enumeration import normalise
from lantime_exporter.document.shape import END, LIST, OBJECT, FlatDocument, Scalar
from lantime_exporter.errors import ContentError

MAX_PATH_LENGTH = 1000
"""Characters of a path; a LANTIME uses about a hundred."""


CHILDREN_BETWEEN_CHECKS = 64
"""The costliest visit takes some 20 us."""

T = TypeVar("T")

Check = Callable[[], None]
"""Lets other threads continue, and raises an exception if work on the tree should end."""


def no_check() -> None:
    """Never end the work."""


spelling_of = lru_cache(maxsize=4096)(normalise)
"""``normalise`` with a cache: keys are few and occur in every block."""


@lru_cache(maxsize=4096)
def _starts(spellings: tuple[str, ...]) -> frozenset[str]:
    """Return the normalised keys one of which a node must have to hold one of the spellings; empty for any node."""
    if "." in spellings:
        return frozenset()
    return frozenset(spelling_of(part) for spelling in spellings for part in (spelling, spelling.partition(".")[0]))


class Leaf(Struct, frozen=True, eq=False, gc=False):
    """A scalar of the document; ``index`` is its place in the document's list of leaves."""

    path: tuple[str, ...]
    index: int
    value: Scalar


class _Cached(Generic[T]):
    """A cached property without the lock that all nodes would share before Python 3.12: ``check`` may wait."""

    def __init__(self, compute: Callable[["Node"], T]) -> None:
        self._compute = compute

    def __get__(self, node: "Node", owner: type["Node"] | None = None) -> T:
        found = node.__dict__[self._compute.__name__] = self._compute(node)
        return found


class Node(Struct, frozen=True, eq=False, dict=True):
    """An object or a list. ``children`` keeps the order of the document; elements of lists have their names as keys.

    ``check`` is called while methods visit children: a hostile device can send an object with 25,000 members.
    """

    path: tuple[str, ...]
    children: dict[str, "Node | Leaf"]
    is_list: bool = False
    check: Check = no_check

    @_Cached
    def alike(self) -> Mapping[str, "Node | Leaf"]:
        """Return the children by normalised key, the first of several with equal keys."""
        alike: dict[str, Node | Leaf] = {}
        for name, child in self.items():
            alike.setdefault(spelling_of(name), child)
        return alike

    @_Cached
    def keys(self) -> frozenset[str]:
        """Return the normalised keys of the members."""
        return frozenset(self.alike)

    @_Cached
    def keys_below(self) -> frozenset[str]:
        """Return the normalised keys of all members at any depth, to exclude nodes quickly."""
        return self.keys.union(*[node.keys_below for _, node in self.nodes()])

    def get(self, *spellings: str) -> "Node | Leaf | None":
        """Return the child at the first spelling that exists.

        A spelling is a key, or keys joined by ``.``; ``.`` alone is this node. An exact key wins over one that is equal
        after normalisation (letters and digits only, lower case).
        """
        if spellings and spellings[0] in self.children:
            return self.children[spellings[0]]
        starts = _starts(spellings)
        if starts and starts.isdisjoint(self.keys):
            return None
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
        """Return the child at the first spelling that exists if it is an object or a list, else None."""
        found = self.get(*spellings)
        return found if isinstance(found, Node) else None

    def leaf(self, *spellings: str) -> Leaf | None:
        """Return the child at the first spelling that exists if it is a scalar, else None."""
        found = self.get(*spellings)
        return found if isinstance(found, Leaf) else None

    def items(self, pattern: str | None = None) -> Iterable[tuple[str, "Node | Leaf"]]:
        """Return names and children in document order; with ``pattern`` those whose whole name matches it."""
        self.check()
        found: Iterable[tuple[str, Node | Leaf]] = self.children.items()
        if len(self.children) > CHILDREN_BETWEEN_CHECKS:
            found = self._checked_items()
        if pattern is None:
            return found
        return ((name, child) for name, child in found if re.fullmatch(pattern, name, re.IGNORECASE))

    def _checked_items(self) -> Iterator[tuple[str, "Node | Leaf"]]:
        for place, item in enumerate(self.children.items()):
            if not place % CHILDREN_BETWEEN_CHECKS:
                self.check()
            yield item

    def nodes(self, pattern: str | None = None) -> Sequence[tuple[str, "Node"]]:
        """Return like ``items``, objects and lists only."""
        return [(name, child) for name, child in self.items(pattern) if isinstance(child, Node)]

    def nodes_in(self, *spellings: str) -> Sequence[tuple[str, "Node"]]:
        """Return names and children, objects and lists only, of the node at the first spelling that exists."""
        block = self.node(*spellings)
        return block.nodes() if block else ()

    def leaves(self) -> Iterator[Leaf]:
        """Yield every scalar at or below this node in document order."""
        waiting: list[Node | Leaf] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Leaf):
                yield part
            else:
                self.check()
                waiting.extend(reversed(part.children.values()))

    def descendants(self) -> Iterator["Node"]:
        """Yield this node and every object and list below it, parents first."""
        waiting = [self]
        while waiting:
            self.check()
            node = waiting.pop()
            yield node
            waiting.extend([child for child in reversed(node.children.values()) if isinstance(child, Node)])


def build_tree(document: FlatDocument, check: Check = no_check) -> Node:
    """Return the tree of a document, read in the order in which ``flatten`` wrote it.

    ``check`` is that of its nodes, and called for each of them. Raises ContentError for a path longer than
    ``MAX_PATH_LENGTH``: every series below it would repeat it.
    """
    return _read(iter(document.shape), enumerate(document.leaves), check, (), MAX_PATH_LENGTH)


def _read(  # a function of the module: one within build_tree would refer to itself, which only a collection ends
    shape: Iterator[str | int],
    leaves: Iterator[tuple[int, Scalar]],
    check: Check,
    path: tuple[str, ...],
    room: int,
    *,
    is_list: bool = False,
) -> Node:
    """Read the members of an object or list; ``room`` is the number of characters left for their names."""
    check()
    members: dict[str, Node | Leaf] = {}
    key: str | None = None
    for mark in shape:
        if isinstance(mark, str):
            if key is not None:
                members[key] = Leaf((*path, key), *next(leaves))
            key = mark
            if len(key) > room:
                raise ContentError(f"not a status tree: a path of more than {MAX_PATH_LENGTH} characters")
            continue
        if mark == END:
            break
        name = _free_name(members, key) if is_list else key or ""
        if mark in (OBJECT, LIST):
            members[name] = _read(shape, leaves, check, (*path, name), room - len(name), is_list=mark == LIST)
        else:
            members[name] = Leaf((*path, name), *next(leaves))
        key = None
    if key is not None:
        members[key] = Leaf((*path, key), *next(leaves))
    return Node(path, members, is_list, check)


def _free_name(members: Mapping[str, Node | Leaf], name: str | None) -> str:
    """Return an unused name for the next element of a list: its own, else its position."""
    position = str(len(members))
    name = (name or "").strip() or position
    while name in members:
        name = f"{name}#{position}"
    return name
