"""Readable numbers, durations, sizes, times and quoted texts."""

import json
import math
from datetime import UTC, datetime

MAX_QUOTED = 60

DURATIONS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
LONG_DURATIONS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"))
SIZES = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"), (1, "B"))


def quoted(text: str) -> str:
    """Return the text in double quotes, on one line and of limited length."""
    shown = text if len(text) <= MAX_QUOTED else f"{text[: MAX_QUOTED - 3]}..."
    return json.dumps(shown, ensure_ascii=not shown.isprintable())


def format_number(value: float) -> str:
    """Return a number without needless digits."""
    return str(int(value)) if value == math.trunc(value) and abs(value) < 1e15 else f"{value:.10g}"


def format_count(number: int, noun: str) -> str:
    """Return the number and the noun, in the plural unless the number is 1."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def format_scaled(value: float, units: tuple[tuple[float, str], ...], digits: int = 4) -> str:
    """Return a number in the largest unit in which it is at least 1, with so many digits."""
    if value == 0:
        return f"0 {next(unit for factor, unit in units if factor == 1)}"
    factor, unit = next((item for item in units if abs(value) >= item[0]), units[-1])
    return f"{float(f'{value / factor:.{digits}g}'):.10g} {unit}"


def format_exact_duration(seconds: float) -> str:
    """Return a duration to the second, or in its natural unit: ``100 ns``, ``-3.9 us``, ``37 s``, ``1 d 12:23:08``."""
    if abs(seconds) < 120:
        return format_scaled(seconds, DURATIONS)
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(round(abs(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{sign}{f'{days} d ' if days else ''}{hours}:{minutes:02d}:{rest:02d}"


def format_duration(seconds: float) -> str:
    """Return a duration in its natural unit, rounded: ``12.7 s``, ``4 min``, ``1.5 h``."""
    if seconds < 60:
        return format_scaled(seconds, DURATIONS, digits=3)
    return format_scaled(seconds, LONG_DURATIONS, digits=2 if seconds < 100 * 86400 else 4)


def format_age(then: float, now: float) -> str:
    """Return the age of a time, in whole seconds or larger units."""
    return f"{format_duration(round(now - then))} ago" if now - then >= 1 else "just now"


def format_size(count: float) -> str:
    """Return a number of bytes in its natural unit: ``812 B``, ``30.43 KiB``, ``107.4 MiB``."""
    return format_scaled(count, SIZES)


def format_time(timestamp: float) -> str:
    """Return Unix time as UTC: ``2026-11-20 23:10:05 UTC``."""
    try:
        return datetime.fromtimestamp(round(timestamp), UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return format_number(timestamp)


def format_timestamp(timestamp: float) -> str:
    """Return Unix time as UTC to the millisecond: ``2026-11-20 23:10:05.123``."""
    return datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None).isoformat(" ", "milliseconds")
