"""Readers of states, and of conditions that can hold together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding import Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.composites import DecodeOne
from lantime_exporter.mapping.readers import Reader

MAX_STATES = 10
"""States up to which each one has a series; of a longer enumeration only the current one has."""


def state_is(enumeration: Enumeration, *yes: str, no: Sequence[str] = ()) -> DecodeOne:
    """Return a decoder of whether a state is one of ``yes``: 1.0 if so, 0.0 if it is one of ``no``, else None.

    Without ``no`` these are all other known states.
    """
    figures = dict.fromkeys(no or enumeration.states, 0.0) | dict.fromkeys(yes, 1.0)
    return lambda raw: figures.get(enumeration.state(raw) or "")


def state(
    enumeration: Enumeration, *keys: str, word: Callable[[Enumeration, Scalar], str | None] = Enumeration.state
) -> Reader:
    """Return a reader of a state: one series per known state with value 0 or 1, a new one for an unknown state.

    ``word`` returns the state for a value.
    """

    def decode(raw: Scalar) -> Sequence[Sample]:
        return states(enumeration.states, word(enumeration, raw))

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        leaf = context.leaf(scope, keys)
        return (Found((leaf,), decode, many=True),) if leaf else ()

    return Reader(keys, find, enumeration.states)


def states(known: Sequence[str], word: str | None) -> Sequence[Sample]:
    """Return the samples of a state series: all known states and the current one; none for None."""
    if word is None:
        return ()
    if len(known) > MAX_STATES:
        return [((word,), 1.0)]
    found = [((state,), 1.0 if state == word else 0.0) for state in known]
    return found if word in known else [*found, ((word,), 1.0)]


def flags(enumeration: Enumeration, *keys: str) -> Reader:
    """Return a reader of conditions that can hold together, each a series with value 0 or 1.

    The device may send an object of booleans, a list of those that hold, one word, or a mask whose bits the raw numbers
    of the enumeration name. A mask without such numbers is left to other readers. Unknown words are new series; a
    single word sets the known conditions only if it is known.
    """

    def find(context: BindingContext, scope: Scope) -> Iterator[Found]:
        found = scope.node.get(*keys)
        if isinstance(found, Leaf):
            # A mask without known bits is left to other readers.
            if enumeration.raw or context.guard_predicate(found, values.is_word):
                yield Found((found,), partial(_word_or_mask, enumeration), many=True)
        elif found is not None and found.is_list:
            leaves = tuple(part for _, part in found.items() if isinstance(part, Leaf))
            yield Found(leaves, partial(_words, enumeration), many=True)
        elif found is not None:
            for name, leaf in found.items():
                if isinstance(leaf, Leaf):
                    yield Found((leaf,), values.flag, (enumeration.state(name) or name,))

    return Reader(keys, find, enumeration.states)


def _words(enumeration: Enumeration, *raw: Scalar) -> Sequence[Sample]:
    """Return the conditions of a list; those not in it do not hold."""
    return _conditions(enumeration, filter(None, map(enumeration.state, raw)))


def _word_or_mask(enumeration: Enumeration, raw: Scalar) -> Sequence[Sample]:
    """Return the conditions of a word or a mask. Raises DecodeError for numbers that are not a mask."""
    if values.is_word(raw):
        word = enumeration.state(raw)
        if word in enumeration.states:
            return _words(enumeration, raw)
        return [((word,), 1.0)] if word else ()
    if isinstance(raw, bool):
        raise DecodeError("expected status bits, got a boolean")
    mask = values.number(raw)
    if mask is None:
        return ()
    if mask != int(mask) or not 0 <= mask < 2**32:
        raise DecodeError("expected a mask of status bits")
    bits = (bit for bit in range(32) if int(mask) >> bit & 1)
    return _conditions(enumeration, (enumeration.raw.get(bit, f"bit-{bit}") for bit in bits))


def _conditions(enumeration: Enumeration, holding: Iterable[str]) -> Sequence[Sample]:
    figures = dict.fromkeys(enumeration.states, 0.0) | dict.fromkeys(holding, 1.0)
    return [((word,), figure) for word, figure in figures.items()]


def flag_is(conditions: Reader, word: str, figure: float = 1.0) -> Reader:
    """Return a reader of whether one of the conditions that a reader of ``flags`` finds holds.

    The value is ``figure`` if so, else its opposite. There is none if an object lacks the condition.
    """

    def find(context: BindingContext, scope: Scope) -> Iterator[Found]:
        for found in conditions.find(context, scope):
            if found.many or found.labels == (word,):
                yield Found(found.leaves, partial(_holds, found, word, figure))

    return Reader(conditions.keys, find)


def _holds(conditions: Found, word: str, figure: float, *raw: Scalar) -> float | None:
    decoded: Any = conditions.decode(*raw)
    held = dict(decoded).get((word,)) if conditions.many else decoded
    return None if held is None else figure if held else 1.0 - figure
