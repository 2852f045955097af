"""A context made fast: the work that is left for every probe of a device whose shape is known.

Each binding becomes a step that turns leaf values into finished lines; label values, names and prefixes are rendered
once. What most steps are, a number or a word of one leaf, runs in a loop without a call; the others are operations.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from lantime_exporter.document.shape import Scalar, scalars
from lantime_exporter.document.values import Linear
from lantime_exporter.errors import ContentError, DecodeError
from lantime_exporter.exposition.metric import Kind, Metric
from lantime_exporter.exposition.text import PLAIN, Described, figure, prefix
from lantime_exporter.mapping.binding import LONGEST_LABEL, Binding, Sample
from lantime_exporter.mapping.binding_context import Account, BindingContext, DecodeErrorRecord, ShapeChanged, failure

MOST_WORDS = 16
"""Values of one binding whose lines are kept."""

CHARACTERS_OF_A_LEAF = 200
"""Characters of lines that a plan keeps, and of the values they came from, for each leaf; one moment takes about 30."""

BYTES_OF_A_LEAF = 150
BYTES_OF_A_NUMBER = 600
BYTES_OF_A_STEP = 2000
"""What a plan holds for each leaf of its document, each step that is a number and each other one, measured."""

MAX_SERIES = 50_000
MAX_PAGE_CHARACTERS = 32 * 1024 * 1024
"""Samples and their text that one document may give; a chassis full of cards has some 3,000 in 400 kB."""

MAX_UNCHECKED_STEPS = 4_000
"""Steps below which the size of the page is not looked at."""

LARGE = 1e15
"""Below this magnitude a multiplication cannot overflow."""

LEAST = 1.0 - PLAIN
"""Negative numbers from here on need no exponent."""


class Operation(Protocol):
    """Leaf values of a document -> the lines of one binding. Raises DecodeError, ShapeChanged."""

    def __call__(self, leaves: Sequence[Scalar]) -> str:
        """Return the lines, empty for no sample."""


def single(binding: Binding) -> Operation:
    """Return the operation of a binding with one leaf and one figure."""
    start, index, decode = prefix(binding.metric, binding.labels), binding.sources[0].index, binding.decode
    write = writer(binding.metric)

    def run(leaves: Sequence[Scalar]) -> str:
        value: Any = decode(leaves[index])
        return "" if value is None else f"{start}{write(value)}\n"

    return run


def several(binding: Binding) -> Operation:
    """Return the operation of a binding with any number of leaves and samples."""
    indices = tuple(leaf.index for leaf in binding.sources)
    render = _many(binding) if binding.many else _one(binding)

    def run(leaves: Sequence[Scalar]) -> str:
        return render(binding.decode(*[leaves[index] for index in indices]))

    return run


class Memory:
    """Room for the lines that the steps of a plan keep by the values they came from."""

    def __init__(self, characters: int) -> None:
        self._left = characters
        self._lock = threading.Lock()

    def keep(self, known: dict[Any, str], values: Any, text: str) -> None:
        """Keep the lines of these values, if there is room; a step with ``MOST_WORDS`` begins anew."""
        with self._lock:
            if len(known) >= MOST_WORDS:
                self._left += sum(len(str(value)) + len(lines) for value, lines in known.items())
                known.clear()
            size = len(str(values)) + len(text)
            if values not in known and size <= self._left:
                self._left -= size
                known[values] = text


def remembered(binding: Binding, operation: Operation, memory: Memory) -> Operation:
    """Return the operation with its lines kept by the values of the leaves they came from."""
    pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*(leaf.index for leaf in binding.sources))
    known: dict[Any, str] = {}

    def run(leaves: Sequence[Scalar]) -> str:
        values = pick(leaves)
        text = known.get(values)
        if text is None:
            text = operation(leaves)
            memory.keep(known, values, text)
        return text

    return run


def writer(metric: Metric) -> Callable[[float], str]:
    """Return how a figure of the metric is written; that of a counter raises DecodeError below zero."""
    return _count if metric.kind is Kind.COUNTER else figure


def _count(value: float) -> str:
    if value < 0:
        raise DecodeError("expected a count, which is never negative")
    return figure(value)


def _one(binding: Binding) -> Callable[[Any], str]:
    start, write = prefix(binding.metric, binding.labels), writer(binding.metric)
    return lambda value: "" if value is None else f"{start}{write(value)}\n"


def _many(binding: Binding) -> Callable[[Any], str]:
    metric, fixed = binding.metric, binding.labels
    write = writer(metric)

    def render(samples: Sequence[Sample]) -> str:
        found = dict(samples)
        if any(len(label) > LONGEST_LABEL for labels in found for label in labels):
            raise DecodeError(f"expected a text of at most {LONGEST_LABEL} characters")
        return "".join([f"{prefix(metric, (*fixed, *labels))}{write(value)}\n" for labels, value in found.items()])

    return render


def compile_reading(binding: Binding, memory: Memory) -> Operation:
    """Return the operation of a binding, whose lines may be kept in the memory."""
    if not binding.sources:
        text = several(binding)(())
        return lambda _: text
    operation = single(binding) if len(binding.sources) == 1 and not binding.many else several(binding)
    return remembered(binding, operation, memory) if binding.is_cached and len(binding.sources) > 1 else operation


class Number(NamedTuple):
    """A step: one leaf, whose number times ``times`` by ``parts`` is the figure.

    Anything else is for ``decode``, and so are numbers below ``least`` and above ``most``.
    """

    place: int
    leaf: int
    times: float
    parts: float
    least: float
    most: float
    start: str
    binding: Binding


class Word(NamedTuple):
    """A step: one leaf, whose lines are ``known`` by its value. Values not yet known are for the operation."""

    place: int
    leaf: int
    known: dict[Scalar, str]
    operation: Operation
    binding: Binding


class Other(NamedTuple):
    """A step of any other kind."""

    place: int
    operation: Operation
    binding: Binding


@dataclass(frozen=True, slots=True)
class Part:
    """What one collector reads; ``place`` is the family among those of the plan."""

    collector: str
    numbers: tuple[Number, ...]
    words: tuple[Word, ...]
    others: tuple[Other, ...]

    @property
    def size(self) -> int:
        """Return the bytes it holds, about."""
        return BYTES_OF_A_NUMBER * len(self.numbers) + BYTES_OF_A_STEP * (len(self.words) + len(self.others))


def number_step(place: int, binding: Binding, linear: Linear) -> Number:
    """Return the step of a binding whose figure is a multiple of its leaf."""
    least = max(linear.least, 0.0 if binding.metric.kind is Kind.COUNTER else LEAST)
    start = prefix(binding.metric, binding.labels)
    index = binding.sources[0].index
    return Number(place, index, linear.times, linear.parts, least, min(linear.most, LARGE), start, binding)


def part(collector: str, bindings: Sequence[tuple[int, Binding]], memory: Memory) -> Part:
    """Return the steps of a collector's bindings, each with its place."""
    numbers: list[Number] = []
    words: list[Word] = []
    others: list[Other] = []
    for place, binding in bindings:
        if len(binding.sources) != 1:
            others.append(Other(place, compile_reading(binding, memory), binding))
        elif binding.is_cached or isinstance(binding.sources[0].value, str):
            words.append(Word(place, binding.sources[0].index, {}, compile_reading(binding, memory), binding))
        elif binding.linear is not None:
            numbers.append(number_step(place, binding, binding.linear))
        else:
            others.append(Other(place, compile_reading(binding, memory), binding))
    return Part(collector, tuple(numbers), tuple(words), tuple(others))


