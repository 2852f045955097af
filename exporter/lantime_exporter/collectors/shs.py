"""Comparison of two clocks, SHS (docs/modules.md; spellings are guesses, grade D)."""

import re
from collections.abc import Iterator

from lantime_exporter.collectors.common.find_blocks import find_blocks, having
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.shared_enumerations import CLOCK
from lantime_exporter.document.tree import Leaf, Node, spelling_of
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import by_label, composite, first_of, flag, number, seconds, when_value
from lantime_exporter.mapping.state_readers import state
from lantime_exporter.mapping.table import RowGroup, Table

SLOT = RowGroup("lantime", "slot", grade="D")

STATES = Enumeration.counted("disabled", "ok", "warning", "error", "fatal")

SHS = re.compile(r"shs(?:status)?(?P<member>.*)")
APART = re.compile(r"(?:ref)?(?:clock|clk)s?(?:time)?diff(?:erence)?.*|disable(?:serial|pps|10mhz)")
"""Members that are unambiguous outside a block of SHS."""

SIGNALS = ("serial", "pps", "10mhz")


def comparisons(context: BindingContext) -> Iterator[Scope]:
    """Yield the values of the comparison for each module that compares clocks."""
    for scope in having(find_blocks("shs", "shs-status", "shs-state"), f"shs|{APART.pattern}")(context):
        members: dict[str, Node | Leaf] = {}
        _search(scope.node, members)
        if members:
            yield scope.within(Node(scope.node.path, members))


def _search(node: Node, members: dict[str, Node | Leaf]) -> None:
    for key, child in node.items():
        plain = spelling_of(key)
        shs = SHS.fullmatch(plain)
        if shs and isinstance(child, Node):
            for name, part in child.items():
                members.setdefault(spelling_of(name).removeprefix("shs"), part)
        elif shs:
            members.setdefault(shs["member"] or "state", child)
        elif isinstance(child, Node):
            _search(child, members)
        elif APART.fullmatch(plain):
            members.setdefault(plain, child)


DIFFERENCE = (
    *("time-difference", "time-diff", "difference", "diff", "clock-difference", "clock-diff"),
    *("clock-time-difference", "clock-time-diff", "refclock-difference", "refclock-diff", "clk-diff"),
)


def is_below_a_second(value: Scalar) -> bool:
    """Return whether a plain difference can be seconds (``NANO_TIME`` as one number, grade C); others have no unit."""
    try:
        figure = values.number(value)
    except DecodeError:
        return False
    return figure is not None and abs(figure) < 1


COMPARISON = Table(
    "chassisN.slots[].module.shs",
    comparisons,
    SLOT.state("shs_state", "Result of the comparison of the two clocks.", STATES, "state", "status"),
    SLOT.seconds(
        "clock_difference",
        "Difference between the two clocks",
        first_of(seconds(*DIFFERENCE), when_value(number(*DIFFERENCE), is_below_a_second), composite(*DIFFERENCE)),
    ),
    SLOT.gauge(
        "shs_disable_on_error",
        "1 if a failed comparison disables the signal.",
        by_label({signal: flag(f"disable-{signal}", f"flags.disable-{signal}") for signal in SIGNALS}),
        "signal",
    ),
    SLOT.gauge(
        "shs_clock_state",
        "State of each clock as seen by the comparison.",
        by_label({f"clk{place}": when_value(state(CLOCK, f"clk-status-{place}")) for place in (1, 2)}),
        *("clock", "state"),
    ),
)
