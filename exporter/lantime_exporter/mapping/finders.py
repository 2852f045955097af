"""Finders: they find the blocks of the document to which the rows of a table apply."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from lantime_exporter.document.parse import CHASSIS
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import flag
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding_context import BindingContext, Find, Scope, once


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a chassis. ``name`` is the label ``slot``: ``clk1``, on a second chassis ``chassis1/clk1``."""

    name: str
    node: Node
    module: Node
    """Empty if there is none."""
    model: str


@once
def slots(context: BindingContext) -> Iterator[Slot]:
    """Return the slots in document order; a duplicate name is a decode error."""
    for chassis, part in context.data.nodes(CHASSIS.pattern):
        listed = part.node("slots")
        if listed is None:
            continue
        for element, node in listed.nodes():
            name = context.name(node.leaf("slot-id")) or context.name(node.leaf("object-id")) or element
            module = node.node("module") or Node((*node.path, "module"), {})
            model = context.name(module.leaf("info.model", "model")) or ""
            yield Slot(name if chassis == "chassis0" else f"{chassis}/{name}", node, module, model.lower())


def root(context: BindingContext) -> Iterable[Scope]:
    """Return the place of the whole response: ``system-information``, ``data``, ``changes``."""
    return (Scope(context.root),)


def at(path: str, *others: str) -> Find:
    """Return the place of one block below ``data``, at the first path that exists."""

    def find(context: BindingContext) -> Iterator[Scope]:
        node = context.data.node(path, *others)
        if node is not None:
            yield Scope(node)

    return find


def each(path: str, **labels: str) -> Find:
    """Return the places of all elements of a list or object below ``data``.

    Each keyword is a label with the key of its leaf. Without a value, the first label is the ``object-id`` or index of
    the element, and further ones are empty.
    """

    def find(context: BindingContext) -> Iterator[Scope]:
        for name, node in context.data.nodes_in(path):
            found = {label: context.name(node.leaf(key)) or "" for label, key in labels.items()}
            first = next(iter(labels))
            yield Scope(node, found | {first: found[first] or name})

    return find


def every_slot(context: BindingContext) -> Iterator[Scope]:
    """Return the places of all slots, empty ones too, with the label ``slot``."""
    return (Scope(slot.node, {"slot": slot.name}) for slot in slots(context))


@once
def modules(context: BindingContext) -> Iterator[Scope]:
    """Return the places of all modules, with the label ``slot``."""
    return (Scope(slot.module, {"slot": slot.name}) for slot in slots(context) if slot.module.children)


def blocks(*keys: str, within: Find = modules) -> Find:
    """Return the places of the blocks (objects or lists) with one of these keys in every module."""

    def find(context: BindingContext) -> Iterator[Scope]:
        for scope in within(context):
            block = scope.node.node(*keys)
            if block is not None:
                yield scope.within(block)

    return find


def blocks_that(accept: Callable[[str, Node], bool]) -> Find:
    """Return the places of the objects, directly in every module, whose key and members pass a test."""

    def find(context: BindingContext) -> Iterator[Scope]:
        for scope in modules(context):
            for key, block in scope.node.nodes():
                if not block.is_list and accept(key, block):
                    yield scope.within(block)

    return find


def holding(*keys: str) -> Find:
    """Return the places of the objects, directly in every module, that hold at least one of these keys."""
    return blocks_that(lambda _, block: block.get(*keys) is not None)


def flagged(within: Find, key: str, *, otherwise: bool) -> tuple[Find, Find]:
    """Return the places whose flag is set, and those whose flag is not; ``otherwise`` if it is missing or invalid."""

    @once
    def places(context: BindingContext) -> Iterator[tuple[Scope, bool]]:
        return ((scope, is_true(context, scope.node.get(key), otherwise=otherwise)) for scope in within(context))

    def find(context: BindingContext, *, is_set: bool) -> Iterator[Scope]:
        return (scope for scope, flag_is_set in places(context) if flag_is_set == is_set)

    return partial(find, is_set=True), partial(find, is_set=False)


def is_true(context: BindingContext, leaf: Node | Leaf | None, *, otherwise: bool) -> bool:
    """Return a flag on which a decision depends; ``otherwise`` if it is missing, or invalid: a decode error."""
    try:
        found = flag(context.guard_value(leaf)) if isinstance(leaf, Leaf) else None
    except DecodeError as error:
        context.record_error(leaf, str(error))
        found = None
    return otherwise if found is None else bool(found)
