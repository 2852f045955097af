"""Readers of one leaf as one figure: numbers, durations, times, and every number of a block."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from lantime_exporter.document import values
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers.composites import SCALED, DecodeOne, composite_of


@dataclass(frozen=True, slots=True)
class Value:
    """One leaf, one figure. ``spellings`` maps each key to how its value is decoded."""

    spellings: Mapping[str, DecodeOne]
    label_count: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings."""
        return tuple(self.spellings)

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the binding of the first spelling that exists; an object in its place may be a composite."""
        for key, decode in self.spellings.items():
            part = scope.get(key)
            if isinstance(part, Node):
                composite = composite_of(part)
                if composite is None:
                    context.record_error(part, "expected a single value")
                    return ()
                return (Binding(metric, labels, composite.leaves, partial(composite.decode, decode)),)
            if part is not None:
                return (Binding(metric, labels, (part,), decode),)
        return ()


def value(decode: DecodeOne, *keys: str) -> Value:
    """Return a reader that decodes the leaf with any function of ``lantime_exporter.document.values``."""
    return Value(dict.fromkeys(keys, decode))


def number(*keys: str) -> Value:
    """Return a reader of a plain number."""
    return value(values.number, *keys)


def count(*keys: str, most: float = math.inf) -> Value:
    """Return a reader of a number from 0 to ``most``; any other is a decode error."""
    return value(partial(values.scaled, least=0.0, most=most), *keys)


def percent(*keys: str) -> Value:
    """Return a reader of a percentage as a ratio; outside 0 to 100 it is a decode error."""
    return value(partial(values.scaled, by=0.01, least=0.0, most=100.0), *keys)


def nonzero(*keys: str) -> Value:
    """Return a reader of a number for which zero means no data."""
    return value(values.nonzero, *keys)


def scaled(by: float, *keys: str, least: float = -math.inf, most: float = math.inf) -> Value:
    """Return a reader of a number in another unit; ``by`` converts it to the base unit.

    ``least`` and ``most`` bound the number in the unit of the device.
    """
    return value(partial(values.scaled, by=by, least=least, most=most), *keys)


def timestamp(*keys: str) -> Value:
    """Return a reader of a time as Unix seconds."""
    return Value(dict.fromkeys(keys, values.timestamp))


SECONDS_BY_SUFFIX = MappingProxyType(
    {"-ns": 1e-9, "-us": 1e-6, "-ms": 1e-3, "-s": 1.0, "-sec": 1.0, "-seconds": 1.0, "-nanoseconds": 1e-9}
)


SCALED_NANOSECONDS = "-scaled-nanoseconds"
"""The suffix of IEEE 1588 time intervals, which count nanoseconds times 65536."""


def seconds(*stems: str, plain: float | DecodeOne | None = None) -> Value:
    """Return a reader of a duration whose key gives the unit: ``offset-ns``, ``offset-us``, ``offset-ms``, ...

    A key without a unit is read only if its unit is known: ``plain`` converts it to seconds, by a factor or a function.
    """
    spellings: dict[str, DecodeOne] = {}
    for stem in stems:
        for suffix, by in SECONDS_BY_SUFFIX.items():
            spellings[stem + suffix] = partial(values.scaled, by=by)
        if isinstance(plain, float):
            spellings[stem] = partial(values.scaled, by=plain)
        elif plain is not None:
            spellings[stem] = plain
    return Value(spellings)


def nanoseconds(*stems: str) -> Value:
    """Return a reader of a duration of PTP: with a unit in its key, in scaled nanoseconds, or plain in nanoseconds."""
    scaled_ns = {stem + SCALED_NANOSECONDS: partial(values.scaled, by=SCALED) for stem in stems}
    return Value(scaled_ns | dict(seconds(*stems, plain=values.nanoseconds).spellings))


@dataclass(frozen=True, slots=True)
class EachValue:
    """Every scalar of a block, with its key as the label."""

    decode: DecodeOne
    keys: tuple[str, ...]
    label_count: int = 1

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return a binding for each scalar of the block."""
        block = scope.get(*self.keys)
        for name, leaf in block.items() if isinstance(block, Node) else ():
            if isinstance(leaf, Leaf):
                yield Binding(metric, (*labels, name), (leaf,), self.decode)
