"""All slots of all chassis: modules and temperatures (``chassisN.slots[]``)."""

from collections.abc import Iterator
from functools import partial

from lantime_exporter.document.parse import CHASSIS
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import nonzero, temperature
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.composites import composite_of
from lantime_exporter.mapping.finders import every_slot, modules
from lantime_exporter.mapping.readers import Reader
from lantime_exporter.mapping.table import RowGroup, Table, ignored

MODULE = RowGroup("lantime_module", "slot")


def occupied(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the type of a slot, and whether it has a module. An absent power supply has only its ``power-`` figures."""
    module = scope.node.node("module")
    is_occupied = module is not None and not all(key.startswith("power-") for key in module.children)
    yield Found((), partial(float, is_occupied), (context.name(scope.node.leaf("slot-type")) or "",))


def chassis(context: BindingContext) -> Iterator[Scope]:
    """Yield every chassis with its name as a label."""
    for name, node in context.data.nodes(CHASSIS.pattern):
        yield Scope(node, {"chassis": name})


CHASSIS_TABLE = Table(
    "chassisN",
    chassis,
    RowGroup("lantime_chassis", "chassis").info(
        "info",
        "Identity of a chassis.",
        model="model",
        serial_number="serial-number",
        backplane_revision="backplane-revision",
    ),
    ignored("object-id", because="identifies the chassis"),
    ignored("firmware-image", because="the same as system.firmware.running"),
    ignored("slot-layout", because="mechanical layout"),
)

SLOTS = Table(
    "chassisN.slots[]",
    every_slot,
    RowGroup("lantime_slot", "slot").gauge(
        "occupied",
        "1 if the slot has a module; also 0 for an empty power supply bay.",
        Reader((), occupied),
        "type",
    ),
    ignored("object-id", "slot-id", "slot-type", because="identifies the slot"),
    ignored("slot-position", "slot-orientation", because="position of the slot in the chassis"),
    MODULE.info(
        "info",
        "Identity of the module in a slot.",
        model="module.info.model",
        serial_number="module.info.serial-number",
        revision="module.info.software-revision",
    ),
    ignored("module.info.firmware-image", because="the same as that of the chassis, or empty"),
)


MAX_COMPARED = 32
"""Sensors of a module that are compared with each other; known modules have at most eight."""


def temperatures(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield every temperature sensor, which may be a number or an object with a ``value``.

    Each is compared with the first ``MAX_COMPARED`` others.
    """
    block = scope.node.node("info.sensors", "sensors")
    found: list[tuple[str, Leaf]] = []
    for name, part in block.items(r"temp(erature)?([-_].*|\d+)?") if block else ():
        leaf = part if isinstance(part, Leaf) else part.leaf("value", "temperature")
        composite = composite_of(part, nonzero) if isinstance(part, Node) else None
        if composite is not None:
            yield Found(composite.leaves, composite.decode, (name,))
        elif leaf is None:
            context.record_error(part, "expected a temperature")
        else:
            found.append((name, leaf))
    compared = [leaf for _, leaf in found[:MAX_COMPARED]]
    for name, leaf in found:
        others = (other for other in compared if other is not leaf)
        yield Found((leaf, *others), temperature, (name,))


SENSORS = Table(
    "chassisN.slots[].module.info.sensors",
    modules,
    MODULE.gauge(
        "temperature_celsius",
        "Temperature at a sensor of the module, in degrees Celsius.",
        Reader(("temperature-1",), temperatures),
        "sensor",
    ),
)
