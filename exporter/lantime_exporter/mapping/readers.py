"""Readers: the right-hand column of every table.

A reader finds its leaf by the given spellings, in this order, and decodes its value.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.mapping.binding import Decode, DecodeMany, Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.composites import SCALED, DecodeOne, composite_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds the leaves of a row in a scope; ``find`` returns nothing if they do not exist.

    ``keys`` are the spellings, the most trusted first.
    """

    keys: tuple[str, ...]
    find: Callable[[BindingContext, Scope], Iterable[Found]]
    states: tuple[str, ...] = ()
    """The known values of the metric's last label."""
    label_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The spellings of each label of an info metric."""


def value(decode: DecodeOne, *keys: str) -> Reader:
    """Return a reader that decodes the leaf with any function of ``lantime_exporter.document.values``."""

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        return _figure(context, scope.node.get(*keys), decode)

    return Reader(keys, find)


def by_key(decoders: Mapping[str, DecodeOne]) -> Reader:
    """Return a reader of one figure, with the decoder of each spelling."""
    keys = tuple(decoders)

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        part = scope.node.get(*keys)
        if part is None:
            return ()
        return _figure(context, part, next(decoders[key] for key in keys if scope.node.get(key) is part))

    return Reader(keys, find)


def _figure(context: BindingContext, part: Node | Leaf | None, decode: DecodeOne) -> Iterable[Found]:
    """Return a leaf, or the members of a composite, as one figure. Any other object is a decode error."""
    if part is None:
        return ()
    if isinstance(part, Leaf):
        return (Found((part,), decode),)
    composite = composite_of(part, decode)
    if composite is None:
        context.record_error(part, "expected a single value")
        return ()
    return (composite,)


number = partial(value, values.number)
"""A plain number."""

nonzero = partial(value, values.nonzero)
"""A number for which zero means no data."""

flag = partial(value, values.flag)
"""A boolean."""

inverted_flag = partial(value, values.inverted)
"""A boolean that is true if the value is false (``disabled``)."""

timestamp = partial(value, values.timestamp)
"""A time as Unix seconds."""

percent = partial(value, partial(values.scaled, by=0.01, least=0.0, most=100.0))
"""A percentage as a ratio; outside 0 to 100 it is a decode error."""


def count(*keys: str, most: float = math.inf) -> Reader:
    """Return a reader of a number from 0 to ``most``; any other is a decode error."""
    return value(partial(values.scaled, least=0.0, most=most), *keys)


def scaled(by: float, *keys: str, least: float = -math.inf, most: float = math.inf) -> Reader:
    """Return a reader of a number in another unit; ``by`` converts it to the base unit.

    ``least`` and ``most`` bound the number in the unit of the device.
    """
    return value(partial(values.scaled, by=by, least=least, most=most), *keys)


SECONDS_BY_SUFFIX = MappingProxyType(
    {"-ns": 1e-9, "-us": 1e-6, "-ms": 1e-3, "-s": 1.0, "-sec": 1.0, "-seconds": 1.0, "-nanoseconds": 1e-9}
)


def seconds(*stems: str, plain: float | None = None) -> Reader:
    """Return a reader of a duration whose key gives the unit: ``offset-ns``, ``offset-us``, ``offset-ms``, ...

    A key without a unit is read only if its unit is known: ``plain`` converts it to seconds.
    """
    return by_key(_durations(stems, None if plain is None else partial(values.scaled, by=plain)))


def nanoseconds(*stems: str) -> Reader:
    """Return a reader of a duration of PTP: with a unit in its key, in scaled nanoseconds, or plain in nanoseconds."""
    scaled_ns = {f"{stem}-scaled-nanoseconds": partial(values.scaled, by=SCALED) for stem in stems}
    return by_key(scaled_ns | _durations(stems, values.nanoseconds))


def _durations(stems: Iterable[str], plain: DecodeOne | None) -> dict[str, DecodeOne]:
    by_unit: dict[str, DecodeOne | None] = {
        **{suffix: partial(values.scaled, by=by) for suffix, by in SECONDS_BY_SUFFIX.items()},
        "": plain,
    }
    return {stem + unit: decode for stem in stems for unit, decode in by_unit.items() if decode}


def value_beside(
    decode: Decode | DecodeMany, keys: Sequence[str], beside: Sequence[str], *, many: bool = False
) -> Reader:
    """Return a reader of a value that is decoded together with the one at the keys ``beside``, if that exists."""

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        leaf = context.leaf(scope, keys)
        other = leaf and context.leaf(scope, beside)
        return (Found((leaf, other) if other else (leaf,), decode, many=many),) if leaf else ()

    return Reader(tuple(keys), find)


def each_value(decode: DecodeOne, *keys: str) -> Reader:
    """Return a reader of every scalar of a block, with its key as the label."""

    def find(_: BindingContext, scope: Scope) -> Iterator[Found]:
        block = scope.node.get(*keys)
        for name, leaf in block.items() if isinstance(block, Node) else ():
            if isinstance(leaf, Leaf):
                yield Found((leaf,), decode, (name,))

    return Reader(keys, find)


def composite(*keys: str, decode: DecodeOne = values.number) -> Reader:
    """Return a reader of a figure that is an object of several members in the base unit.

    ``decode`` is how a plain figure in its place would be decoded.
    """

    def find(_: BindingContext, scope: Scope) -> Iterable[Found]:
        part = scope.node.get(*keys)
        found = composite_of(part, decode) if isinstance(part, Node) else None
        return (found,) if found else ()

    return Reader(keys, find)


def constant(figure: float) -> Reader:
    """Return a reader of the same figure at every place of the table: presence or absence."""
    return Reader((), lambda *_: (Found((), lambda: figure),))


Clean = Callable[[Scalar], str | None]


def info_labels(**labels: str | tuple[str | Clean, ...]) -> Reader:
    """Return a reader for an info metric; a label without a value is empty, and no series if all are empty.

    Each keyword is a label, in the metric's order, with its key's spellings; a function among them cleans the text.
    """
    given = {label: (of_one,) if isinstance(of_one, str) else of_one for label, of_one in labels.items()}
    label_keys = {label: tuple(item for item in items if isinstance(item, str)) for label, items in given.items()}
    cleaners = [next((item for item in items if not isinstance(item, str)), values.text) for items in given.values()]

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        found = [context.leaf(scope, keys) for keys in label_keys.values()]
        leaves = tuple(leaf for leaf in found if leaf)
        present = [clean if leaf else None for leaf, clean in zip(found, cleaners, strict=True)]
        return (Found(leaves, partial(_clean, present), many=True),) if leaves else ()

    return Reader(next(iter(label_keys.values()))[:1], find, label_keys=label_keys)


def _clean(cleaners: Iterable[Clean | None], *raw: Scalar) -> list[Sample]:
    rest = iter(raw)
    found = tuple(clean(next(rest)) or "" if clean else "" for clean in cleaners)
    return [(found, 1.0)] if any(found) else []


def first_of(*readers: Reader) -> Reader:
    """Return a reader of the first of several forms that exists."""

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        for reader in readers:
            found = tuple(reader.find(context, scope))
            if found:
                return found
        return ()

    keys = tuple(key for reader in readers for key in reader.keys)
    return Reader(keys, find, tuple(dict.fromkeys(state for reader in readers for state in reader.states)))


def when_value(reader: Reader, fits: Callable[[Scalar], bool] = values.is_word) -> Reader:
    """Return a reader for a key with several meanings: it applies only to words, or to values that pass ``fits``.

    Other readers may use other values.
    """

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        found = scope.node.get(*reader.keys)
        is_fit = isinstance(found, Leaf) and context.guard_predicate(found, fits)
        return reader.find(context, scope) if is_fit else ()

    return replace(reader, find=find)


def by_label(readers: Mapping[str, Reader]) -> Reader:
    """Return a reader of several values of one metric, each with a value of its label and the reader of its leaf."""

    def find(context: BindingContext, scope: Scope) -> Iterator[Found]:
        for label, reader in readers.items():
            for found in reader.find(context, scope):
                yield Found(found.leaves, found.decode, (label, *found.labels), found.many)

    first = next(iter(readers.values()))
    return Reader(tuple(reader.keys[0] for reader in readers.values()), find, first.states or tuple(readers))
