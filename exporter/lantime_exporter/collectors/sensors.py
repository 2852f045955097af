"""Voltage and current sensors of modules (``module.info.sensors``; kinds and flags C, names D).

A figure is read only if its key or the key ``unit`` beside it gives the unit.
Temperatures are in the collector ``slots``, PLLs in ``pll``.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Node
from lantime_exporter.document.values import scaled
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.composites import composite_of
from lantime_exporter.mapping.finders import blocks
from lantime_exporter.mapping.readers import Reader, by_key, first_of, flag
from lantime_exporter.mapping.state_readers import flag_is, flags
from lantime_exporter.mapping.table import RowGroup, Table

SENSOR = RowGroup("lantime_module", "slot", "sensor", grade="C")

NAMES = r"(.+[-_])?(voltage|current)([-_]?\d+)?"

FLAGS = flags(Enumeration.counted("out-enabled", "overload"), "flags")
"""Bits of a voltage or current sensor."""

VOLTS = MappingProxyType({"v": 1.0, "volt": 1.0, "volts": 1.0, "mv": 1e-3, "millivolts": 1e-3})
AMPERES = MappingProxyType({"a": 1.0, "ampere": 1.0, "amperes": 1.0, "ma": 1e-3, "milliamperes": 1e-3})


def measured(units: Mapping[str, float], *stems: str) -> Reader:
    """Return a reader of ``voltage-mv``, or of ``voltage`` or ``value`` beside a ``unit`` that is one of the units."""
    keys = (*stems, "value")

    def beside_unit(context: BindingContext, scope: Scope) -> Iterator[Found]:
        by = units.get((context.name(scope.node.leaf("unit")) or "").lower())
        if by is None:
            return
        decode = partial(scaled, by=by)
        figure, composite = scope.node.leaf(*keys), composite_of(scope.node, decode)
        if composite:
            yield composite
        elif figure:
            yield Found((figure,), decode)

    named = {f"{key}-{unit}": partial(scaled, by=by) for key in keys for unit, by in units.items()}
    return first_of(by_key(named), Reader(keys, beside_unit))


def electric(context: BindingContext) -> Iterator[Scope]:
    """Yield the sensors of voltages and currents.

    Bare numbers, and figures with an exponent but no unit, are in volts and amperes (C).
    """
    for scope in blocks("info.sensors", "sensors")(context):
        for name, part in scope.node.items(NAMES):
            members = part.children if isinstance(part, Node) else {}
            if not isinstance(part, Node) or (composite_of(part) and part.leaf("unit") is None):
                members = {**members, "voltage-v" if "voltage" in name.lower() else "current-a": part}
            yield scope.within(Node(part.path, members), sensor=name)


SENSORS = Table(
    "chassisN.slots[].module.info.sensors",
    electric,
    SENSOR.gauge("voltage_volts", "Voltage at a sensor of the module, in volts.", measured(VOLTS, "voltage")),
    SENSOR.gauge("current_amperes", "Current at a sensor of the module, in amperes.", measured(AMPERES, "current")),
    SENSOR.gauge(
        "sensor_output_enabled",
        "1 if the output monitored by the sensor is enabled.",
        first_of(flag("out-enabled", "output-enabled", "enabled"), flag_is(FLAGS, "out-enabled")),
    ),
    SENSOR.gauge(
        "sensor_overload",
        "1 if the sensor reports an overload.",
        first_of(flag("overload", "overloaded"), flag_is(FLAGS, "overload")),
    ),
)
