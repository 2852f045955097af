"""PTPv2 instances: where they are, whether their figures are current, and the groups of their metrics.

No response of a PTP card is public, so an instance is recognised by its contents: an IEEE 1588 data set, or a
port state and a figure that only PTP has.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lantime_exporter.collectors.common.find_blocks import find_blocks, merged, names
from lantime_exporter.collectors.common.ptp_enumerations import is_null
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Node, spelling_of
from lantime_exporter.mapping.binding_context import BindingContext, Scope, once
from lantime_exporter.mapping.finders import is_true
from lantime_exporter.mapping.table import Ignored, Row, RowGroup, Table

DATA_SETS = frozenset(
    f"{name}{ending}" for name in ("default", "current", "parent", "timeproperties") for ending in ("ds", "dataset")
)
PORT_BLOCKS = ("port-ds", "port-data-set", "port-data-sets", "ports")
PORT_KEYS = frozenset(map(spelling_of, PORT_BLOCKS))
WRAPPERS = DATA_SETS.union(
    ("portds", "portdataset", "datasets"), ("status", "state", "flags", "settings", "config", "configuration")
)
"""Objects that contain members of an instance."""

PORT_STATE = ("port-state", "ptp-port-state")
PORT_STATE_KEYS = frozenset(map(spelling_of, PORT_STATE))
HINTS = WRAPPERS | PORT_KEYS | PORT_STATE_KEYS
"""An object with none of these is not an instance."""
NEEDED = DATA_SETS | PORT_STATE_KEYS
"""One of these is in every instance, at any depth."""

UNITS = ("", "ns", "us", "ms", "s", "scalednanoseconds")
OFFSETS = frozenset(f"{stem}{unit}" for stem in ("offsetfrommaster", "meanpathdelay", "onewaydelay") for unit in UNITS)
PLAIN_OFFSETS = frozenset(f"offset{unit}" for unit in UNITS)
MARKS = frozenset(
    {
        *("stepsremoved", "grandmasteridentity", "gmidentity", "gmid", "domainnumber", "delaymechanism", "delaymech"),
        "numucslaves",
    }
)
"""Members that only PTP has; ``offset`` beside a port state would also fit an input of another card."""

GENERAL = WRAPPERS | {"ptp", "ptpv2", "ptpstatus", "instance", "instances", "ptpinstances", "ptpv2instances"}
"""Keys that do not name a single instance."""

PATH = "chassisN.slots[].module.PTP"

INSTANCE = RowGroup("lantime_ptp", "slot", "ptp_instance", grade="C")
PORT = RowGroup("lantime_ptp", "slot", "ptp_instance", "port", grade="C")

AVAILABLE = ("avail", "available", "is-available", "availability")
FITTED = Enumeration(("not-available",))
NOT_AVAILABLE = frozenset({"false", "no", "off", "0", "not-available"})
IDENTITIES = ("clock-identity", "local-mac", "local-mac-address", "mac-address")


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A PTPv2 instance.

    ``node`` is its object. ``view`` also has the members of its data sets, and of its port if it has only one.
    ``ports`` are the views of its ports by name.
    """

    slot: str
    name: str
    node: Node
    view: Node
    ports: Sequence[tuple[str, Node]]
    is_fitted: bool
    """Whether the card exists. An absent one is not available, or its identity is all zeros: it has default values."""
    is_running: bool
    """Whether the card exists and the PTP stack runs. A stopped one leaves old figures or defaults."""

    @property
    def scope(self) -> Scope:
        """The place of the instance."""
        return Scope(self.view, {"slot": self.slot, "ptp_instance": self.name})

    def blocks(self) -> Iterator[Node]:
        """Yield the objects of the instance as a whole: not those of one of several ports or of another instance."""
        return _blocks(self.node, PORT_KEYS if len(self.ports) > 1 else frozenset())


@once
def instances(context: BindingContext) -> Iterator[Instance]:
    """Return every instance below a module, or in a section ``ptp`` outside the slots."""
    found = [
        (scope.labels["slot"], node.path[len(scope.node.path) :], node)
        for scope in find_blocks("ptp", "ptpv2")(context)
        for node in _search(scope.node)
    ]
    for slot, group in groupby(sorted(found, key=lambda item: item[0]), key=lambda item: item[0]):
        members = list(group)
        for name, (_, _, node) in zip(names([path for _, path, _ in members], GENERAL), members, strict=True):
            yield _instance(context, slot, name, node)


