"""FDM: mains frequency against the reference time (``module.fdm``; docs/modules.md, members C, other names D).

It is unknown whether the device reports Hz or mHz; the magnitude decides: 40 to 70 is Hz, 40000 to 70000 is mHz. The
deviation is in the unit of the frequency. Limits have a different scale and are not converted.
"""

from collections.abc import Iterator
from functools import partial

from lantime_exporter.collectors.common.ports import plain
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration, kebab
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope, once
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import (
    Reader,
    by_label,
    composite,
    first_of,
    flag,
    number,
    seconds,
    timestamp,
    value,
    when_value,
)
from lantime_exporter.mapping.state_readers import flags
from lantime_exporter.mapping.table import RowGroup, Table

FDM = RowGroup("lantime_fdm", "slot", grade="C")
FDM_OUTPUT = RowGroup("lantime_fdm_output", "slot", "output", grade="C")

UNITS = ("", "-hz", "-mhz")
FREQUENCY = tuple(key + unit for key in ("freq", "frequency", "line-frequency") for unit in UNITS)
NOMINAL = tuple(key + unit for key in ("line-freq", "nominal-frequency", "nominal-freq") for unit in UNITS)
DEVIATION = tuple(key + unit for key in ("freq-deviation", "frequency-deviation", "fd") for unit in UNITS)
TIME_DEVIATION = ("time-deviation", "td")

CONDITIONS = Enumeration(
    ("sync-after-reset", "plt-is-locked", "fd-overflow", "td-overflow"), spellings={"plt-locked": "plt-is-locked"}
)

OWN_CONDITIONS = by_label({word: flag(word, word.replace("-is-", "-")) for word in CONDITIONS.states})
"""Conditions that are members of the block itself."""

IS_WITHIN = ("state", "in-limits", "inside-limits")
WITHIN = values.BooleanWords(
    yes=("inside-limits", "inside", "within-limits", "in-limits", "ok"),
    no=("outside-limits", "outside", "out-of-limits", "exceeded", "violated", "error"),
)


@once
def monitors(context: BindingContext) -> Iterator[Scope]:
    """Return the first block of each module, or the module itself, with a frequency and its deviation."""
    for scope in modules(context):
        for node in (scope.node, *(block for _, block in scope.node.nodes())):
            if node.get(*FREQUENCY) and node.leaf(*DEVIATION, *TIME_DEVIATION, "time-deviation-s", "t-plt"):
                yield scope.within(node)
                break


def outputs(context: BindingContext) -> Iterator[Scope]:
    """Yield the analogue outputs."""
    for scope in monitors(context):
        for name, node in scope.node.nodes_in("outputs", "analog-outputs", "analogue-outputs", "dac"):
            yield scope.within(node, output=plain(name))


def parts(frequency: float) -> float:
    """Return how many units of a mains frequency make one hertz. Raises DecodeError if it is not a mains frequency."""
    if 40 <= frequency <= 70:
        return 1.0
    if 40_000 <= frequency <= 70_000:
        return 1000.0
    raise DecodeError("expected a mains frequency in Hz or mHz")


def hertz(raw: Scalar) -> float | None:
    """Return a mains frequency in hertz; 0 means no data."""
    found = values.nonzero(raw)
    return None if found is None else found / parts(found)


def nominal(raw: Scalar) -> float | None:
    """Return the nominal frequency in hertz (``50``, ``50 Hz``, ``50000``); none for ``auto`` and 0."""
    if not isinstance(raw, str):
        return hertz(raw)
    word = kebab(raw)
    return None if word.startswith("auto") else hertz(word.removesuffix("hz").removesuffix("-"))


def deviation(raw: Scalar, frequency: Scalar) -> float | None:
    """Return the deviation in hertz, by the unit of the frequency beside it. Raises DecodeError beyond 15 Hz."""
    found, beside = values.number(raw), values.nonzero(frequency)
    if found is None or beside is None:
        return None
    difference = found / parts(beside)
    if abs(difference) > 15:
        raise DecodeError("expected a deviation of the mains frequency")
    return difference


def deviations(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the frequency deviation with the frequency."""
    leaf, frequency = scope.node.leaf(*DEVIATION), scope.node.get(*FREQUENCY)
    if leaf and isinstance(frequency, Leaf):
        yield Found((leaf, frequency), deviation)
    elif leaf and frequency:
        # Hertz and a fraction: then the deviation is in hertz as well.
        yield Found((leaf,), partial(deviation, frequency=50))


def moment(key: str) -> Reader:
    """Return a reader of a time as a text, or as ``{secs, nano-secs}``; a bare number is ambiguous."""
    return first_of(when_value(timestamp(key)), composite(key, decode=values.timestamp))


MONITOR = Table(
    "chassisN.slots[].module.fdm",
    monitors,
    FDM.gauge("frequency_hertz", "Mains frequency, in hertz.", value(hertz, *FREQUENCY)),
    FDM.gauge(
        "nominal_frequency_hertz", "Nominal mains frequency, in hertz; absent if automatic.", value(nominal, *NOMINAL)
    ),
    FDM.gauge(
        "frequency_deviation_hertz",
        "Deviation of the mains frequency from the nominal one, in hertz.",
        Reader(DEVIATION, deviations),
    ),
    FDM.seconds("time_deviation", "Power line time minus reference time", seconds(*TIME_DEVIATION, plain=1.0)),
    FDM.gauge("reference_timestamp_seconds", "Reference time of the last measurement, Unix seconds.", moment("t-ref")),
    FDM.gauge(
        "power_line_timestamp_seconds", "Power line time of the last measurement, Unix seconds.", moment("t-plt")
    ),
    FDM.gauge(
        "last_sync_timestamp_seconds", "Time at which the power line time was last set, Unix seconds.", moment("t-sync")
    ),
    FDM.conditions(
        "condition",
        "Conditions of the monitor",
        first_of(flags(CONDITIONS, "flags"), OWN_CONDITIONS),
    ),
    FDM.gauge(
        "within_limits",
        "1 if the frequency deviation (fd) or the time deviation (td) is within its limits.",
        by_label({name: value(WITHIN, *(f"{name}-{word}" for word in IS_WITHIN)) for name in ("fd", "td")}),
        "quantity",
        grade="D",
    ),
)

OUTPUTS = Table(
    "chassisN.slots[].module.fdm.outputs[]",
    outputs,
    FDM_OUTPUT.gauge("dac_value", "Value of an analogue output, in DAC steps.", number("dac-val", "dac-value")),
    FDM_OUTPUT.info("info", "Signal of an analogue output: fd or td.", quantity="mode"),
)
