"""Times of a device as Unix seconds."""

import re
from datetime import UTC, datetime, timedelta

from lantime_exporter.document.enumeration import NO_VALUE
from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import DecodeError

TIME = re.compile(
    r"(\d{4})[-./]?(\d\d)[-./]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?([0-5]\d|60)(\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


USUAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
"""The usual form of a LANTIME, which Python reads five times as fast as the others."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- like the times that are compared with it


def timestamp(value: Scalar) -> float | None:
    """Return a time as Unix seconds; without a zone it is UTC.

    Forms: ``2026-02-11T22:05:07``, ``...T22:05:01.533Z``, ``...T22:05:01.533523843 UTC``, ``2026.02.11 21:53:08``,
    ``201701010000`` (text or number). ``never``, empty and the first day of 1970 mean no time. Others: DecodeError.
    """
    if value is None:
        return None
    if isinstance(value, bool | float):
        raise DecodeError("expected a time")
    if isinstance(value, str) and USUAL_TIME.fullmatch(value):
        return _usual_time(value)
    text = str(value).strip()
    if text.lower() in NO_VALUE:
        return None
    match = TIME.fullmatch(text)
    if match is None:
        raise DecodeError("expected a time")
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=UTC)
        # A leap second is second 60; adding it as a difference gives the next second.
        seconds = (moment + timedelta(seconds=int(second or 0)) - _zone(zone)).timestamp()
    except (ValueError, OverflowError):
        raise DecodeError("expected a time") from None
    return known_time(seconds + float(fraction or 0))


def _usual_time(text: str) -> float | None:
    try:
        seconds = (datetime.fromisoformat(text) - EPOCH).total_seconds()
    except ValueError:
        raise DecodeError("expected a time") from None
    return known_time(seconds)


def known_time(seconds: float) -> float | None:
    """Return Unix seconds, None for the first day of 1970: a device that has no time reports it."""
    return None if seconds < 86400 else seconds


def _zone(text: str | None) -> timedelta:
    if text is None or text[0] not in "+-":
        return timedelta()
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return -offset if text[0] == "-" else offset