class CollectorResult(NamedTuple):
    """How one collector fared. ``error`` is the text of an unexpected exception: a defect of the collector."""

    name: str
    seconds: float
    decode_errors: tuple[DecodeErrorRecord, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A document mapped: lines of each family, and the account."""

    families: tuple[tuple[Described, Sequence[str]], ...]
    collectors: tuple[CollectorResult, ...]
    accounts: Mapping[Account, int]
    dropped: Mapping[str, int]
    slots: tuple[str, ...] = ()


class Plan:
    """What to do with every document of one shape whose guards hold."""

    def __init__(
        self,
        context: BindingContext,
        describe: Callable[[str], Described],
        failures: Mapping[str, str],
        keep: Callable[[Binding], bool],
    ) -> None:
        self._guards = tuple(context.guards)
        self._expected = tuple(leaf.value for leaf in context.guards.values())
        self._pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*self._guards) if self._guards else lambda _: ()
        if len(self._guards) == 1:
            self._expected = self._expected[0]  # type: ignore[assignment]  # itemgetter of one gives no tuple
        self._judged = tuple((leaf.index, test, answer) for leaf, test, answer in context.predicates)
        self._memory = Memory(CHARACTERS_OF_A_LEAF * context.count)
        places: dict[str, int] = {}
        self._parts = tuple(
            part(
                collector,
                [
                    (places.setdefault(binding.metric.name, len(places)), binding)
                    for binding in bindings
                    if keep(binding)
                ],
                self._memory,
            )
            for collector, bindings in context.bindings.items()
        )
        self.size = (BYTES_OF_A_LEAF + CHARACTERS_OF_A_LEAF) * context.count + sum(each.size for each in self._parts)
        """Bytes it holds when its memory is full, about; texts of the leaves are not among them."""
        steps = sum(len(each.numbers) + len(each.words) + len(each.others) for each in self._parts)
        self._is_large = steps > MAX_UNCHECKED_STEPS
        self._described = tuple(map(describe, places))
        decode_errors: defaultdict[str, list[DecodeErrorRecord]] = defaultdict(list)
        for decode_error in context.decode_errors:
            decode_errors[decode_error.collector].append(decode_error)
        self._oddities = {collector: tuple(found) for collector, found in decode_errors.items()}
        self._failures = failures
        silent = (self._oddities.keys() | failures.keys()) - {each.collector for each in self._parts}
        self._without_readings = [
            CollectorResult(name, 0.0, self._oddities.get(name, ()), failures.get(name, "")) for name in sorted(silent)
        ]
        self._rolls = [(roll.whole.index, context.accounts[roll.whole.index]) for roll in context.rolls()]
        self._dropped = dict(context.dropped)
        self._accounts = account(context)

    def fits(self, leaves: Sequence[Scalar]) -> bool:
        """Return whether everything that was decided by looking is still so."""
        return bool(self._pick(leaves) == self._expected) and all(
            test(leaves[index]) is answer for index, test, answer in self._judged
        )

    def run(self, leaves: Sequence[Scalar]) -> Mapped:
        """Return the lines for these values. Raises ShapeChanged for another shape, ContentError beyond limits."""
        lines: list[list[str]] = [[] for _ in self._described]
        results = []
        for each in self._parts:
            results.append(self._run(each, leaves, lines))
            if self._is_large:
                check_size(lines)
        return Mapped(
            tuple(zip(self._described, lines, strict=True)),
            (*results, *self._without_readings),
            self._account(leaves),
            self._dropped,
        )

    def _account(self, leaves: Sequence[Scalar]) -> Mapping[Account, int]:
        """Return what becomes of the leaves; a roll counts as those that it holds."""
        if not self._rolls:
            return self._accounts
        accounts = dict(self._accounts)
        for leaf, name in self._rolls:
            accounts[name] += scalars(leaves[leaf]) - 1
        return accounts

    def _run(self, part: Part, leaves: Sequence[Scalar], lines: Sequence[list[str]]) -> CollectorResult:
        started = time.perf_counter_ns()
        run = _Run(part.collector, leaves, lines, self._memory)
        run.numbers(part.numbers)
        run.words(part.words)
        run.others(part.others)
        name = part.collector
        return CollectorResult(
            name,
            (time.perf_counter_ns() - started) / 1e9,
            (*self._oddities.get(name, ()), *run.decode_errors),
            self._failures.get(name, run.defect),
        )


class _Run:
    """The steps of one collector at one probe: their lines go to ``lines``, what goes wrong is noted."""

    __slots__ = ("_collector", "_leaves", "_lines", "_memory", "decode_errors", "defect")

    def __init__(self, collector: str, leaves: Sequence[Scalar], lines: Sequence[list[str]], memory: Memory) -> None:
        self._collector = collector
        self._leaves = leaves
        self._lines = lines
        self._memory = memory
        self.decode_errors: list[DecodeErrorRecord] = []
        self.defect = ""

    def numbers(self, steps: Iterable[Number]) -> None:
        """Write numbers as they come from JSON without a call."""
        leaves, lines = self._leaves, self._lines
        for place, leaf, times, parts, least, most, start, binding in steps:
            value: Any = leaves[leaf]
            kind = type(value)
            if (kind is float or kind is int) and least <= value <= most:
                if kind is int and times == parts and value < PLAIN:
                    lines[place].append(f"{start}{value}.0\n")
                    continue
                found = value * times / parts
                lines[place].append(f"{start}{found!r}\n" if -PLAIN < found < PLAIN else f"{start}{figure(found)}\n")
            elif text := self._read(single(binding), binding):
                lines[place].append(text)

    def words(self, steps: Iterable[Word]) -> None:
        """Write the lines that are known for a value without a call."""
        leaves, lines = self._leaves, self._lines
        for place, leaf, known, operation, binding in steps:
            text = known.get(leaves[leaf])
            if text is None:
                text = self._read(operation, binding)
                if text is not None:
                    self._memory.keep(known, leaves[leaf], text)
            if text:
                lines[place].append(text)

    def others(self, steps: Iterable[Other]) -> None:
        """Write what operations give."""
        for place, operation, binding in steps:
            if text := self._read(operation, binding):
                self._lines[place].append(text)

    def _read(self, operation: Operation, binding: Binding) -> str | None:
        """Return the lines, None where there are none because of what went wrong. Raises ShapeChanged."""
        try:
            return operation(self._leaves)
        except DecodeError as error:
            self.decode_errors.append(_record(self._collector, binding, self._leaves, str(error)))
        except ShapeChanged:
            raise
        except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
            self.defect = failure(error)
        return None


def _record(collector: str, binding: Binding, leaves: Sequence[Scalar], problem: str) -> DecodeErrorRecord:
    paths = ", ".join("/".join(leaf.path) for leaf in binding.sources)
    return DecodeErrorRecord(collector, paths, problem, leaves[binding.sources[0].index])


def check_size(lines: Sequence[list[str]]) -> None:
    """Raise ContentError if a document gives more samples, or more text, than a page may hold."""
    texts = [text for family in lines for text in family]
    series, characters = sum(text.count("\n") for text in texts), sum(map(len, texts))
    if series > MAX_SERIES or characters > MAX_PAGE_CHARACTERS:
        raise ContentError(f"{series} samples in {characters} characters, more than {MAX_SERIES} or 32 MiB: refused")


def account(context: BindingContext) -> Mapping[Account, int]:
    """Return how many leaves of the document became what."""
    counts = Counter(context.accounts.values())
    counts[Account.UNACCOUNTED] = context.count - len(context.accounts)
    return {name: counts[name] for name in Account}
