"""PIO: programmable ports, and measurements of 1PPS inputs (docs/modules.md; names D).

Offsets of this card are nanoseconds, also without a unit in the key; on other cards the key must have a unit.
"""

from lantime_exporter.collectors.common import ports
from lantime_exporter.collectors.inputs import offset, offset_limit
from lantime_exporter.mapping.readers import scaled
from lantime_exporter.mapping.table import RowGroup, Table

NS = 1e-9

PORTS = Table(
    "chassisN.slots[].module.ports[]",
    ports.places("port", *ports.DIRECTION.states, model="pio"),
    RowGroup("lantime_pio_port", "slot", "port", grade="C").info(
        "info", "Direction of a programmable port.", direction=(*ports.DIRECTION_KEYS, ports.DIRECTION.state)
    ),
)

OFFSETS = Table(
    "chassisN.slots[].module.ports[]",
    ports.places("input", ports.INPUT, ports.BOTH, model="pio"),
    offset(scaled(NS, "offset", "pps-offset")),
    offset_limit(scaled(NS, "offset-limit")),
)
