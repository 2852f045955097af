"""Voltage and current sensors of modules (``module.info.sensors``; kinds and flags C, names D).

Temperatures are in the collector ``slots``, PLLs in ``pll``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.electric import AMPERES, VOLTS, measured
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Node
from lantime_exporter.exposition.metric import Grade, Metric, gauge
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import blocks
from lantime_exporter.mapping.readers import FirstOf, FlagIs, flag, flags
from lantime_exporter.mapping.table import Collector, Row, Scope, Table

FLAGS = flags("flags", enumeration=Enumeration.counted("out-enabled", "overload"))
"""Bits of a voltage or current sensor."""


def electric(context: BindingContext) -> Iterator[Scope]:
    """Yield the sensors of voltages and currents that are objects; a bare number has no unit."""
    for scope in blocks("info.sensors", "sensors")(context):
        if isinstance(scope.node, Node):
            for name, node in scope.node.nodes(r"(.+[-_])?(voltage|current)([-_]?\d+)?"):
                yield scope.within(node, sensor=name)


def fact(name: str, text: str) -> Metric:
    """Return a gauge of a sensor."""
    return gauge(f"lantime_module_{name}", text, "slot", "sensor", grade=Grade.C)


SENSORS = Table(
    "chassisN.slots[].module.info.sensors",
    electric,
    (
        Row(fact("voltage_volts", "Voltage at a sensor of the module, in volts."), measured(VOLTS, "voltage")),
        Row(fact("current_amperes", "Current at a sensor of the module, in amperes."), measured(AMPERES, "current")),
        Row(
            fact("sensor_output_enabled", "Whether the output that the sensor watches is switched on."),
            FirstOf((flag("out-enabled", "output-enabled", "enabled"), FlagIs(FLAGS, "out-enabled"))),
        ),
        Row(
            fact("sensor_overload", "Whether the sensor finds an overload."),
            FirstOf((flag("overload", "overloaded"), FlagIs(FLAGS, "overload"))),
        ),
    ),
)

COLLECTOR = Collector("sensors", (SENSORS,))
