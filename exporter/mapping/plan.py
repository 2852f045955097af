"""A trace made fast: the work that is left for every probe of a device whose shape is known.

Each reading becomes an operation that turns leaf values into finished lines; label values, names and prefixes are
rendered once. Lines made from words (states, flags, identities) are kept by value.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from exporter.document.shape import Scalar
from exporter.errors import OddValueError
from exporter.exposition.text import Described, figure, prefix
from exporter.mapping.reading import Reading, Sample
from exporter.mapping.trace import Account, Oddity, Retrace, Trace, failure

MOST_WORDS = 64
"""Values of one reading whose lines are kept."""


class Operation(Protocol):
    """Leaf values of a document -> the lines of one reading. Raises OddValueError, Retrace."""

    def __call__(self, leaves: Sequence[Scalar]) -> str:
        """Return the lines, empty for no sample."""


def single(reading: Reading) -> Operation:
    """Return the operation of a reading with one leaf and one figure."""
    start, index, decode = prefix(reading.metric, reading.labels), reading.sources[0].index, reading.decode

    def run(leaves: Sequence[Scalar]) -> str:
        value: Any = decode(leaves[index])
        return "" if value is None else f"{start}{figure(value)}\n"

    return run


def several(reading: Reading) -> Operation:
    """Return the operation of a reading with any number of leaves and samples."""
    indices = tuple(leaf.index for leaf in reading.sources)
    render = _many(reading) if reading.many else _one(reading)

    def run(leaves: Sequence[Scalar]) -> str:
        return render(reading.decode(*[leaves[index] for index in indices]))

    return run


def remembered(reading: Reading, operation: Operation) -> Operation:
    """Return the operation with its lines kept by the values of the leaves they came from."""
    pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*(leaf.index for leaf in reading.sources))
    known: dict[Any, str] = {}

    def run(leaves: Sequence[Scalar]) -> str:
        values = pick(leaves)
        text = known.get(values)
        if text is None:
            text = operation(leaves)
            if len(known) >= MOST_WORDS:
                known.clear()
            known[values] = text
        return text

    return run


def _one(reading: Reading) -> Callable[[Any], str]:
    start = prefix(reading.metric, reading.labels)
    return lambda value: "" if value is None else f"{start}{figure(value)}\n"


def _many(reading: Reading) -> Callable[[Any], str]:
    metric, fixed = reading.metric, reading.labels

    def render(samples: Sequence[Sample]) -> str:
        found = dict(samples)
        return "".join([f"{prefix(metric, (*fixed, *labels))}{figure(value)}\n" for labels, value in found.items()])

    return render


def compile_reading(reading: Reading) -> Operation:
    """Return the operation of a reading."""
    if not reading.sources:
        text = several(reading)(())
        return lambda _: text
    operation = single(reading) if len(reading.sources) == 1 and not reading.many else several(reading)
    return remembered(reading, operation) if reading.words else operation


@dataclass(frozen=True, slots=True)
class Part:
    """What one collector reads: families by place, operations in table order."""

    collector: str
    steps: tuple[tuple[int, Operation, Reading], ...]


@dataclass(frozen=True, slots=True)
class CollectorResult:
    """How one collector fared. ``error`` is the text of an unexpected exception: a defect of the collector."""

    name: str
    seconds: float
    oddities: tuple[Oddity, ...] = ()
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
        trace: Trace,
        describe: Callable[[str], Described],
        failures: Mapping[str, str],
        keep: Callable[[Reading], bool],
    ) -> None:
        self._guards = tuple(trace.guards)
        self._expected = tuple(leaf.value for leaf in trace.guards.values())
        self._pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*self._guards) if self._guards else lambda _: ()
        if len(self._guards) == 1:
            self._expected = self._expected[0]  # type: ignore[assignment]  # itemgetter of one gives no tuple
        places: dict[str, int] = {}
        parts = []
        for collector, readings in trace.readings.items():
            steps = []
            for reading in readings:
                if keep(reading):
                    place = places.setdefault(reading.metric.name, len(places))
                    steps.append((place, compile_reading(reading), reading))
            parts.append(Part(collector, tuple(steps)))
        self._parts = tuple(parts)
        self._described = tuple(map(describe, places))
        self._oddities = tuple(trace.oddities)
        self._failures = failures
        self.dropped = dict(trace.dropped)
        self.accounts = account(trace)

    def fits(self, leaves: Sequence[Scalar]) -> bool:
        """Return whether everything that was decided by looking is still so."""
        return bool(self._pick(leaves) == self._expected)

    def run(self, leaves: Sequence[Scalar]) -> Mapped:
        """Return the lines for these values. Raises Retrace when the document needs a new trace."""
        lines: list[list[str]] = [[] for _ in self._described]
        results = [self._run(part, leaves, lines) for part in self._parts]
        done = {part.collector for part in self._parts}
        others = {oddity.collector for oddity in self._oddities} | set(self._failures)
        results.extend(self._result(name, 0.0, ()) for name in sorted(others - done))
        return Mapped(tuple(zip(self._described, lines, strict=True)), tuple(results), self.accounts, self.dropped)

    def _run(self, part: Part, leaves: Sequence[Scalar], lines: list[list[str]]) -> CollectorResult:
        started = time.perf_counter()
        oddities: list[Oddity] = []
        defect = ""
        for place, operation, reading in part.steps:
            try:
                text = operation(leaves)
            except OddValueError as error:
                oddities.append(_oddity(part.collector, reading, leaves, str(error)))
            except Retrace:
                raise
            except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
                defect = failure(error)
            else:
                if text:
                    lines[place].append(text)
        return self._result(part.collector, time.perf_counter() - started, oddities, defect)

    def _result(self, name: str, seconds: float, oddities: Iterable[Oddity], defect: str = "") -> CollectorResult:
        structural = [oddity for oddity in self._oddities if oddity.collector == name]
        return CollectorResult(name, seconds, (*structural, *oddities), self._failures.get(name, defect))


def _oddity(collector: str, reading: Reading, leaves: Sequence[Scalar], problem: str) -> Oddity:
    paths = ", ".join("/".join(leaf.path) for leaf in reading.sources)
    return Oddity(collector, paths, problem, leaves[reading.sources[0].index])


def account(trace: Trace) -> Mapping[Account, int]:
    """Return how many leaves of the document became what."""
    counts = Counter(trace.accounts.values())
    counts[Account.UNACCOUNTED] = trace.count - len(trace.accounts)
    return {name: counts[name] for name in Account}
