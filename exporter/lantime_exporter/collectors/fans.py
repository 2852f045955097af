"""Fans and the chassis temperature (ACM: ``module.fans[]``, ``module.fan1``; states C, names D).

"Not available" is not an error: such a fan has a state but no ``lantime_fan_ok``.
"""

import re
from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import having
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import is_word
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import count, first_of, number, value, value_beside
from lantime_exporter.mapping.state_readers import state_is
from lantime_exporter.mapping.table import RowGroup, Table

FAN = RowGroup("lantime_fan", "slot", "fan", grade="C")

STATE = Enumeration(
    ("not-available", "off", "on", "ok", "disabled", "turned-off", "faulty"),
    raw={0: "not-available", 1: "off", 2: "on"},
    spellings={"not-avail": "not-available", "running": "on", "fault": "faulty", "failed": "faulty"},
)
"""Words of the MIB's status, with its numbers, and of the fan control interface."""

RUNS = state_is(STATE, "on", "ok", no=("off", "turned-off", "faulty"))
"""Whether a fan in a state is ok, if it reports no error; a disabled fan is neither ok nor failed."""

ERROR = Enumeration.counted("not-available", "no", "yes")

STATUS_KEYS = ("status", "fan-status", "state", "fan-state")
ERROR_KEYS = ("error", "fan-error")

NAME = re.compile(r"fan[-_ ]?(?P<name>\d+|[a-d])(?:[-_](?P<member>.+))?", re.IGNORECASE)


def fans(context: BindingContext) -> Iterator[Scope]:
    """Yield every fan at any depth of a module: blocks, single words, or leaves such as ``fan-1-status``."""
    for scope in having(modules, "fan")(context):
        found: dict[str, dict[str, Node | Leaf]] = {}
        for block in scope.node.descendants():
            for key, child in block.items():
                match = NAME.fullmatch(key)
                name = match["name"] if match else key
                if isinstance(child, Node) and (match or block.path[-1] == "fans"):
                    found.setdefault(name, {}).update(child.children)
                elif isinstance(child, Leaf) and match and (match["member"] or context.guard_predicate(child, is_word)):
                    found.setdefault(name, {})[match["member"] or "status"] = child
        yield from (scope.within(Node((name,), members), fan=name) for name, members in found.items())


def faultless(raw: Scalar) -> float | None:
    """Return whether there is no error. Raises DecodeError for an unknown word."""
    if isinstance(raw, bool):
        return 1.0 - raw
    word = ERROR.state(raw)
    if word is not None and word not in ERROR.states:
        raise DecodeError(f"expected {', '.join(ERROR.states)}")
    return {"no": 1.0, "yes": 0.0}.get(word or "")


def sound(error: Scalar, status: Scalar = None) -> float | None:
    """Return whether a fan has no error, None if its state is that it is not available."""
    return None if STATE.state(status) == "not-available" else faultless(error)


FANS = Table(
    "chassisN.slots[].module.fans[]",
    fans,
    FAN.gauge(
        "ok",
        "1 if the fan has no error; absent for a fan that is not available.",
        first_of(value_beside(sound, ERROR_KEYS, STATUS_KEYS), value(RUNS, *STATUS_KEYS)),
    ),
    FAN.state("state", "State of the fan.", STATE, *STATUS_KEYS),
    FAN.gauge("speed_rpm", "Speed of the fan, in revolutions per minute.", count("speed-rpm", "rpm"), grade="D"),
)

CHASSIS = Table(
    "chassisN.slots[].module",
    modules,
    RowGroup("lantime_chassis", "slot", grade="C").gauge(
        "temperature_celsius",
        "Temperature of the chassis, in degrees Celsius.",
        number("chassis-temperature", "acm.chassis-temperature", "acm.temperature", "fans.temperature"),
    ),
)
