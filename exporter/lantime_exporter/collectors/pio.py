"""PIO: programmable ports, and measurements of 1PPS inputs (docs/modules.md; names D).

Offsets of this card are nanoseconds, also without a unit in the key; on other cards the key must have a unit.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common import ports
from lantime_exporter.collectors.inputs import OFFSET, OFFSET_LIMIT
from lantime_exporter.exposition.metric import Grade, info
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import info_labels, scaled
from lantime_exporter.mapping.table import Collector, Find, Row, Scope, Table

NS = 1e-9


def of_pio(label: str, *directions: str) -> Find:
    """Return the places of the ports of PIO cards with one of these directions, with their name as the label."""

    def find(context: BindingContext) -> Iterator[Scope]:
        for slot, port in ports.ports(context):
            if slot.model.startswith("pio") and port.direction in directions:
                yield Scope(port.node, {"slot": slot.name, label: port.name})

    return find


PORTS = Table(
    "chassisN.slots[].module.ports[]",
    of_pio("port", ports.INPUT, ports.OUTPUT, ports.BOTH),
    (
        Row(
            info(
                "lantime_pio_port_info",
                "Direction of a programmable port.",
                *("slot", "port", "direction"),
                grade=Grade.C,
            ),
            info_labels(direction=(*ports.DIRECTION_KEYS, ports.DIRECTION.state)),
        ),
    ),
)

OFFSETS = Table(
    "chassisN.slots[].module.ports[]",
    of_pio("input", ports.INPUT, ports.BOTH),
    (Row(OFFSET, scaled(NS, "offset", "pps-offset")), Row(OFFSET_LIMIT, scaled(NS, "offset-limit"))),
)

COLLECTOR = Collector("pio", (PORTS, OFFSETS))
