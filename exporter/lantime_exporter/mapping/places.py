"""Places: the left-hand side of tables, where in the document their rows apply."""

from collections.abc import Callable, Iterator

from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import flag
from lantime_exporter.mapping.slots import slots
from lantime_exporter.mapping.table import Find, Scope
from lantime_exporter.mapping.trace import Trace


def root() -> Find:
    """Return the place of the whole answer: ``system-information``, ``data``, ``changes``."""
    return lambda trace: [Scope(trace.root)]


def at(path: str, *others: str) -> Find:
    """Return the place of one block below ``data``, at the first path that is there."""

    def find(trace: Trace) -> Iterator[Scope]:
        node = trace.data.node(path, *others)
        if node is not None:
            yield Scope(node)

    return find


def each(path: str, **labels: str) -> Find:
    """Return the places of all elements of a list or object below ``data``.

    Each keyword is a label with the key of the leaf that gives its value. The first one names the element, as its
    ``object-id`` or index does where the leaf says nothing; further ones are empty there.
    """

    def find(trace: Trace) -> Iterator[Scope]:
        block = trace.data.node(path)
        for name, node in block.nodes() if block else ():
            found = {label: trace.name(node.leaf(key)) or "" for label, key in labels.items()}
            first = next(iter(labels))
            yield Scope(node, found | {first: found[first] or name})

    return find


def modules() -> Find:
    """Return the places of the modules in all occupied slots, with the label ``slot``."""

    def find(trace: Trace) -> Iterator[Scope]:
        for slot in slots(trace):
            if slot.module is not None:
                yield Scope(slot.module, {"slot": slot.name})

    return find


def blocks(*keys: str, within: Find | None = None) -> Find:
    """Return the places of the blocks (objects or lists) with one of these keys in every module."""

    def find(trace: Trace) -> Iterator[Scope]:
        for scope in (within or modules())(trace):
            block = scope.get(*keys)
            if isinstance(block, Node):
                yield scope.within(block)

    return find


def holding(*keys: str, within: Find | None = None) -> Find:
    """Return the places of the blocks, directly in every module, that hold at least one of these keys."""

    def find(trace: Trace) -> Iterator[Scope]:
        for scope in (within or modules())(trace):
            if isinstance(scope.node, Node):
                for _, block in scope.node.nodes():
                    if not block.is_list and block.get(*keys) is not None:
                        yield scope.within(block)

    return find


def when(within: Find, accept: Callable[[Trace, Scope], bool]) -> Find:
    """Return the places that pass a test; what the test looks at must be looked at through the trace."""
    return lambda trace: (scope for scope in within(trace) if accept(trace, scope))


def elements(within: Find, label: str, *keys: str) -> Find:
    """Return the places of the elements of the list or object at one of the keys, their name as a label."""

    def find(trace: Trace) -> Iterator[Scope]:
        for scope in within(trace):
            block = scope.get(*keys)
            if isinstance(block, Node):
                for name, child in block.items():
                    yield scope.within(child, **{label: name})

    return find


def is_true(trace: Trace, leaf: Node | Leaf | None, *, otherwise: bool) -> bool:
    """Return a flag on which a decision hangs; ``otherwise`` where it is missing or odd."""
    found = trace.attempt(leaf, flag) if isinstance(leaf, Leaf) else None
    return otherwise if found is None else bool(found)
