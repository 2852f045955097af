"""Time stamping units of PTP cards (docs/modules.md, struct names, grade C)."""

from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import find_blocks, name
from lantime_exporter.collectors.common.ptp_instances import GENERAL, INSTANCE, around, instances
from lantime_exporter.document.tree import spelling_of
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import nanoseconds, percent, timestamp
from lantime_exporter.mapping.table import Table

KEYS = frozenset({"timestamper", "timestampunit", "tsu"})


def units(context: BindingContext) -> Iterator[Scope]:
    """Yield every time stamping unit; the label ``ptp_instance`` is the PTPv2 instance it serves, else its own name."""
    found = instances(context)
    for scope in find_blocks("ptp", "ptpv2", "time-stamper", "tsu")(context):
        if KEYS.isdisjoint(scope.node.keys_below):
            continue
        for node in scope.node.descendants():
            if node.path and spelling_of(node.path[-1]) in KEYS and not node.is_list:
                home = around(found, node)
                if home is None or home.is_running:
                    own = name(node.path[len(scope.node.path) :], GENERAL | KEYS)
                    yield scope.within(node, ptp_instance=home.name if home else own)


UNITS = Table(
    "chassisN.slots[].module.PTP.time-stamper",
    units,
    INSTANCE.gauge(
        "time_stamper_time_seconds",
        "Time of the unit, Unix seconds; whether UTC or TAI is unknown.",
        timestamp("current-time"),
    ),
    INSTANCE.seconds(
        "time_stamper_reference_offset",
        "Offset of the unit from the device's reference",
        nanoseconds("offset-from-int-ref"),
    ),
    INSTANCE.gauge(
        "time_stamper_utilization_ratio", "Load of the unit, 0 to 1.", percent("utilization", "utilisation")
    ),
    INSTANCE.info("time_stamper_info", "Port of the unit.", interface="phys-intf"),
)
