"""Bounds of a time error, as words (``less-than-2.5us``) or as the numbers of Meinberg and of IEEE 1588."""

import math
import re

from lantime_exporter.document.enumeration import NO_VALUE, kebab
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import finite, is_number, number
from lantime_exporter.errors import DecodeError

BOUNDS = (
    *(1e-9, 1e-8, 25e-9, 1e-7, 250e-9, 1e-6, 2.5e-6, 1e-5, 25e-6, 1e-4, 250e-6),
    *(1e-3, 2.5e-3, 1e-2, 25e-3, 0.1, 0.25, 1.0, 10.0, math.inf),
)
"""Estimated time quality by raw number from 3 on (``MBG_SYS_REF_GLB_STATUS``)."""

POWERS = {"ps": -12, "ns": -9, "us": -6, "µs": -6, "μs": -6, "ms": -3, "s": 0}

BOUND = re.compile(
    r"(?:(?:less|better)-than-|(?:accurate-to-)?within-|<-?)?(\d+)(?:[.,-](\d+))?-?(ps|ns|us|µs|μs|ms|s)"
)
BEYOND = re.compile(r"(?:(?:more|worse|greater)-than-|>-?)10-?s")


def time_quality(value: Scalar) -> float | None:
    """Return the bound of the estimated time error in seconds: ``less-than-2.5us`` is 2.5e-6, ``more-than-10s`` +Inf.

    Punctuation counts: 2.5 us and 25 us are both members. Numbers are those of ``?raw``. Others raise DecodeError.
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = kebab(value)
        if text in NO_VALUE:
            return None
        if match := BOUND.fullmatch(text):
            whole, fraction, unit = match.groups()
            # Read as one decimal number, so that 2.5us is exactly the float 2.5e-6 and equals a threshold.
            return finite(float(f"{whole}.{fraction or 0}e{POWERS[unit]}"))
        if BEYOND.fullmatch(text):
            return math.inf
        raise DecodeError("expected a time quality such as less-than-100ns")
    raw = number(value)
    if raw is None or raw in (0, 1, 2):
        return None
    if raw in range(3, 3 + len(BOUNDS)):
        return BOUNDS[int(raw) - 3]
    raise DecodeError("expected a time quality from 0 to 22")


FIRST_ACCURACY = 0x17

ACCURACIES = (
    *(1e-12, 2.5e-12, 1e-11, 25e-12, 1e-10, 250e-12, 1e-9, 2.5e-9, 1e-8),
    *BOUNDS[BOUNDS.index(25e-9) :],
)
"""Bounds in seconds by IEEE 1588 clock accuracy; the edition of 2019 added 0x17 to 0x1F."""

UNKNOWN_ACCURACY = 0xFE


def clock_accuracy(raw: Scalar) -> float | None:
    """Return the bound of a clock's error in seconds from words (``25ns``, ``less-than-2.5us``) or 0x17 to 0x31.

    Punctuation counts: 2.5 us and 25 us are both members. 0xFE is unknown; other numbers raise DecodeError.
    """
    if isinstance(raw, str) and not is_number(raw):
        return time_quality(raw)
    found = number(raw)
    if found is None or found == UNKNOWN_ACCURACY:
        return None
    if found in range(FIRST_ACCURACY, FIRST_ACCURACY + len(ACCURACIES)):
        return ACCURACIES[int(found) - FIRST_ACCURACY]
    raise DecodeError("expected a clock accuracy from 23 (0x17) to 49 (0x31), or 254 (0xFE)")
