"""Figures that a device may write as an object of several members.

The API converts most structs of the C header to plain numbers (grade A), but perhaps not all: ``{secs, nano-secs}``,
``{val, exp}``, ``{hz, frac}`` and ``{scaled-nanoseconds}`` are read like the number that they mean.
"""

from collections.abc import Callable
from functools import partial

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Node
from lantime_exporter.document.values import known_time, timestamp
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding import Found

DecodeOne = Callable[[Scalar], float | None]

SCALED = 1e-9 / 65536
"""Seconds of a scaled nanosecond (IEEE 1588 ``TimeInterval``)."""

SECONDS = ("secs", "sec", "seconds", "seconds-field")
NANOSECONDS = ("nano-secs", "nsecs", "nsec", "nanoseconds", "nanoseconds-field")
MAX_EXPONENT = 32


def composite_of(node: Node, decode: DecodeOne = values.number) -> Found | None:
    """Return how to read an object as one figure, None for an object of another kind.

    ``decode`` decodes a plain number in its place.
    """
    whole, rest = node.leaf(*SECONDS), node.leaf(*NANOSECONDS)
    if whole and rest:
        return Found((whole, rest), partial(nano_time, decode))
    scaled_ns = node.leaf("scaled-nanoseconds")
    if scaled_ns:
        return Found((scaled_ns,), partial(values.scaled, by=SCALED))
    mantissa, exponent = node.leaf("val", "value"), node.leaf("exp", "exponent")
    if mantissa and exponent:
        return Found((mantissa, exponent), partial(with_exponent, decode))
    hertz, fraction = node.leaf("hz"), node.leaf("frac")
    if hertz and fraction:
        return Found((hertz, fraction), partial(with_fraction, decode))
    return None


def nano_time(decode: DecodeOne, whole: Scalar, rest: Scalar) -> float | None:
    """Return seconds and nanoseconds as seconds: a duration, or a time where a plain value would be one."""
    seconds, nanoseconds = values.number(whole), values.number(rest)
    if seconds is None or nanoseconds is None:
        return None
    figure = seconds + nanoseconds / 1e9
    return known_time(figure) if decode is timestamp else figure


def with_exponent(decode: DecodeOne, mantissa: Scalar, exponent: Scalar) -> float | None:
    """Decode a number that is given with an exponent to the base of 10."""
    figure, power = values.number(mantissa), values.number(exponent)
    if figure is None or power is None:
        return None
    if power != int(power) or abs(power) > MAX_EXPONENT:
        raise DecodeError(f"expected an exponent from -{MAX_EXPONENT} to {MAX_EXPONENT}")
    # A float literal is the float nearest to the decimal number; a product may be the next one.
    return decode(float(f"{figure!r}e{int(power)}") if "e" not in repr(figure) else figure * 10.0**power)


def with_fraction(decode: DecodeOne, hertz: Scalar, fraction: Scalar) -> float | None:
    """Decode a frequency that is given as hertz and a 32-bit fraction."""
    whole, rest = values.number(hertz), values.number(fraction)
    return None if whole is None or rest is None else decode(whole + rest / 2**32)
