"""Readers of state words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers.composites import DecodeOne


def state_is(enumeration: Enumeration, *yes: str, no: Sequence[str] = ()) -> DecodeOne:
    """Return a decoder of whether a state is one of ``yes``: 1.0 if so, 0.0 if it is one of ``no``, else None.

    Without ``no`` these are all other known states.
    """
    figures = dict.fromkeys(no or enumeration.states, 0.0) | dict.fromkeys(yes, 1.0)
    return lambda raw: figures.get(enumeration.state(raw) or "")


@dataclass(frozen=True, slots=True)
class State:
    """One series per known state with value 0 or 1; an unknown state is a new series with value 1.

    ``word`` returns the state for a value.
    """

    enumeration: Enumeration
    keys: tuple[str, ...]
    word: Callable[[Enumeration, Scalar], str | None] = Enumeration.state
    label_count: int = 1

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the binding of the first spelling that exists."""
        leaf = context.leaf(scope, self.keys)
        return (Binding(metric, labels, (leaf,), self._decode, many=True),) if leaf else ()

    def _decode(self, raw: Scalar) -> Sequence[Sample]:
        return states(self.enumeration.states, self.word(self.enumeration, raw))


MAX_STATES = 10
"""States up to which each one has a series; of a longer enumeration only the current one has."""


def states(known: Sequence[str], word: str | None) -> Sequence[Sample]:
    """Return the samples of a state series: all known states and the current one; none for None."""
    if word is None:
        return ()
    if len(known) > MAX_STATES:
        return [((word,), 1.0)]
    found = [((state,), 1.0 if state == word else 0.0) for state in known]
    return found if word in known else [*found, ((word,), 1.0)]


def state(enumeration: Enumeration, *keys: str) -> State:
    """Return a reader of a state word."""
    return State(enumeration, keys)
