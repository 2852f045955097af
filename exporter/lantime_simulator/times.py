"""Times in the formats of LTOS, in UTC."""

from datetime import UTC, datetime
from functools import lru_cache

NEVER = "never"


@lru_cache(maxsize=8192)
def iso(unix: float) -> str:
    """Return ``2026-02-11T22:05:07``."""
    return datetime.fromtimestamp(unix, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def iso_or_never(unix: float | None) -> str:
    """Return the time, or ``never`` for None."""
    return NEVER if unix is None else iso(int(unix))


def iso_milliseconds(unix: float) -> str:
    """Return ``2026-02-11T22:05:01.533Z``."""
    return f"{iso(int(unix))}.{int(unix % 1 * 1000):03d}Z"


def iso_nanoseconds(unix: float) -> str:
    """Return ``2026-02-11T22:05:01.533523843 UTC``."""
    return f"{iso(int(unix))}.{int(unix % 1 * 1e9):09d} UTC"


def dotted(unix: float) -> str:
    """Return ``2026.02.11 21:53:08``."""
    return datetime.fromtimestamp(unix, UTC).strftime("%Y.%m.%d %H:%M:%S")


def compact(year: int, month: int, day: int) -> str:
    """Return ``202612280000``."""
    return f"{year}{month:02d}{day:02d}0000"


def half_year_end(unix: float) -> tuple[int, int, int]:
    """Return (year, month, day) of the end of this half-year, when leap seconds can occur."""
    now = datetime.fromtimestamp(unix, UTC)
    return (now.year, 6, 30) if now.month <= 6 else (now.year, 12, 31)


def leap_file_expiry(unix: float) -> str:
    """Return the expiry of the leap second file of this half-year."""
    now = datetime.fromtimestamp(unix, UTC)
    return compact(now.year, 12, 28) if now.month <= 6 else compact(now.year + 1, 6, 28)
