"""Slots: every ``chassis<N>.slots[]``, by name, wherever collectors and the generic layer need them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lantime_exporter.document.parse import CHASSIS
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.mapping.trace import Trace


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a chassis. ``name`` is the label ``slot``: ``clk1``, on a second chassis ``chassis1/clk1``."""

    name: str
    node: Node
    module: Node | None
    model: str


def slots(trace: Trace) -> tuple[Slot, ...]:
    """Return the slots in document order; those that share a name with an earlier one are left to the oddities."""
    return trace.once(_slots)


def _slots(trace: Trace) -> Iterator[Slot]:
    for chassis, part in trace.data.nodes(CHASSIS.pattern):
        listed = part.node("slots")
        if listed is None:
            continue
        for element, node in listed.nodes():
            name = trace.name(node.leaf("slot-id")) or trace.name(node.leaf("object-id")) or element
            module = node.node("module")
            yield Slot(
                name if chassis == "chassis0" else f"{chassis}/{name}",
                node,
                module,
                model_of(trace, module),
            )


def model_of(trace: Trace, module: Node | None) -> str:
    """Return the model of a module as the device writes it, in lower case; empty where it does not say."""
    leaf = module.leaf("info.model", "model") if module else None
    return (trace.name(leaf) or "").lower() if isinstance(leaf, Leaf) else ""
