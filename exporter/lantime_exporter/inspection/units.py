"""Readable values, in the unit from the name or help text of the metric."""

import math
from collections.abc import Callable
from functools import partial

from lantime_exporter.exposition.metric import Metric
from lantime_exporter.formatting import format_exact_duration, format_number, format_scaled, format_size, format_time

PERCENT = ((1.0, "%"),)
RATES = ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"), (1.0, "bit/s"))

TRUTHS = ("1 if ", "Boolean ")
"""Beginnings of the help texts of metrics with the values 0 and 1."""

UNIX_TIME = "Unix seconds"
"""Part of the help texts of metrics whose values are times."""


def _unit(name: str) -> Callable[[float], str]:
    return lambda value: f"{format_number(value)} {name}"


FORMS: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("_bits_per_second", partial(format_scaled, units=RATES)),
    ("_per_second", _unit("/s")),
    ("_seconds", format_exact_duration),
    ("_bytes", format_size),
    ("_ratio", lambda value: format_scaled(100 * value, PERCENT)),
    ("_celsius", _unit("\N{DEGREE SIGN}C")),
    ("_degrees", _unit("\N{DEGREE SIGN}")),
    ("_meters", _unit("m")),
    ("_watts", _unit("W")),
    ("_volts", _unit("V")),
    ("_amperes", _unit("A")),
    ("_hertz", _unit("Hz")),
    ("_dbhz", _unit("dB-Hz")),
    ("_rpm", _unit("rpm")),
)
"""Formats of figures, by the suffix of the metric."""


def with_unit(metric: Metric, value: float) -> str:
    """Return a figure with its unit: times as UTC, 0 and 1 of a boolean as no and yes."""
    if not math.isfinite(value):
        return {math.inf: "no bound", -math.inf: "-Inf"}.get(value, "NaN")
    if metric.help.startswith(TRUTHS) and value in (0, 1):
        return "yes" if value else "no"
    if UNIX_TIME in metric.help:
        return format_time(value)
    name = metric.name.removesuffix("_total")
    form = next((form for end, form in FORMS if name.endswith(end)), format_number)
    return form(value)


def bare_name(metric: Metric) -> str:
    """Return the name of a metric without the exporter's prefix and the unit: ``time_quality``."""
    name = metric.name.removeprefix("lantime_").removesuffix("_total").removesuffix("_info")
    if UNIX_TIME in metric.help:
        return name.removesuffix("_seconds")
    end = next((end for end, _ in FORMS if name.endswith(end)), "")
    return name.removesuffix(end)
