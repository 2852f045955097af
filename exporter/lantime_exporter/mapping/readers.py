"""Readers: the right-hand column of every table.

A reader looks for its leaf under the given spellings, in the order given, and says how the value is decoded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, Decode, DecodeMany, Sample
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.table import Reader, Scope

DecodeOne = Callable[[Scalar], float | None]


def find_leaf(context: BindingContext, scope: Scope, spellings: Iterable[str]) -> Leaf | None:
    """Return the scalar at the first spelling that is there; an object or list in its place is noted as odd."""
    found = scope.get(*spellings)
    if isinstance(found, Node):
        context.record_error(found, "expected a single value")
        return None
    return found


@dataclass(frozen=True, slots=True)
class Value:
    """One leaf, one figure. ``spellings`` maps each key to how its value is decoded."""

    spellings: Mapping[str, DecodeOne]
    is_cached: bool = False
    label_count: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings."""
        return tuple(self.spellings)

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the binding of the first spelling that is there."""
        for key, decode in self.spellings.items():
            if scope.get(key) is not None:
                leaf = find_leaf(context, scope, (key,))
                scale = values.scale(decode)
                return (
                    (Binding(metric, labels, (leaf,), decode, is_cached=self.is_cached, scale=scale),) if leaf else ()
                )
        return ()


def value(decode: DecodeOne, *keys: str) -> Value:
    """Return a reader that decodes the leaf with any function of ``lantime_exporter.document.values``."""
    return Value(dict.fromkeys(keys, decode))


def number(*keys: str) -> Value:
    """Return a reader of a plain number."""
    return value(values.number, *keys)


def nonzero(*keys: str) -> Value:
    """Return a reader of a number whose zero means that there is no data."""
    return value(values.nonzero, *keys)


def scaled(by: float, *keys: str) -> Value:
    """Return a reader of a number in another unit; ``by`` turns it into the base unit."""
    return value(partial(values.scaled, by=by), *keys)


def flag(*keys: str) -> Value:
    """Return a reader of a boolean."""
    return Value(dict.fromkeys(keys, values.flag), is_cached=True)


def inverted_flag(*keys: str) -> Value:
    """Return a reader of a boolean that is true when the device says false (``disabled``)."""
    return Value(dict.fromkeys(keys, values.inverted), is_cached=True)


def timestamp(*keys: str) -> Value:
    """Return a reader of a time as Unix seconds."""
    return Value(dict.fromkeys(keys, values.timestamp), is_cached=True)


SECONDS_BY_SUFFIX = MappingProxyType(
    {"-ns": 1e-9, "-us": 1e-6, "-ms": 1e-3, "-s": 1.0, "-sec": 1.0, "-seconds": 1.0, "-nanoseconds": 1e-9}
)


def seconds(*stems: str, plain: float | None = None) -> Value:
    """Return a reader of a duration whose key says the unit: ``offset-ns``, ``offset-us``, ``offset-ms``, ``offset-s``.

    A key without unit is read only where the unit is proved: ``plain`` turns it into seconds.
    """
    spellings: dict[str, DecodeOne] = {}
    for stem in stems:
        for suffix, by in SECONDS_BY_SUFFIX.items():
            spellings[stem + suffix] = partial(values.scaled, by=by)
        if plain is not None:
            spellings[stem] = partial(values.scaled, by=plain)
    return Value(spellings)


@dataclass(frozen=True, slots=True)
class StateIs:
    """1 when the word of a leaf is one of ``true``, 0 when one of ``false``; a word of neither gives no sample."""

    enumeration: Enumeration
    true: tuple[str, ...]
    false: tuple[str, ...]
    keys: tuple[str, ...]
    label_count: int = 0

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the binding of the first spelling that is there."""
        leaf = find_leaf(context, scope, self.keys)
        return (Binding(metric, labels, (leaf,), self._decode, is_cached=True),) if leaf else ()

    def _decode(self, raw: Scalar) -> float | None:
        word = self.enumeration.state(raw)
        return 1.0 if word in self.true else 0.0 if word in self.false else None


