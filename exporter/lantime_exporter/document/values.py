"""Scalars of a device as numbers, flags, times and bounds.

Every function takes the value of one leaf and returns the figure, or None where the device says nothing (null or a
sentinel). ``DecodeError`` is raised for what cannot be understood; it costs the one series that was asked for.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from lantime_exporter.document.enumeration import NO_VALUE, RAW_SUFFIX, kebab, normalise
from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import DecodeError

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")

TRUE_WORDS = frozenset({"true", "yes", "on", "1"})
FALSE_WORDS = frozenset({"false", "no", "off", "0"})


def number(value: Scalar) -> float | None:
    """Return a number; numeric texts (``"100"``, ``" -3.9e-6 "``) count, ``N/A``, ``-``, ``none`` and the like do not.

    Raises DecodeError for any other text and for numbers beyond a 64-bit float.
    """
    if isinstance(value, str):
        text = value.strip()
        if NUMBER.fullmatch(text):
            return _finite(float(text))
        if text.lower() in NO_VALUE:
            return None
        raise DecodeError("expected a number")
    if value is None:
        return None
    try:
        return _finite(float(value))
    except OverflowError:
        raise DecodeError("expected a number below 1e308") from None


def _finite(value: float) -> float:
    if math.isfinite(value):
        return value
    raise DecodeError("expected a finite number")


def flag(value: Scalar) -> float | None:
    """Return 1.0 or 0.0 for booleans, 0/1 and ``true/false``, ``yes/no``, ``on/off``. Others are odd."""
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
    """Return a boolean that is true when the device says false (``disabled``, ``signal-lost``)."""
    found = flag(value)
    return None if found is None else 1.0 - found


@dataclass(frozen=True, slots=True)
class BooleanWords:
    """A boolean that the device may also say as a word: ``yes`` are the words for 1.0, ``no`` those for 0.0."""

    yes: frozenset[str]
    no: frozenset[str]

    def __call__(self, value: Scalar) -> float | None:
        """Return 1.0 or 0.0. Raises DecodeError for a word that is neither and no boolean."""
        if isinstance(value, str):
            word = normalise(value)
            if word in self.yes:
                return 1.0
            if word in self.no:
                return 0.0
        return flag(value)

    def knows(self, value: Scalar) -> bool:
        """Return whether the value is one of the words, a boolean, or says nothing."""
        try:
            self(value)
        except DecodeError:
            return False
        return True


def boolean_words(yes: Iterable[str], no: Iterable[str]) -> BooleanWords:
    """Return the function that judges these words, compared by letters and digits only."""
    return BooleanWords(frozenset(map(normalise, yes)), frozenset(map(normalise, no)))


def nonzero(value: Scalar) -> float | None:
    """Return a number, None for a zero: where the device says 0 for "no data"."""
    return number(value) or None


def scaled(value: Scalar, *, by: float) -> float | None:
    """Return a number times ``by``; where that is one part of a whole number, as precisely as a float can be."""
    figure = number(value)
    times, parts = ratio(by)
    return None if figure is None else _finite(figure * times / parts)


def ratio(by: float) -> tuple[float, float]:
    """Return what to multiply and to divide by, one of which is 1."""
    parts = round(1 / by)
    # 3 divided by 1e9 is the very float 3e-9 that a threshold is written as; 3 times 1e-9 is not.
    return (1.0, float(parts)) if parts > 1 and math.isclose(parts * by, 1.0) else (by, 1.0)


kibibytes = partial(scaled, by=1024)
"""A size in KiB as bytes."""


def scale(decode: Callable[..., object]) -> tuple[float, float] | None:
    """Return what a function multiplies and divides a JSON number by, None where it does more with it than that."""
    if decode is number:
        return 1.0, 1.0
    if isinstance(decode, partial) and decode.func is scaled:
        return ratio(float(decode.keywords["by"]))
    return None


def exponent(value: Scalar) -> float | None:
    """Return 2 to the power of the number: NTP's precision in seconds. Raises DecodeError beyond +-64."""
    figure = number(value)
    if figure is None:
        return None
    if abs(figure) > 64:
        raise DecodeError("expected a power of two between -64 and 64")
    return float(2.0**figure)