def _search(node: Node) -> Iterator[Node]:
    """Yield the instances at or below a node, parents first, without foreign masters."""
    if NEEDED.isdisjoint(node.keys_below):
        return
    found = is_instance(node)
    if found:
        yield node
    for name, child in node.nodes():
        key = spelling_of(name)
        if not (key.startswith("foreign") or (found and key in WRAPPERS | PORT_KEYS)):
            yield from _search(child)


def _blocks(node: Node, apart: Collection[str]) -> Iterator[Node]:
    yield node
    for name, child in node.nodes():
        key = spelling_of(name)
        if key not in apart and (key in WRAPPERS | PORT_KEYS or not is_instance(child)):
            yield from _blocks(child, apart)


def is_instance(node: Node) -> bool:
    """Return whether an object is a PTPv2 instance. An object whose ports are instances is not one."""
    if node.is_list or HINTS.isdisjoint(node.keys):
        return False
    view = merged(node, WRAPPERS)
    ports = [port for _, port in _ports(view)]
    if len(ports) > 1 and any(map(_has_offset, ports)):
        return False
    if any(isinstance(view.alike.get(key), Node) for key in DATA_SETS):
        return True
    has_port = bool(ports) or not PORT_STATE_KEYS.isdisjoint(view.keys)
    return has_port and (not MARKS.isdisjoint(view.keys) or any(map(_has_offset, (view, *ports))))


def _has_offset(view: Node) -> bool:
    in_ptp = any("ptp" in spelling_of(part) for part in view.path)
    return not (OFFSETS | PLAIN_OFFSETS if in_ptp else OFFSETS).isdisjoint(view.keys)


def _ports(view: Node) -> list[tuple[str, Node]]:
    """Return the ports of an instance with the names of their elements; none if the instance is its own port."""
    found = [(name, merged(part, WRAPPERS)) for name, part in view.nodes_in(*PORT_BLOCKS)]
    return [(name, part) for name, part in found if not PORT_STATE_KEYS.isdisjoint(part.keys)]


def _instance(context: BindingContext, slot: str, name: str, node: Node) -> Instance:
    view = merged(node, WRAPPERS)
    ports = [(_port_name(context, port, part), part) for port, part in _ports(view)]
    if not ports:
        ports = [(_port_name(context, "0", view), view)]
    elif len(ports) == 1:
        # With a single port, the device may report values of the instance at the port and vice versa.
        [(port, part)] = ports
        ports = [(port, Node(part.path, {**view.children, **part.children}, check=part.check))]
        view = Node(view.path, {**part.children, **view.children}, check=view.check)
    is_fitted = _is_fitted(context, view)
    return Instance(slot, name, node, view, ports, is_fitted, is_fitted and _is_running(context, view))


def _port_name(context: BindingContext, element: str, view: Node) -> str:
    """Return the ``object-id`` of a port, else its number, else its position."""
    numbered = element.isdecimal() and view.leaf("object-id") is None
    return (context.name(view.leaf("port-number", "port-identity.port-number")) if numbered else None) or element


def _is_fitted(context: BindingContext, view: Node) -> bool:
    leaf = view.leaf(*AVAILABLE)
    if leaf is not None and FITTED.state(context.guard_value(leaf)) in NOT_AVAILABLE:
        return False
    own = view.leaf(*IDENTITIES)
    return own is None or not context.guard_predicate(own, is_null)


def _is_running(context: BindingContext, view: Node) -> bool:
    return not is_true(context, view.leaf("stack-not-running"), otherwise=False)


Instances = Callable[[BindingContext], Iterable[Instance]]


def instances_that(accept: Callable[[Instance], bool]) -> Instances:
    """Return a finder of the instances that pass a test."""
    return lambda context: filter(accept, instances(context))


fitted = instances_that(lambda instance: instance.is_fitted)
running = instances_that(lambda instance: instance.is_running)


def instance_table(of: Instances, *rows: Row | Ignored) -> Table:
    """Return the table of rows that are read at instances."""
    return Table(PATH, lambda context: (found.scope for found in of(context)), *rows)


def port_table(of: Instances, *rows: Row | Ignored) -> Table:
    """Return the table of rows that are read at the ports of instances."""

    def find(context: BindingContext) -> Iterator[Scope]:
        return (found.scope.within(view, port=port) for found in of(context) for port, view in found.ports)

    return Table(f"{PATH}.port-ds[]", find, *rows)


def around(found: Iterable[Instance], block: Node) -> Instance | None:
    """Return the innermost instance that contains a block, None if there is none."""
    owners = [instance for instance in found if block.path[: len(instance.node.path)] == instance.node.path]
    return max(owners, key=lambda instance: len(instance.node.path), default=None)
