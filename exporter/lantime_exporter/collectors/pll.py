"""PLLs of modules (LNO, LIU): ``module.lno.pll``, ``module.pll-locked``, ``module.info.sensors``."""

import re
from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import having
from lantime_exporter.collectors.common.signals import LOCK
from lantime_exporter.collectors.sensors import VOLTS, measured
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import is_word
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import composite, first_of, value, when_value
from lantime_exporter.mapping.state_readers import flag_is, flags
from lantime_exporter.mapping.table import RowGroup, Table

PLL = RowGroup("lantime_pll", "slot", "pll", grade="C")

NAME = re.compile(r"(?P<name>pll(?:[-_]?\d+)?)(?P<fact>[-_](?:is[-_])?(?:locked|lock|state|status))?", re.IGNORECASE)

SENSOR = Enumeration.counted("locked")
"""Bits of a PLL sensor."""


def plls(context: BindingContext) -> Iterator[Scope]:
    """Yield the PLLs at any depth of a module, by name; of those with equal names the first in the document."""
    for scope in having(modules, "pll")(context):
        found: dict[str, Node] = {}
        for block in scope.node.descendants():
            for key, child in block.items():
                match = NAME.fullmatch(key)
                if match and isinstance(child, Node):
                    found.setdefault(match["name"], child)
                elif match and isinstance(child, Leaf) and (match["fact"] or context.guard_predicate(child, is_word)):
                    found.setdefault(match["name"], Node(child.path, {"locked": child}))
        yield from (scope.within(node, pll=name) for name, node in found.items())


PLLS = Table(
    "chassisN.slots[].module.pll",
    plls,
    PLL.gauge(
        "locked",
        "1 if the PLL is locked to its reference.",
        first_of(
            value(LOCK, "locked", "is-locked", "lock"),
            when_value(value(LOCK, "state", "status")),
            flag_is(flags(SENSOR, "flags"), "locked"),
        ),
    ),
    PLL.gauge(
        "control_voltage_volts",
        "Control voltage of the PLL, in volts.",
        first_of(measured(VOLTS, "control-voltage"), composite(".")),
        grade="D",
    ),
)
