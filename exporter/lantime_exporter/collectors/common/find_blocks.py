"""Find blocks in unknown places, at any depth, and name them by their path."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from lantime_exporter.document.tree import Node, spelling_of
from lantime_exporter.mapping.binding_context import BindingContext, Find, Scope
from lantime_exporter.mapping.finders import modules


def find_blocks(*keys: str) -> Find:
    """Return the places of all modules, and of the blocks with one of these keys outside the slots.

    Blocks outside the slots (``data.KEY``, ``data.system.KEY``) get the slot ``cpu``: they come from the software of
    the CPU module, and all series of a metric need the label.
    """
    wanted = frozenset(map(spelling_of, keys))

    def find(context: BindingContext) -> Iterator[Scope]:
        yield from modules(context)
        for parent in (context.data, context.data.node("system")):
            found = {key: block for key, block in parent.items() if spelling_of(key) in wanted} if parent else {}
            if parent and found:
                yield Scope(Node(parent.path, found), {"slot": "cpu"})

    return find


def having(within: Find, pattern: str) -> Find:
    """Return the places with a key, at any depth, whose normalised form begins with the pattern."""
    begins = re.compile(pattern).match
    return lambda context: (scope for scope in within(context) if any(map(begins, scope.node.keys_below)))


def merged(node: Node, wrappers: Collection[str]) -> Node:
    """Return an object with the members of its wrapper objects (``status``, ``flags``) added to its own.

    ``wrappers`` are normalised keys. The object's own members take precedence.
    """
    children = dict(node.children)
    for name, part in node.nodes():
        if spelling_of(name) in wrappers and not part.is_list:
            for key, child in merged(part, wrappers).children.items():
                children.setdefault(key, child)
    return Node(node.path, children, check=node.check)


def name(path: Sequence[str], general: Collection[str], otherwise: str = "0") -> str:
    """Return the last part of a path that is not one of ``general``, normalised keys that name nothing."""
    return next((part for part in reversed(path) if spelling_of(part) not in general), otherwise)


def names(paths: Sequence[Sequence[str]], general: Collection[str]) -> list[str]:
    """Return a name for each block at these paths; blocks with equal names have their whole path instead."""
    short = [name(path, general) for path in paths]
    times = Counter(short)
    return [last if times[last] == 1 else "/".join(path) for last, path in zip(short, paths, strict=True)]
