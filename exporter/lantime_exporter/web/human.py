"""Numbers and times as people read them."""

from datetime import UTC, datetime

_SPANS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def span(seconds: float) -> str:
    """Return a duration in its natural unit: ``3.2 ms``, ``12.7 s``, ``4 min``; three digits, beyond a minute two."""
    factor, unit = next((item for item in _SPANS if seconds >= item[0]), _SPANS[-1])
    value = seconds / factor
    if value >= 100:
        return f"{value:.0f} {unit}"
    return f"{value:.2g} {unit}" if factor > 1 else f"{value:.3g} {unit}"


def ago(then: float, now: float) -> str:
    """Return how long ago a moment was, in whole seconds or more."""
    return f"{span(round(now - then))} ago" if now - then >= 1 else "just now"


def moment(timestamp: float) -> str:
    """Return Unix time as UTC to the millisecond: ``2026-11-20 23:10:05.123``."""
    return datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None).isoformat(" ", "milliseconds")


def size(count: int) -> str:
    """Return a number of bytes in its natural unit: ``812 B``, ``30.4 KiB``."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.1f} KiB"
    return f"{count / 1024 / 1024:.1f} MiB"
