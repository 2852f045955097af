"""Reference clocks: state, oscillator, quality and holdover (``module.sync-status``)."""

import re
from collections.abc import Iterator
from functools import partial

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.shared_enumerations import CLOCK, OSCILLATOR_STATE, oscillator_type
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.document.values import number as figure
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import blocks, modules
from lantime_exporter.mapping.readers import Reader, count, first_of, number, scaled, value, when_value
from lantime_exporter.mapping.state_readers import flags, state_is
from lantime_exporter.mapping.table import RowGroup, Table, ignored

SLOT = RowGroup("lantime", "slot")
IN_HOLDOVER = RowGroup("lantime_clock", "slot", grade="C")

SELECTION = Enumeration(("selected", "not-selected"), spellings={"standby": "not-selected", "backup": "not-selected"})


def by_index(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield a choice that is a number, with the index of the clock that the device follows (0 is ``clk1``).

    The meaning of the number is unknown, that of the index is known.
    """
    own, followed = scope.node.leaf("clock-idx"), context.data.leaf("system.sync-status.clock-idx")
    name = re.fullmatch(r"clk(\d+)", scope.labels["slot"])
    if name and own and followed:
        yield Found((own, followed), partial(is_followed, index=int(name[1]) - 1))


def is_followed(own: Scalar, followed: Scalar, *, index: int) -> float | None:
    """Return whether the device follows the clock with that index."""
    given, selected = figure(own), figure(followed)
    return None if given is None or selected is None else float(selected == index)


STATUS = Table(
    "chassisN.slots[].module.sync-status",
    blocks("sync-status"),
    SLOT.gauge(
        "clock_synchronized",
        "1 if the clock is synchronized to its reference.",
        value(state_is(CLOCK, "synchronized"), "clock-status.clock"),
    ),
    SLOT.state("clock_state", "Synchronization state of the clock.", CLOCK, "clock-status.clock"),
    SLOT.gauge(
        "clock_selected",
        "1 if the device uses this clock.",
        first_of(when_value(value(state_is(SELECTION, "selected"), "clock-idx")), Reader(("clock-idx",), by_index)),
    ),
    SLOT.seconds(
        "clock_time_quality", "Upper bound of the clock's estimated time error", value(time_quality, "est-time-quality")
    ),
    SLOT.info("oscillator_info", "Type of the clock's oscillator.", oscillator=("osc-type", oscillator_type)),
    SLOT.gauge(
        "oscillator_warmed_up",
        "1 if the clock's oscillator is warmed up.",
        value(state_is(OSCILLATOR_STATE, "warmed-up"), "clock-status.oscillator"),
    ),
)

MODES = Enumeration.counted("autonomous", "pre-autonomous", "remote")
CONDITIONS = Enumeration(("in-holdover", "transition-enabled", "in-transition", "time-offset-valid"))
"""Modes and flags of holdover; the numbers of the bits are unknown."""


def clocks(context: BindingContext) -> Iterator[Scope]:
    """Yield the modules that are clocks."""
    return (scope for scope in modules(context) if scope.node.node("sync-status"))


HOLDOVER = Table(
    "chassisN.slots[].module.sync-status.holdover-status",
    blocks("sync-status.holdover-status", "sync-status.holdover", "holdover-status", "holdover", within=clocks),
    IN_HOLDOVER.seconds(
        "holdover_elapsed", "Time that the clock has been in holdover", count("time-elapsed", "elapsed")
    ),
    IN_HOLDOVER.seconds(
        "holdover_time_offset",
        "Estimated time error of the clock in holdover",
        scaled(1e-9, "time-offset-ns", "time-offset"),
    ),
    IN_HOLDOVER.gauge("tfom", "The clock's Time Figure of Merit, 0 (best) to 15.", count("tfom-out", "tfom", most=15)),
    IN_HOLDOVER.state("holdover_mode", "Holdover mode of the clock.", MODES, "mode"),
    IN_HOLDOVER.conditions("holdover_condition", "Conditions of the clock's holdover", flags(CONDITIONS, "flags")),
)

OSCILLATOR = Table(
    "chassisN.slots[].module",
    modules,
    SLOT.gauge("oscillator_dac_value", "Control value of the oscillator, in DAC steps.", number("dac-val")),
    SLOT.gauge("oscillator_dac_calibration_value", "Calibrated control value, in DAC steps.", number("dac-cal")),
    ignored("supported-string-types", because="supported serial strings: settings, not state"),
)
