"""Links of network cards that report them in their slot: LNE, N2X and others (docs/modules.md; grade D).

The ports of PTPv2 instances are read with them; the device's own list of ports is in ``network``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import names
from lantime_exporter.collectors.common.ptp_instances import instances
from lantime_exporter.document.enumeration import kebab, normalise
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import BooleanWords
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import value
from lantime_exporter.mapping.table import RowGroup, Table

LINK = ("link", "link-state", "link-status", "operstate")
LINK_KEYS = frozenset(map(normalise, LINK))
GENERAL = frozenset({"ethernet", "ports", "port", "network", "interfaces", "status", "lan"})

NOT_AVAILABLE = frozenset({"not-available", "-4", "-75"})
"""Words for a port that does not exist; the numbers are those of the MIB, where 0 is down and 1 is up."""

UP = BooleanWords(("up",), ("down",))


def link(raw: Scalar) -> float | None:
    """Return whether a link is up. Raises DecodeError for anything but ``up``, ``down`` and booleans."""
    return None if kebab(str(raw)) in NOT_AVAILABLE else UP(raw)


def ports(context: BindingContext) -> Iterator[Scope]:
    """Yield every object with a link, outside PTPv2 instances."""
    inside = {block.path for found in instances(context) for block in found.node.descendants()}
    for scope in modules(context):
        if LINK_KEYS.isdisjoint(scope.node.keys_below):
            continue
        found = [node for node in scope.node.descendants() if node.leaf(*LINK) and node.path not in inside]
        below = [node.path[len(scope.node.path) :] for node in found]
        for node, port in zip(found, names(below, GENERAL), strict=True):
            yield scope.within(node, port=port)


LINKS = Table(
    "chassisN.slots[].module.ethernet[]",
    ports,
    RowGroup("lantime_module", "slot", "port", grade="D").gauge(
        "link_up", "1 if the link of a port of the card is up.", value(link, *LINK)
    ),
)