@dataclass(frozen=True, slots=True)
class State:
    """One series for each known word with value 0 or 1; an unknown word is a series of its own with value 1."""

    enumeration: Enumeration
    keys: tuple[str, ...]
    label_count: int = 1

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the binding of the first spelling that is there."""
        leaf = find_leaf(context, scope, self.keys)
        return (Binding(metric, labels, (leaf,), self._decode, many=True, is_cached=True),) if leaf else ()

    def _decode(self, raw: Scalar) -> Sequence[Sample]:
        return states(self.enumeration.states, self.enumeration.state(raw))


def states(known: Iterable[str], word: str | None) -> Sequence[Sample]:
    """Return the samples of a state series: every known state, and the present one whatever it is; none for None."""
    if word is None:
        return ()
    found = [((state,), 1.0 if state == word else 0.0) for state in known]
    return found if word in known else [*found, ((word,), 1.0)]


def state(enumeration: Enumeration, *keys: str) -> State:
    """Return a reader of a state word."""
    return State(enumeration, keys)


def is_word(value: Scalar) -> bool:
    """Return whether a value is a text and no number."""
    return isinstance(value, str) and not values.NUMBER.fullmatch(value.strip())


@dataclass(frozen=True, slots=True)
class Flags:
    """Conditions that can hold together, each a series with value 0 or 1.

    The device may write them as an object of booleans, as a list of those that hold, as one word, or as a mask whose
    bits the enumeration's raw numbers name. A mask without such numbers is left to others. Words that are not known are
    series of their own; one word alone tells of the known ones only when it is known itself.
    """

    enumeration: Enumeration
    keys: tuple[str, ...]
    label_count: int = 1

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return a binding for each boolean of an object, or one for a list, word or mask."""
        found = scope.get(*self.keys)
        if isinstance(found, Leaf):
            # A mask whose bits nobody named is left to others.
            if self.enumeration.raw or context.guard_predicate(found, is_word):
                yield Binding(metric, labels, (found,), self.alone, many=True, is_cached=True)
        elif found is not None and found.is_list:
            leaves = tuple(part for _, part in found.items() if isinstance(part, Leaf))
            yield Binding(metric, labels, leaves, self.held, many=True, is_cached=bool(leaves))
        elif found is not None:
            for name, leaf in found.items():
                if isinstance(leaf, Leaf):
                    word = self.enumeration.state(name) or name
                    yield Binding(metric, (*labels, word), (leaf,), values.flag, is_cached=True)

    def held(self, *raw: Scalar) -> Sequence[Sample]:
        """Return the conditions that a list tells; those that are not in it do not hold."""
        return self._all({word: 1.0 for word in map(self.enumeration.state, raw) if word})

    def alone(self, raw: Scalar) -> Sequence[Sample]:
        """Return the conditions that one word or a mask tells. Raises DecodeError for numbers that are no mask."""
        if isinstance(raw, str) and not values.NUMBER.fullmatch(raw.strip()):
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
    """Whether one condition of those that ``conditions`` reads holds: ``figure`` if so, else its opposite."""

    conditions: Flags
    word: str
    figure: float = 1.0
    label_count: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings of the conditions."""
        return self.conditions.keys

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return one binding, none where an object does not have the condition."""
        among = self._alone if isinstance(scope.get(*self.keys), Leaf) else self._held
        for binding in self.conditions.bind(context, scope, metric, labels):
            if binding.many or binding.labels[-1] == self.word:
                decode = among if binding.many else self._own
                yield Binding(metric, labels, binding.sources, decode, is_cached=binding.is_cached)

    def _own(self, raw: Scalar) -> float | None:
        return self._figure(values.flag(raw))

    def _alone(self, raw: Scalar) -> float | None:
        return self._figure(dict(self.conditions.alone(raw)).get((self.word,)))

    def _held(self, *raw: Scalar) -> float | None:
        return self._figure(dict(self.conditions.held(*raw)).get((self.word,)))

    def _figure(self, held: float | None) -> float | None:
        return None if held is None else self.figure if held else 1.0 - self.figure


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first of several readers that finds its leaves: for a fact that devices tell in different forms."""

    readers: tuple[Reader, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings of all of them."""
        return tuple(key for reader in self.readers for key in reader.keys)

    @property
    def label_count(self) -> int:
        """Equal for all of them."""
        return self.readers[0].label_count

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings of the first reader that has any."""
        for reader in self.readers:
            found = tuple(reader.bind(context, scope, metric, labels))
            if found:
                return found
        return ()


@dataclass(frozen=True, slots=True)
class WhenValue:
    """A reader for a key that can mean different things: applies where the leaf holds a word, or what ``fits``.

    Anything else is left to others.
    """

    reader: Reader
    fits: Callable[[Scalar], bool] = is_word

    @property
    def keys(self) -> tuple[str, ...]:
        """The reader's spellings."""
        return self.reader.keys

    @property
    def label_count(self) -> int:
        """As the reader."""
        return self.reader.label_count

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the reader's bindings, none where the value does not fit."""
        found = scope.get(*self.keys)
        if isinstance(found, Leaf) and context.guard_predicate(found, self.fits):
            return self.reader.bind(context, scope, metric, labels)
        return ()


