"""Finding a node of a response by its path."""

from collections.abc import Iterator, Sequence
from typing import Any


def find(tree: Any, path: Sequence[str]) -> Any:
    """Return the node at a path of keys, with the ``object-id`` for elements of lists.

    Raises LookupError if there is none.
    """
    for name in path:
        tree = _element(tree, name) if isinstance(tree, list) else _member(tree, name)
    return tree


def _member(value: Any, name: str) -> Any:
    if isinstance(value, dict) and name in value:
        return value[name]
    raise LookupError(name)


def _element(items: list[Any], name: str) -> Any:
    for item in items:
        if isinstance(item, dict) and item.get("object-id") == name:
            return item
    raise LookupError(name)


def paths(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every addressable node, parents first; that of the root is empty."""
    yield path
    if isinstance(tree, dict):
        for name, item in tree.items():
            yield from paths(item, (*path, name))
    elif isinstance(tree, list):
        for item in tree:
            if isinstance(item, dict) and "object-id" in item:
                yield from paths(item, (*path, str(item["object-id"])))
