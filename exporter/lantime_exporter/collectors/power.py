"""Power supplies (``module.power-available``)."""

from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import flag, nonzero
from lantime_exporter.mapping.table import Collector, Row, Table

SUPPLY = Table(
    "chassisN.slots[].module",
    modules(),
    (
        Row(
            gauge("lantime_power_supply_ok", "1 if the supply works; also 0 for an empty bay.", "slot"),
            flag("power-available"),
        ),
        Row(
            gauge("lantime_power_supply_capacity_watts", "Rated power of the supply, in watts.", "slot"),
            nonzero("power-capacity"),
        ),
    ),
)

COLLECTOR = Collector("power", (SUPPLY,))