@dataclass(frozen=True, slots=True)
class EachNumber:
    """Every number of a block, its key as the label."""

    keys: tuple[str, ...]
    label_count: int = 1

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return a binding for each scalar of the block."""
        block = scope.get(*self.keys)
        for name, leaf in block.items() if isinstance(block, Node) else ():
            if isinstance(leaf, Leaf):
                yield Binding(metric, (*labels, name), (leaf,), values.number, scale=(1.0, 1.0))


def each_number(*keys: str) -> EachNumber:
    """Return a reader of all numbers of a block."""
    return EachNumber(keys)


Clean = Callable[[Scalar], str | None]


@dataclass(frozen=True, slots=True)
class InfoLabels:
    """An info metric: each label from its own leaf, empty where the device says nothing; no series if all are empty.

    ``labels`` maps each label to the spellings of its key and how the text is cleaned.
    """

    labels: Mapping[str, tuple[tuple[str, ...], Clean]]

    @property
    def keys(self) -> tuple[str, ...]:
        """The first spelling of the first label, which stands for the block."""
        return (next(iter(self.labels.values()))[0][0],)

    @property
    def label_count(self) -> int:
        """Every label it reads."""
        return len(self.labels)

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return one binding of all labels that are there."""
        found = [(find_leaf(context, scope, keys), clean) for keys, clean in self.labels.values()]
        leaves = tuple(leaf for leaf, _ in found if leaf)
        if not leaves:
            return ()
        cleaners = tuple(clean if leaf else None for leaf, clean in found)
        return (Binding(metric, labels, leaves, partial(_clean, cleaners), many=True, is_cached=True),)


def _clean(cleaners: Sequence[Clean | None], *raw: Scalar) -> Sequence[Sample]:
    rest = iter(raw)
    found = tuple(clean(next(rest)) or "" if clean else "" for clean in cleaners)
    return [(found, 1.0)] if any(found) else ()


def info_labels(**labels: str | tuple[str | Clean, ...]) -> InfoLabels:
    """Return a reader for an info metric.

    Each keyword is a label, in the metric's order, with its key's spellings; a function among them cleans the text.
    """
    return InfoLabels(
        {label: _spelled((given,) if isinstance(given, str) else given) for label, given in labels.items()}
    )


def _spelled(given: tuple[str | Clean, ...]) -> tuple[tuple[str, ...], Clean]:
    keys = tuple(item for item in given if isinstance(item, str))
    cleaners = [item for item in given if not isinstance(item, str)]
    return keys, cleaners[0] if cleaners else values.text


@dataclass(frozen=True, slots=True)
class Constant:
    """The same figure wherever the table finds its place: presence or absence."""

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
    """Readings found by a function of its own, for figures made from several leaves.

    With ``many`` the decode functions return samples, whose label values come after those of the binding.
    """

    keys: tuple[str, ...]
    find: Callable[[BindingContext, Scope], Iterable[Found]]
    label_count: int = 0
    many: bool = False
    is_cached: bool = False

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings that the function finds."""
        for added, leaves, decode in self.find(context, scope):
            scale = values.scale(decode)
            yield Binding(
                metric,
                (*labels, *added),
                leaves,
                decode,
                many=self.many,
                is_cached=self.is_cached,
                scale=scale,
            )
