"""All slots of all chassis: modules and temperatures (``chassisN.slots[]``)."""

from collections.abc import Iterator
from functools import partial

from lantime_exporter.document.parse import CHASSIS
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import nonzero, number
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import gauge, info
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.finders import Slot, modules, slots
from lantime_exporter.mapping.readers import Constant, Custom, Found, info_labels
from lantime_exporter.mapping.readers.composites import composite_of
from lantime_exporter.mapping.table import Collector, Find, Row, Scope, Table, ignored

OCCUPIED = gauge(
    "lantime_slot_occupied", "1 if the slot has a module; also 0 for an empty power supply bay.", "slot", "type"
)


def occupied(slot: Slot) -> bool:
    """Return whether there is a module. An absent power supply has only its ``power-`` figures."""
    return slot.module is not None and not all(key.startswith("power-") for key in slot.module.children)


def every_slot(*, taken: bool) -> Find:
    """Return the places of all slots that are occupied, or of all that are empty."""

    def find(context: BindingContext) -> Iterator[Scope]:
        for slot in slots(context):
            if occupied(slot) == taken:
                yield Scope(slot.node, {"slot": slot.name, "type": context.name(slot.node.leaf("slot-type")) or ""})

    return find


def chassis(context: BindingContext) -> Iterator[Scope]:
    """Yield every chassis with its name as a label."""
    for name, node in context.data.nodes(CHASSIS.pattern):
        yield Scope(node, {"chassis": name})


CHASSIS_TABLE = Table(
    "chassisN",
    chassis,
    (
        Row(
            info(
                "lantime_chassis_info",
                "Identity of a chassis.",
                *("chassis", "model", "serial_number", "backplane_revision"),
            ),
            info_labels(model="model", serial_number="serial-number", backplane_revision="backplane-revision"),
        ),
        ignored("object-id", because="identifies the chassis"),
        ignored("firmware-image", because="the same as system.firmware.running"),
        ignored("slot-layout", because="mechanical layout"),
    ),
)

PLACE = (
    ignored("object-id", "slot-id", "slot-type", because="identifies the slot"),
    ignored("slot-position", "slot-orientation", because="position of the slot in the chassis"),
)

EMPTY = Table("chassisN.slots[]", every_slot(taken=False), (Row(OCCUPIED, Constant(0.0)), *PLACE))

TAKEN = Table(
    "chassisN.slots[]",
    every_slot(taken=True),
    (
        Row(OCCUPIED, Constant(1.0)),
        *PLACE,
        Row(
            info(
                "lantime_module_info", "Identity of the module in a slot.", "slot", "model", "serial_number", "revision"
            ),
            info_labels(
                model="module.info.model",
                serial_number="module.info.serial-number",
                revision="module.info.software-revision",
            ),
        ),
        ignored("module.info.firmware-image", because="the same as that of the chassis, or empty"),
    ),
)


MAX_COMPARED = 32
"""Sensors of a module that are compared with each other; known modules have at most eight."""


def temperatures(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield every temperature sensor, which may be a number or an object with a ``value``.

    A module without sensors reports 0.0 for all, so a zero counts only if one of the first ``MAX_COMPARED`` sensors is
    not 0.
    """
    block = scope.get("info.sensors", "sensors")
    found: list[tuple[str, Leaf]] = []
    for name, part in block.items(r"temp(erature)?([-_].*|\d+)?") if isinstance(block, Node) else ():
        leaf = part if isinstance(part, Leaf) else part.leaf("value", "temperature")
        composite = composite_of(part) if isinstance(part, Node) else None
        if composite is not None:
            yield (name,), composite.leaves, partial(composite.decode, nonzero)
        elif leaf is None:
            context.record_error(part, "expected a temperature")
        else:
            found.append((name, leaf))
    compared = [leaf for _, leaf in found[:MAX_COMPARED]]
    for name, leaf in found:
        others = (other for other in compared if other is not leaf)
        yield (name,), (leaf, *others), temperature


def temperature(own: Scalar, *others: Scalar) -> float | None:
    """Return a temperature, None if all sensors of the module are 0."""
    figure = number(own)
    return None if figure == 0 and not any(map(is_nonzero, others)) else figure


def is_nonzero(value: Scalar) -> bool:
    """Return whether another sensor reports a value other than 0."""
    try:
        return bool(number(value))
    except DecodeError:
        return False


SENSORS = Table(
    "chassisN.slots[].module.info.sensors",
    modules(),
    (
        Row(
            gauge(
                "lantime_module_temperature_celsius",
                "Temperature at a sensor of the module, in degrees Celsius.",
                "slot",
                "sensor",
            ),
            Custom(("temperature-1",), temperatures, label_count=1),
        ),
    ),
)

COLLECTOR = Collector("slots", (CHASSIS_TABLE, EMPTY, TAKEN, SENSORS))
