"""Power supplies (``module.power-available``)."""

from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import flag, nonzero
from lantime_exporter.mapping.table import RowGroup, Table

SUPPLY = RowGroup("lantime_power_supply", "slot")

SUPPLIES = Table(
    "chassisN.slots[].module",
    modules,
    SUPPLY.gauge("ok", "1 if the supply works; also 0 for an empty bay.", flag("power-available")),
    SUPPLY.gauge("capacity_watts", "Rated power of the supply, in watts.", nonzero("power-capacity")),
)
