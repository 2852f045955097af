"""Readers of booleans and of conditions that can hold together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers.numbers import Value


def flag(*keys: str) -> Value:
    """Return a reader of a boolean."""
    return Value(dict.fromkeys(keys, values.flag))


def inverted_flag(*keys: str) -> Value:
    """Return a reader of a boolean that is true if the value is false (``disabled``)."""
    return Value(dict.fromkeys(keys, values.inverted))


@dataclass(frozen=True, slots=True)
class Flags:
    """Conditions that can hold together, each a series with value 0 or 1.

    The device may send an object of booleans, a list of those that hold, one word, or a mask whose bits the raw numbers
    of the enumeration name. A mask without such numbers is left to other readers. Unknown words are new series; a
    single word sets the known conditions only if it is known.
    """

    enumeration: Enumeration
    keys: tuple[str, ...]
    label_count: int = 1

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return a binding for each boolean of an object, or one for a list, word or mask."""
        found = scope.get(*self.keys)
        if isinstance(found, Leaf):
            # A mask without known bits is left to other readers.
            if self.enumeration.raw or context.guard_predicate(found, values.is_word):
                yield Binding(metric, labels, (found,), self.alone, many=True)
        elif found is not None and found.is_list:
            leaves = tuple(part for _, part in found.items() if isinstance(part, Leaf))
            yield Binding(metric, labels, leaves, self.held, many=True)
        elif found is not None:
            for name, leaf in found.items():
                context.limits.check_time()
                if isinstance(leaf, Leaf):
                    word = self.enumeration.state(name) or name
                    yield Binding(metric, (*labels, word), (leaf,), values.flag)

    def held(self, *raw: Scalar) -> Sequence[Sample]:
        """Return the conditions of a list; those not in it do not hold."""
        return self._all({word: 1.0 for word in map(self.enumeration.state, raw) if word})

    def alone(self, raw: Scalar) -> Sequence[Sample]:
        """Return the conditions of a word or a mask. Raises DecodeError for numbers that are not a mask."""
        if values.is_word(raw):
            word = self.enumeration.state(raw)
            if word in self.enumeration.states:
                return self.held(raw)
            return [((word,), 1.0)] if word else ()
        if isinstance(raw, bool):
            raise DecodeError("expected status bits, got a boolean")
        mask = values.number(raw)
        if mask is None:
            return ()
        if mask != int(mask) or not 0 <= mask < 2**32:
            raise DecodeError("expected a mask of status bits")
        bits = (bit for bit in range(32) if int(mask) >> bit & 1)
        return self._all({self.enumeration.raw.get(bit, f"bit-{bit}"): 1.0 for bit in bits})

    def _all(self, holding: Mapping[str, float]) -> Sequence[Sample]:
        known = dict.fromkeys(self.enumeration.states, 0.0)
        return [((word,), figure) for word, figure in {**known, **holding}.items()]


def flags(*keys: str, enumeration: Enumeration = Enumeration(())) -> Flags:  # noqa: B008 -- frozen and empty
    """Return a reader of conditions that can hold together."""
    return Flags(enumeration, keys)


@dataclass(frozen=True, slots=True)
class FlagIs:
    """Whether one of the conditions that ``conditions`` reads holds: ``figure`` if so, else its opposite."""

    conditions: Flags
    word: str
    figure: float = 1.0
    label_count: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings of the conditions."""
        return self.conditions.keys

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return one binding, none if an object lacks the condition."""
        among = self._alone if isinstance(scope.get(*self.keys), Leaf) else self._held
        for binding in self.conditions.bind(context, scope, metric, labels):
            if binding.many or binding.labels[-1] == self.word:
                decode = among if binding.many else self._own
                yield Binding(metric, labels, binding.sources, decode)

    def _own(self, raw: Scalar) -> float | None:
        return self._figure(values.flag(raw))

    def _alone(self, raw: Scalar) -> float | None:
        return self._figure(dict(self.conditions.alone(raw)).get((self.word,)))

    def _held(self, *raw: Scalar) -> float | None:
        return self._figure(dict(self.conditions.held(*raw)).get((self.word,)))

    def _figure(self, held: float | None) -> float | None:
        return None if held is None else self.figure if held else 1.0 - self.figure
