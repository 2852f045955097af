"""Links of network cards that report them in their slot: LNE, N2X and others (docs/modules.md; grade D).

The ports of PTPv2 instances are read with them; the device's own list of ports is in ``network``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import names
from lantime_exporter.collectors.common.link import link
from lantime_exporter.collectors.common.ptp_instances import instances
from lantime_exporter.document.tree import Node
from lantime_exporter.exposition.metric import Grade, gauge
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import value
from lantime_exporter.mapping.table import Collector, Row, Scope, Table

LINK = ("link", "link-state", "link-status", "operstate")
GENERAL = frozenset({"ethernet", "ports", "port", "network", "interfaces", "status", "lan"})


def ports(context: BindingContext) -> Iterator[Scope]:
    """Yield every object with a link, outside PTPv2 instances."""
    inside = {block.path for found in instances(context) for block in found.node.descendants()}
    for scope in modules()(context):
        nodes = scope.node.descendants() if isinstance(scope.node, Node) else ()
        found = [node for node in nodes if node.path not in inside and node.leaf(*LINK)]
        below = [node.path[len(scope.node.path) :] for node in found]
        for node, port in zip(found, names(below, GENERAL), strict=True):
            yield scope.within(node, port=port)


LINKS = Table(
    "chassisN.slots[].module.ethernet[]",
    ports,
    (
        Row(
            gauge(
                "lantime_module_link_up", "1 if the link of a port of the card is up.", "slot", "port", grade=Grade.D
            ),
            value(link, *LINK),
        ),
    ),
)

COLLECTOR = Collector("module_links", (LINKS,))
