"""Scalars of a device as numbers, flags, times and bounds.

Every function decodes the value of one leaf; it returns None for no value (null or a sentinel). ``DecodeError`` is
raised for a value that cannot be decoded; it costs one series.
"""

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial

from lantime_exporter.document.enumeration import NO_VALUE, RAW_SUFFIX, normalise
from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import DecodeError

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

HEXADECIMAL = re.compile(r"0[xX][0-9a-fA-F]{1,16}")

TRUE_WORDS = frozenset({"true", "yes", "on", "1"})
FALSE_WORDS = frozenset({"false", "no", "off", "0"})


def number(value: Scalar) -> float | None:
    """Return a number; numeric texts (``"100"``, ``" -3.9e-6 "``) count, ``N/A``, ``-``, ``none`` and the like do not.

    Raises DecodeError for any other text and for numbers beyond a 64-bit float.
    """
    if isinstance(value, str):
        text = value.strip()
        if NUMBER.fullmatch(text):
            return finite(float(text))
        if HEXADECIMAL.fullmatch(text):
            return float(int(text, 16))
        if text.lower() in NO_VALUE:
            return None
        raise DecodeError("expected a number")
    if value is None:
        return None
    try:
        return finite(float(value))
    except OverflowError:
        raise DecodeError("expected a number below 1e308") from None


def is_number(text: str) -> bool:
    """Return whether a text is a number, decimal or hexadecimal."""
    plain = text.strip()
    return NUMBER.fullmatch(plain) is not None or HEXADECIMAL.fullmatch(plain) is not None


def is_word(value: Scalar) -> bool:
    """Return whether a value is a text but not a number."""
    return isinstance(value, str) and not is_number(value)


def finite(value: float) -> float:
    """Return the value. Raises DecodeError for infinity and NaN."""
    if math.isfinite(value):
        return value
    raise DecodeError("expected a finite number")


def flag(value: Scalar) -> float | None:
    """Return 1.0 or 0.0 for booleans, 0/1 and ``true/false``, ``yes/no``, ``on/off``. Others raise DecodeError."""
    if value is True:
        return 1.0
    if value is False:
        return 0.0
    if value is None:
        return None
    if isinstance(value, str):
        text = RAW_SUFFIX.sub("", value.strip().lower())
        if text in TRUE_WORDS:
            return 1.0
        if text in FALSE_WORDS:
            return 0.0
        if text in NO_VALUE:
            return None
    elif value in (0, 1):
        return float(value)
    raise DecodeError("expected a boolean")


def inverted(value: Scalar) -> float | None:
    """Return a boolean that is true if the value is false (``disabled``, ``signal-lost``)."""
    found = flag(value)
    return None if found is None else 1.0 - found


class BooleanWords:
    """Decoder of a boolean that the device may also send as a word: ``yes`` are those for 1.0, ``no`` those for 0.0.

    Only letters and digits of a word count.
    """

    def __init__(self, yes: Iterable[str], no: Iterable[str]) -> None:
        self._figures = dict.fromkeys(map(normalise, no), 0.0) | dict.fromkeys(map(normalise, yes), 1.0)

    def __call__(self, value: Scalar) -> float | None:
        """Return 1.0 or 0.0. Raises DecodeError for any other word."""
        found = self._figures.get(normalise(value)) if isinstance(value, str) else None
        return flag(value) if found is None else found

    def knows(self, value: Scalar) -> bool:
        """Return whether the value is one of the words, a boolean or no value."""
        try:
            self(value)
        except DecodeError:
            return False
        return True


def nonzero(value: Scalar) -> float | None:
    """Return a number, None for a zero that means "no data"."""
    return number(value) or None


def temperature(own: Scalar, *others: Scalar) -> float | None:
    """Return a temperature; a module without sensors reports 0.0 for all, so 0 counts only beside another number."""
    figure = number(own)
    return None if figure == 0 and not any(map(_is_nonzero, others)) else figure


def _is_nonzero(value: Scalar) -> bool:
    try:
        return bool(number(value))
    except DecodeError:
        return False


def scaled(value: Scalar, *, by: float = 1.0, least: float = -math.inf, most: float = math.inf) -> float | None:
    """Return a number times ``by``, correctly rounded if 1 / ``by`` is a whole number.

    Raises DecodeError for a number below ``least`` or above ``most``, which are in the unit of the device.
    """
    figure = number(value)
    if figure is None:
        return None
    if not least <= figure <= most:
        raise DecodeError(f"expected a number {_range(least, most)}")
    if by == 1.0:
        return figure
    times, parts = ratio(by)
    return finite(figure * times / parts)


def _range(least: float, most: float) -> str:
    if most == math.inf:
        return "that is not negative" if least == 0 else f"of at least {least:g}"
    return f"from {least:g} to {most:g}"


count = partial(scaled, least=0.0)
"""A number that is never negative: a size, a count, a duration."""


@lru_cache(maxsize=64)
def ratio(by: float) -> tuple[float, float]:
    """Return a multiplier and a divisor, one of which is 1."""
    parts = round(1 / by)
    # 3 divided by 1e9 is exactly the float 3e-9 of a threshold; 3 times 1e-9 is not.
    return (1.0, float(parts)) if parts > 1 and math.isclose(parts * by, 1.0) else (by, 1.0)


kibibytes = partial(scaled, by=1024, least=0.0)
"""A size in KiB as bytes."""


MIN_NANOSECONDS = 1e-3


def nanoseconds(value: Scalar) -> float | None:
    """Return nanoseconds as seconds. Raises DecodeError for a number that cannot be nanoseconds."""
    figure = number(value)
    if figure is not None and 0 < abs(figure) < MIN_NANOSECONDS:
        raise DecodeError("expected nanoseconds, got a figure below 0.001")
    return scaled(figure, by=1e-9)


def exponent(value: Scalar) -> float | None:
    """Return 2 to the power of the number: NTP's precision in seconds. Raises DecodeError beyond +-64."""
    figure = number(value)
    if figure is None:
        return None
    if abs(figure) > 64:
        raise DecodeError("expected a power of two between -64 and 64")
    return float(2.0**figure)


def load_average(value: Scalar, *, place: int) -> float | None:
    """Return one figure of Linux' load line ``0.48 0.66 0.57 2/99 25157``: 0, 1, 2 for 1, 5, 15 minutes."""
    line = text(value)
    if line is None:
        return None
    parts = line.split()
    if len(parts) < 3:
        raise DecodeError("expected a load line such as 0.48 0.66 0.57 2/99 25157")
    return number(parts[place])


MEMORY = re.compile(r"(\d+) *kB total memory, *(\d+) *kB free.*", re.IGNORECASE)


def memory(value: Scalar, *, part: int) -> float | None:
    """Return bytes of ``228428 kB total memory, 161732 kB free (70 %)``: part 1 is the total, 2 the free memory."""
    line = text(value)
    if line is None:
        return None
    match = MEMORY.fullmatch(line)
    if match is None:
        raise DecodeError("expected a text such as 228428 kB total memory, 161732 kB free (70 %)")
    return finite(float(match[part]) * 1024)


def text(value: Scalar) -> str | None:
    """Return a stripped text of the inventory, None for sentinels. Numbers keep their digits."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    found = str(value).strip()
    return None if found.lower() in NO_VALUE else found


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
    if isinstance(value, str) and USUAL_TIME.fullmatch(value):
        return _usual_time(value)
    if isinstance(value, bool | float):
        raise DecodeError("expected a time")
    found = text(value)
    if found is None:
        return None
    match = TIME.fullmatch(found)
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
