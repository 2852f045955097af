"""PIO: programmable ports, and measurements of 1PPS inputs (docs/modules.md; names D).

Offsets of this card are nanoseconds, also without a unit in the key; on other cards the key must have a unit.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common import ports
from lantime_exporter.collectors.inputs import offset, offset_limit
from lantime_exporter.exposition.metric import Grade
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import scaled
from lantime_exporter.mapping.row_group import RowGroup
from lantime_exporter.mapping.table import Collector, Find, Scope, Table

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
    RowGroup("lantime_pio_port", "slot", "port", grade=Grade.C).info(
        "info", "Direction of a programmable port.", direction=(*ports.DIRECTION_KEYS, ports.DIRECTION.state)
    ),
)

OFFSETS = Table(
    "chassisN.slots[].module.ports[]",
    of_pio("input", ports.INPUT, ports.BOTH),
    offset(scaled(NS, "offset", "pps-offset")),
    offset_limit(scaled(NS, "offset-limit")),
)

COLLECTOR = Collector("pio", (PORTS, OFFSETS))
