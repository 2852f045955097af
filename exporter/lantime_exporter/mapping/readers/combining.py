"""Readers made of other readers or of a function."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, Decode, DecodeMany
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers.composites import DecodeOne, composite_of


class Reader(Protocol):
    """Finds the leaves of a row in a scope and returns the bindings."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings, most trusted first."""

    @property
    def label_count(self) -> int:
        """The number of the metric's last labels that the reader adds."""

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings at the scope, none without the leaves."""


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first of several readers that finds its leaves, for values that devices send in different forms."""

    readers: tuple[Reader, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings of all of them."""
        return tuple(key for reader in self.readers for key in reader.keys)

    @property
    def label_count(self) -> int:
        """The same for all of them."""
        return self.readers[0].label_count

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings of the first reader that has any."""
        for reader in self.readers:
            found = tuple(reader.bind(context, scope, metric, labels))
            if found:
                return found
        return ()


def first_of(*readers: Reader) -> FirstOf:
    """Return a reader of the first form that exists."""
    return FirstOf(readers)


@dataclass(frozen=True, slots=True)
class WhenValue:
    """A reader for a key with several meanings: applies only to words, or to values that pass ``fits``.

    Other readers may use other values.
    """

    reader: Reader
    fits: Callable[[Scalar], bool] = values.is_word

    @property
    def keys(self) -> tuple[str, ...]:
        """The reader's spellings."""
        return self.reader.keys

    @property
    def label_count(self) -> int:
        """The same as for the reader."""
        return self.reader.label_count

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the reader's bindings, none if the value does not fit."""
        found = scope.get(*self.keys)
        if isinstance(found, Leaf) and context.guard_predicate(found, self.fits):
            return self.reader.bind(context, scope, metric, labels)
        return ()


@dataclass(frozen=True, slots=True)
class ByLabel:
    """Several values of one metric, each with a value of its label and the reader of its leaf."""

    readers: Mapping[str, Reader]

    @property
    def keys(self) -> tuple[str, ...]:
        """The most trusted spelling of each value."""
        return tuple(reader.keys[0] for reader in self.readers.values())

    @property
    def label_count(self) -> int:
        """One more than that of the readers, which all have the same."""
        return 1 + next(iter(self.readers.values())).label_count

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings of all readers."""
        for label, reader in self.readers.items():
            yield from reader.bind(context, scope, metric, (*labels, label))


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant for every place that the table finds: presence or absence."""

    figure: float
    keys: tuple[str, ...] = ()
    label_count: int = 0

    def bind(
        self,
        context: BindingContext,
        scope: Scope,
        metric: Metric,
        labels: tuple[str, ...],
    ) -> Iterable[Binding]:
        """Return the constant."""
        return (Binding(metric, labels, (), lambda: self.figure),)


Found = tuple[tuple[str, ...], tuple[Leaf, ...], Decode | DecodeMany]
"""Values of the labels that the reader adds, leaves, and how their values become the figure or samples."""


@dataclass(frozen=True, slots=True)
class Custom:
    """Values from a function, computed from several leaves.

    With ``many`` the decode functions return samples, whose label values come after those of the binding.
    """

    keys: tuple[str, ...]
    find: Callable[[BindingContext, Scope], Iterable[Found]]
    label_count: int = 0
    many: bool = False

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings that the function finds."""
        for added, leaves, decode in self.find(context, scope):
            yield Binding(
                metric,
                (*labels, *added),
                leaves,
                decode,
                many=self.many,
            )


def composite(*keys: str, decode: DecodeOne = values.number) -> Custom:
    """Return a reader of a figure that is an object of several members in the base unit.

    ``decode`` is how a plain figure in its place would be decoded.
    """

    def find(_: BindingContext, scope: Scope) -> Iterable[Found]:
        part = scope.get(*keys)
        found = composite_of(part) if isinstance(part, Node) else None
        return [((), found.leaves, partial(found.decode, decode))] if found else []

    return Custom(keys, find)
