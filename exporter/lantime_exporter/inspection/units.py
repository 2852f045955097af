"""Figures as people read them, by what the name and help of their metric say of the unit."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from lantime_exporter.exposition.metric import Metric

SMALL = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
BYTES = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"), (1, "B"))
RATES = ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"), (1.0, "bit/s"))

TRUTHS = ("1 if ", "A boolean ")
"""How the help of a metric begins whose figures are 0 and 1."""

UNIX_TIME = "Unix seconds"
"""What the help of a metric says whose figures are times."""


def plain(value: float) -> str:
    """Return a number without needless digits."""
    return str(int(value)) if value == math.trunc(value) and abs(value) < 1e15 else f"{value:.10g}"


def span(seconds: float) -> str:
    """Return a duration in its natural unit: ``100 ns``, ``-3.9 us``, ``37 s``, ``1 d 12:23:08``."""
    size = abs(seconds)
    if size < 120:
        return scaled(seconds, SMALL)
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(round(size), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{sign}{f'{days} d ' if days else ''}{hours}:{minutes:02d}:{rest:02d}"


def scaled(value: float, units: tuple[tuple[float, str], ...]) -> str:
    """Return a number in the largest unit that leaves at least 1, with four digits."""
    if value == 0:
        return f"0 {units[0][1] if units is SMALL else units[-1][1]}"
    factor, unit = next((item for item in units if abs(value) >= item[0]), units[-1])
    return f"{float(f'{value / factor:.4g}'):.10g} {unit}"


def size(count: float) -> str:
    """Return a number of bytes in its natural unit: ``812 B``, ``30.4 KiB``, ``107.4 MiB``."""
    return scaled(count, BYTES)


def moment(timestamp: float) -> str:
    """Return Unix time as UTC, to the second."""
    try:
        return datetime.fromtimestamp(round(timestamp), UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return plain(timestamp)


def _unit(name: str) -> Callable[[float], str]:
    return lambda value: f"{plain(value)} {name}"


def _percent(value: float) -> str:
    return f"{float(f'{value * 100:.4g}'):.10g} %"


FORMS: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("_bits_per_second", partial(scaled, units=RATES)),
    ("_per_second", _unit("/s")),
    ("_seconds", span),
    ("_bytes", size),
    ("_ratio", _percent),
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
"""How figures are written, by the end of their metric's name."""


def with_unit(metric: Metric, value: float) -> str:
    """Return a figure with its unit: times as UTC, 0 and 1 of a truth as no and yes."""
    if not math.isfinite(value):
        return {math.inf: "no bound", -math.inf: "-Inf"}.get(value, "NaN")
    if metric.help.startswith(TRUTHS) and value in (0, 1):
        return "yes" if value else "no"
    if UNIX_TIME in metric.help:
        return moment(value)
    name = metric.name.removesuffix("_total")
    form = next((form for end, form in FORMS if name.endswith(end)), plain)
    return form(value)


def bare_name(metric: Metric) -> str:
    """Return the name of a metric without the exporter's prefix and the unit: ``time_quality``."""
    name = metric.name.removeprefix("lantime_").removesuffix("_total").removesuffix("_info")
    if UNIX_TIME in metric.help:
        return name.removesuffix("_seconds")
    end = next((end for end, _ in FORMS if name.endswith(end)), "")
    return name.removesuffix(end)
