"""Ports of modules: inputs and outputs, recognised by content in all forms (grades C and D).

A port is

* an element of a block named ``outputs`` or ``inputs`` (``clock-outputs``, ``framed-outputs`` too),
* a block named ``output-1``, ``out2``, ``input-a``,
* leaves such as ``output-1-enabled`` and ``output-1-level-ok``, together,
* any block with a ``direction``, or with members of only an input or an output (``signal-present``, ``settled``),
* any block with the members of a port, on a card with only inputs or only outputs.

A ``direction`` takes precedence over the name. Names omit words such as ``output`` and ``port``: ``output-1`` and
``port-1`` become ``1``, ``clock-outputs/output-1`` becomes ``clock-1``. If two ports of a slot then have equal names,
both have their path below the module instead.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.mapping.binding_context import BindingContext, Find, Scope, once
from lantime_exporter.mapping.finders import Slot, slots

INPUT, OUTPUT, BOTH = "input", "output", "input/output"

DIRECTION = Enumeration.counted(
    *(INPUT, OUTPUT, BOTH), spellings={"in": INPUT, "out": OUTPUT, "in/out": BOTH, "bidirectional": BOTH}
)
"""Directions of a port by their raw numbers."""

DIRECTION_KEYS = ("direction", "port-direction", "dir")

LISTED = re.compile(r"(?:(?P<kind>.+)[-_])?(?P<direction>in|out)(?:put)?s", re.IGNORECASE)
match_listed = lru_cache(maxsize=1024)(LISTED.fullmatch)
NUMBERED = re.compile(r"(?P<direction>in|out)(?:put)?[-_ ]?(?P<name>\d+|[a-d])(?:[-_](?P<member>.+))?", re.IGNORECASE)
PLAIN = re.compile(r"(?:(?:in|out)(?:put)?|port|io|bnc|connector)[-_ ]?(?P<name>\d+|[a-d])", re.IGNORECASE)

OTHERS = frozenset({"info", "sync-status", "satellites", "mrs", "supported-string-types"})
"""Blocks of a module that contain no ports."""

ONLY_INPUTS = ("signal-present", "signal-available", "signal-detected", "signal-lost", "input-signal-available")
ONLY_OUTPUTS = ("settled", "adjusting", "level-ok", "output-enabled", "out-enabled", "carrier-detected", "overload")
"""Members of outputs only, by which a block without name and direction is recognised."""

GROUP_ROLES = ("phys-grp-role", "log-grp-role")
PORT_MEMBERS = ("port-type", "io-port-type", "port-state", "operation-mode", "enabled", *GROUP_ROLES, "supp-stati")
ONE_WAY = re.compile(r"(?P<outputs>bpe|cpe|liu|lno|lsg|scg|vsg)|(?P<inputs>mri|esi|vsi)")
"""Models of cards whose ports all have one direction (docs/modules.md)."""


@dataclass(frozen=True, slots=True)
class Port:
    """A port: ``direction`` as in ``DIRECTION``, ``name`` without the direction if that is unique in the slot."""

    direction: str
    name: str
    node: Node


@once
def ports(context: BindingContext) -> Iterator[tuple[Slot, Port]]:
    """Return all ports of all modules with their slots."""
    for slot in slots(context):
        card = ONE_WAY.match(slot.model)
        usual = None if card is None else OUTPUT if card["outputs"] else INPUT
        found = list(below(context, slot.module, usual))
        times = Counter((port.direction, port.name) for port in found)
        for port in found:
            is_unique = times[port.direction, port.name] == 1
            name = port.name if is_unique else "/".join(port.node.path[len(slot.module.path) :])
            yield slot, Port(port.direction, name, port.node)


def below(context: BindingContext, node: Node, usual: str | None) -> Iterator[Port]:
    """Yield the ports at any depth below a node; blocks in a port belong to it.

    ``usual`` is the direction of all ports of the card, None if they differ or are unknown.
    """
    yield from spread(node)
    for key, child in node.nodes():
        listed, numbered = match_listed(key), NUMBERED.fullmatch(key)
        if key in OTHERS:
            continue
        if listed:
            yield from elements(context, child, f"{listed['kind']}-" if listed["kind"] else "", listed["direction"])
        elif (
            direction := directed(context, child)
            or (numbered and full_direction(numbered["direction"]))
            or recognised(child, usual)
        ):
            yield Port(direction, plain(key), child)
        else:
            yield from below(context, child, usual)


def elements(context: BindingContext, block: Node, kind: str, direction: str) -> Iterator[Port]:
    """Yield the ports in a block of inputs or outputs; a single word is the state of a port."""
    for key, child in block.items():
        if isinstance(child, Node):
            yield Port(directed(context, child) or full_direction(direction), kind + plain(key), child)
        elif block.is_list or PLAIN.fullmatch(key):
            yield Port(full_direction(direction), kind + plain(key), Node(child.path, {"state": child}))


def spread(node: Node) -> Iterator[Port]:
    """Yield the ports whose members are leaves of the node itself: ``output-1-enabled``, ``output-1``."""
    members: dict[tuple[str, str], dict[str, Node | Leaf]] = {}
    for key, child in node.items():
        match = NUMBERED.fullmatch(key)
        if match and isinstance(child, Leaf):
            port = (match["direction"], match["name"])
            members.setdefault(port, {})[match["member"] or "state"] = child
    for (direction, name), leaves in members.items():
        yield Port(full_direction(direction), name, Node((*node.path, f"{full_direction(direction)}-{name}"), leaves))


def directed(context: BindingContext, node: Node) -> str | None:
    """Return the direction of a block, None if missing or unknown (the generic layer then exports it)."""
    leaf = None if node.is_list else node.leaf(*DIRECTION_KEYS)
    if leaf is None:
        return None
    context.guards[leaf.index] = leaf
    word = DIRECTION.state(leaf.value)
    if word not in DIRECTION.states:
        return None
    context.claim(leaf)
    return word


def recognised(node: Node, usual: str | None) -> str | None:
    """Return the direction of a block by its members, None if it is not a port or ambiguous."""
    if node.is_list:
        return None
    if node.leaf(*ONLY_INPUTS):
        return INPUT
    if node.leaf(*ONLY_OUTPUTS):
        return OUTPUT
    return usual if node.leaf(*PORT_MEMBERS) else None


def full_direction(direction: str) -> str:
    """Return ``input`` for ``in`` and ``output`` for ``out``."""
    return INPUT if direction.lower() == "in" else OUTPUT


def plain(key: str) -> str:
    """Return the name of a port without words such as ``input``."""
    match = PLAIN.fullmatch(key)
    return match["name"] if match else key


def places(label: str, *directions: str, model: str = "") -> Find:
    """Return the places of the ports with one of these directions, with their name as the label.

    ``model`` is the beginning of the model of their cards.
    """

    def find(context: BindingContext) -> Iterator[Scope]:
        for slot, port in ports(context):
            if port.direction in directions and slot.model.startswith(model):
                yield Scope(port.node, {"slot": slot.name, label: port.name})

    return find


INPUTS = places("input", INPUT, BOTH)
OUTPUTS = places("output", OUTPUT, BOTH)
