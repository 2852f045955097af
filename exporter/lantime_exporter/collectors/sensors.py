"""Voltage and current sensors of modules (``module.info.sensors``; kinds and flags C, names D).

Temperatures are in the collector ``slots``, PLLs in ``pll``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.electric import AMPERES, VOLTS, measured
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Node
from lantime_exporter.exposition.metric import Grade, MetricGroup
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import blocks
from lantime_exporter.mapping.readers import FlagIs, first_of, flag, flags
from lantime_exporter.mapping.readers.composites import composite_of
from lantime_exporter.mapping.table import Collector, Row, Scope, Table

SENSOR = MetricGroup("lantime_module", "slot", "sensor", grade=Grade.C)

NAMES = r"(.+[-_])?(voltage|current)([-_]?\d+)?"

FLAGS = flags("flags", enumeration=Enumeration.counted("out-enabled", "overload"))
"""Bits of a voltage or current sensor."""


def electric(context: BindingContext) -> Iterator[Scope]:
    """Yield the sensors of voltages and currents.

    Bare numbers, and figures with an exponent but no unit, are in volts and amperes (C).
    """
    for scope in blocks("info.sensors", "sensors")(context):
        for name, part in scope.node.items(NAMES) if isinstance(scope.node, Node) else ():
            members = part.children if isinstance(part, Node) else {}
            if not isinstance(part, Node) or (composite_of(part) and part.leaf("unit") is None):
                members = {**members, "voltage-v" if "voltage" in name.lower() else "current-a": part}
            yield scope.within(Node(part.path, members), sensor=name)


SENSORS = Table(
    "chassisN.slots[].module.info.sensors",
    electric,
    (
        Row(SENSOR.gauge("voltage_volts", "Voltage at a sensor of the module, in volts."), measured(VOLTS, "voltage")),
        Row(
            SENSOR.gauge("current_amperes", "Current at a sensor of the module, in amperes."),
            measured(AMPERES, "current"),
        ),
        Row(
            SENSOR.gauge("sensor_output_enabled", "1 if the output monitored by the sensor is enabled."),
            first_of(flag("out-enabled", "output-enabled", "enabled"), FlagIs(FLAGS, "out-enabled")),
        ),
        Row(
            SENSOR.gauge("sensor_overload", "1 if the sensor reports an overload."),
            first_of(flag("overload", "overloaded"), FlagIs(FLAGS, "overload")),
        ),
    ),
)

COLLECTOR = Collector("sensors", (SENSORS,))
