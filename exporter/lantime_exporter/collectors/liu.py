"""LIU: telecom line signals, E1 or T1 (``module.liu``; docs/modules.md, group roles C, names D).

Its outputs are in the collector ``outputs``, its PLL in ``pll``.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import merged
from lantime_exporter.collectors.common.signals import GROUP_ROLE
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.document.values import flag, text
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import first_of, when_value
from lantime_exporter.mapping.state_readers import state
from lantime_exporter.mapping.table import RowGroup, Table

LIU = RowGroup("lantime_liu", "slot", grade="D")

MODE = Enumeration(("e1", "t1"))


def lines(context: BindingContext) -> Iterator[Scope]:
    """Yield the modules with a telecom line; keys of a block ``liu`` count as keys of the module."""
    for scope in modules(context):
        if scope.node.get("liu", "line-code", "e1-mode") is not None:
            yield scope.within(merged(scope.node, ("liu",)))


def e1_or_t1(_: Enumeration, raw: Scalar) -> str | None:
    """Return the mode if it is a boolean: true is E1, false is T1."""
    is_e1 = flag(raw)
    return None if is_e1 is None else "e1" if is_e1 else "t1"


def code(raw: Scalar) -> str | None:
    """Return a line code as it is written in LTOS: ``hdb3``, ``ami``, ``b8zs``."""
    found = text(raw)
    return found and found.lower()


LINE = Table(
    "chassisN.slots[].module.liu",
    lines,
    LIU.gauge(
        "mode",
        "Hierarchy of the line signals, E1 or T1.",
        first_of(when_value(state(MODE, "line-mode", "mode")), state(MODE, "e1-mode", word=e1_or_t1)),
        "state",
    ),
    LIU.info("info", "Line code of the framed outputs.", line_code=("line-code", code)),
    LIU.state(
        "quality_level",
        "Quality level (SSM) that the card sends.",
        SSM,
        *("outgoing-ssm", "outgoing-quality-level", "ssm", "quality-level"),
    ),
    LIU.gauge(
        "group_role",
        "Role of the card in its redundancy group.",
        when_value(state(GROUP_ROLE, "group-role")),
        "state",
        grade="C",
    ),
)
