"""Figures that a device may write as an object of several members.

The API converts most structs of the C header to plain numbers (grade A), but perhaps not all: ``{secs, nano-secs}``,
``{val, exp}``, ``{hz, frac}`` and ``{scaled-nanoseconds}`` are read like the number that they mean.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import known_time, timestamp
from lantime_exporter.errors import DecodeError

DecodeOne = Callable[[Scalar], float | None]

SCALED = 1e-9 / 65536
"""Seconds of a scaled nanosecond (IEEE 1588 ``TimeInterval``)."""

SECONDS = ("secs", "sec", "seconds", "seconds-field")
NANOSECONDS = ("nano-secs", "nsecs", "nsec", "nanoseconds", "nanoseconds-field")
MAX_EXPONENT = 32


@dataclass(frozen=True, slots=True)
class Composite:
    """The leaves of a figure, and how they combine. The first argument of ``decode`` decodes a plain number."""

    leaves: tuple[Leaf, ...]
    decode: Callable[..., float | None]


def composite_of(node: Node) -> Composite | None:
    """Return how to read an object as one figure, None for an object of another kind."""
    whole, rest = node.leaf(*SECONDS), node.leaf(*NANOSECONDS)
    if whole and rest:
        return Composite((whole, rest), nano_time)
    scaled_ns = node.leaf("scaled-nanoseconds")
    if scaled_ns:
        return Composite((scaled_ns,), scaled_nanoseconds)
    mantissa, exponent = node.leaf("val", "value"), node.leaf("exp", "exponent")
    if mantissa and exponent:
        return Composite((mantissa, exponent), with_exponent)
    hertz, fraction = node.leaf("hz"), node.leaf("frac")
    if hertz and fraction:
        return Composite((hertz, fraction), with_fraction)
    return None


def nano_time(decode: DecodeOne, whole: Scalar, rest: Scalar) -> float | None:
    """Return seconds and nanoseconds as seconds: a duration, or a time where a plain value would be one."""
    seconds, nanoseconds = values.number(whole), values.number(rest)
    if seconds is None or nanoseconds is None:
        return None
    figure = seconds + nanoseconds / 1e9
    return known_time(figure) if decode is timestamp else figure


def scaled_nanoseconds(_: DecodeOne, raw: Scalar) -> float | None:
    """Return nanoseconds times 65536 as seconds."""
    return values.scaled(raw, by=SCALED)


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
