"""NTP as a reference input of a card (N2X in NTP mode; docs/modules.md, grade D). In PTP mode see ``ptp``."""

from collections.abc import Iterator

from lantime_exporter.document.shared_enumerations import CLOCK
from lantime_exporter.document.tree import Node
from lantime_exporter.exposition.metric import Grade, MetricGroup
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import count, seconds, state
from lantime_exporter.mapping.table import Collector, Row, Scope, Table, ignored

NTP_INPUT = MetricGroup("lantime_ntp_input", "slot", grade=Grade.D)


def inputs(context: BindingContext) -> Iterator[Scope]:
    """Yield the objects of a module that contain a stratum, and a server or a reach."""
    for scope in modules()(context):
        for _, node in scope.node.nodes() if isinstance(scope.node, Node) else ():
            if not node.is_list and node.leaf("stratum") and node.leaf("reach", "server"):
                yield scope.within(node)


INPUTS = Table(
    "chassisN.slots[].module.n2x",
    inputs,
    (
        Row(NTP_INPUT.gauge("state", "Synchronization of the card to its NTP server.", "state"), state(CLOCK, "state")),
        Row(NTP_INPUT.gauge("stratum", "Stratum of the NTP server."), count("stratum", most=255)),
        Row(
            NTP_INPUT.gauge("offset_seconds", "Offset of the card from the NTP server, in seconds."), seconds("offset")
        ),
        Row(NTP_INPUT.gauge("delay_seconds", "Round-trip delay to the NTP server, in seconds."), seconds("delay")),
        Row(
            NTP_INPUT.gauge("reach", "Last eight polls of the NTP server as bits, 255 if all were answered."),
            count("reach", most=255),
        ),
        ignored("server", because="an address: configuration, not state"),
    ),
)

COLLECTOR = Collector("n2x", (INPUTS,))