TIME = re.compile(
    r"(\d{4})[-./]?(\d\d)[-./]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?([0-5]\d|60)(\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


USUAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
"""How a LANTIME mostly writes a time, which Python reads in a fifth of the time of the other forms."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- like the times that are compared with it


def timestamp(value: Scalar) -> float | None:
    """Return a time as Unix seconds; without a zone it is UTC.

    Forms: ``2026-02-11T22:05:07``, ``...T22:05:01.533Z``, ``...T22:05:01.533523843 UTC``, ``2026.02.11 21:53:08``,
    ``201701010000`` (text or number). ``never``, empty and the first day of 1970 mean no time. Others are odd.
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
        # A leap second is written as second 60; added as a difference it is simply the next one.
        seconds = (moment + timedelta(seconds=int(second or 0)) - _zone(zone)).timestamp()
    except (ValueError, OverflowError):
        raise DecodeError("expected a time") from None
    return None if seconds < 86400 else seconds + float(fraction or 0)


def _usual_time(text: str) -> float | None:
    try:
        seconds = (datetime.fromisoformat(text) - EPOCH).total_seconds()
    except ValueError:
        raise DecodeError("expected a time") from None
    return None if seconds < 86400 else seconds


def _zone(text: str | None) -> timedelta:
    if text is None or text[0] not in "+-":
        return timedelta()
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return -offset if text[0] == "-" else offset


BOUNDS = (
    *(1e-9, 1e-8, 25e-9, 1e-7, 250e-9, 1e-6, 2.5e-6, 1e-5, 25e-6, 1e-4, 250e-6),
    *(1e-3, 2.5e-3, 1e-2, 25e-3, 0.1, 0.25, 1.0, 10.0, math.inf),
)
"""Estimated time quality by raw number from 3 on (``MBG_SYS_REF_GLB_STATUS``)."""

POWERS = {"ns": -9, "us": -6, "µs": -6, "μs": -6, "ms": -3, "s": 0}

BOUND = re.compile(r"(?:(?:less|better)-than-|<-?)?(\d+)(?:[.,-](\d+))?-?(ns|us|µs|μs|ms|s)")
BEYOND = re.compile(r"(?:(?:more|worse)-than-|>-?)10-?s")


def time_quality(value: Scalar) -> float | None:
    """Return the bound of the estimated time error in seconds: ``less-than-2.5us`` is 2.5e-6, ``more-than-10s`` +Inf.

    Punctuation counts: 2.5 us and 25 us are both members. Numbers are those of ``?raw``. Others are odd.
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = kebab(value)
        if text in NO_VALUE:
            return None
        if match := BOUND.fullmatch(text):
            whole, fraction, unit = match.groups()
            # Read as one decimal number, so that 2.5us is the very float 2.5e-6 and thresholds compare equal.
            return _finite(float(f"{whole}.{fraction or 0}e{POWERS[unit]}"))
        if BEYOND.fullmatch(text):
            return math.inf
        raise DecodeError("expected a time quality such as less-than-100ns")
    raw = number(value)
    if raw is None or raw in (0, 1, 2):
        return None
    if raw in range(3, 3 + len(BOUNDS)):
        return BOUNDS[int(raw) - 3]
    raise DecodeError("expected a time quality from 0 to 22")


def load_average(value: Scalar, *, place: int) -> float | None:
    """Return one figure of Linux' load line ``0.48 0.66 0.57 2/99 25157``: 0, 1, 2 for 1, 5, 15 minutes."""
    if value is None or (isinstance(value, str) and value.strip().lower() in NO_VALUE):
        return None
    parts = value.split() if isinstance(value, str) else []
    if len(parts) < 3:
        raise DecodeError("expected a load line such as 0.48 0.66 0.57 2/99 25157")
    return number(parts[place])


MEMORY = re.compile(r"(\d+) *kB total memory, *(\d+) *kB free.*", re.IGNORECASE)


def memory(value: Scalar, *, part: int) -> float | None:
    """Return bytes of ``228428 kB total memory, 161732 kB free (70 %)``: part 1 is the total, part 2 what is free."""
    if value is None or (isinstance(value, str) and value.strip().lower() in NO_VALUE):
        return None
    match = MEMORY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise DecodeError("expected a text such as 228428 kB total memory, 161732 kB free (70 %)")
    return _finite(float(match[part]) * 1024)


def text(value: Scalar) -> str | None:
    """Return a text of the inventory without blanks at the ends, None for sentinels. Numbers keep their digits."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    found = str(value).strip()
    return None if found.lower() in NO_VALUE else found
