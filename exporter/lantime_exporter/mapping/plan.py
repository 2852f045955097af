"""A plan: the compiled mapping of one document shape, with the work that remains for each probe.

Two documents of a device differ in few values. A plan keeps the last document with its lines, and renders only the
lines that depend on a changed value. Values that are equal in Python, such as 1 and 1.0, count as unchanged.
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, groupby
from operator import ne

from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext, Predicate
from lantime_exporter.mapping.limits import MappingLimits
from lantime_exporter.mapping.result import Account, CollectorResult, DecodeErrorRecord, Mapped, failure

MAX_GROWTH = 2
"""A document is kept if its text is at most so many times as long as that of the first one."""

BINDINGS_BETWEEN_CHECKS = 256
"""Bindings between two checks of the limits: the slowest take less than 10 ms."""


@dataclass(frozen=True, slots=True)
class Guards:
    """The values on which decisions depended, to check these decisions for the next document."""

    indexes: Sequence[int]
    values: Sequence[Scalar]
    predicates: Sequence[Predicate]

    def hold(self, leaves: Sequence[Scalar]) -> bool:
        """Return whether every decision would be the same."""
        if tuple(map(leaves.__getitem__, self.indexes)) != self.values:
            return False
        return all(test(leaves[index]) is result for index, test, result in self.predicates)


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A document and its lines. ``errors`` are the bindings that failed."""

    leaves: Sequence[Scalar]
    texts: list[str]
    """The lines of each binding."""
    blocks: list[str]
    """The lines of each metric."""
    errors: dict[int, DecodeErrorRecord | str]
    series: int
    characters: int
    """Characters of all lines."""
    held: int
    """Characters of all lines and of the leaves that are texts."""


@dataclass(slots=True, eq=False)
class Plan:
    """Renders every document of one shape whose guards hold. Safe for use by several threads."""

    guards: Guards
    metrics: Sequence[Metric]
    """The metrics, in the order of their export."""
    bindings: Sequence[Binding]
    """The bindings, grouped by collector."""
    collector_of: Sequence[int]
    """The place of each binding's collector in ``results``."""
    metric_of: Sequence[int]
    bindings_of_leaf: Sequence[Sequence[int]]
    bindings_of_metric: Sequence[Sequence[int]]
    results: Sequence[CollectorResult]
    """The result of each collector before its bindings are rendered."""
    decode_errors: tuple[DecodeErrorRecord, ...]
    """The values that could not be bound."""
    accounts: Mapping[Account, int]
    dropped: Mapping[str, int]
    last: Rendering | None = None
    max_held: int = 0
    """Characters that the last rendering may hold."""

    def run(self, leaves: Sequence[Scalar], limits: MappingLimits) -> Mapped:
        """Return the lines for these values. Raises ContentError or DeadlineError beyond the limits."""
        last = self.last
        if last is None:
            changed: Sequence[int] = range(len(leaves))
            due: Sequence[int] = range(len(self.bindings))
            last = Rendering((None,) * len(leaves), [""] * len(self.bindings), [""] * len(self.metrics), {}, 0, 0, 0)
        else:
            changed = list(compress(count(), map(ne, leaves, last.leaves)))
            due = sorted(set(chain.from_iterable(map(self.bindings_of_leaf.__getitem__, changed))))
        seconds, rendering = self._render(due, changed, leaves, last, limits)
        self.max_held = self.max_held or MAX_GROWTH * rendering.held
        if rendering.held <= self.max_held:
            self.last = rendering
        errors = [(number, rendering.errors[number]) for number in sorted(rendering.errors)]
        return Mapped(
            tuple(zip(self.metrics, rendering.blocks, strict=True)),
            self._results(seconds, errors),
            (*self.decode_errors, *(error for _, error in errors if isinstance(error, DecodeErrorRecord))),
            self.accounts,
            self.dropped,
        )

    def _render(
        self,
        due: Sequence[int],
        changed: Sequence[int],
        leaves: Sequence[Scalar],
        last: Rendering,
        limits: MappingLimits,
    ) -> tuple[dict[int, float], Rendering]:
        """Render the due bindings again. Return the seconds of their collectors, and all lines."""
        texts, blocks, errors = last.texts.copy(), last.blocks.copy(), last.errors.copy()
        series, characters = last.series, last.characters
        seconds: dict[int, float] = {}
        for collector, numbers in groupby(due, self.collector_of.__getitem__):
            started = time.perf_counter()
            for number in numbers:
                errors.pop(number, None)
                try:
                    text = self.bindings[number].render(leaves)
                except DecodeError as error:
                    text, errors[number] = "", self._decode_error(number, str(error), leaves)
                except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
                    text, errors[number] = "", failure(error)
                characters += len(text) - len(texts[number])
                texts[number] = text
                if not number % BINDINGS_BETWEEN_CHECKS:
                    limits.check(series, characters)
            seconds[collector] = time.perf_counter() - started
        for metric in set(map(self.metric_of.__getitem__, due)):
            block = "".join([texts[number] for number in self.bindings_of_metric[metric]])
            series += block.count("\n") - blocks[metric].count("\n")
            blocks[metric] = block
        limits.check(series, characters)
        held = last.held + characters - last.characters
        held += text_length([leaves[place] for place in changed])
        held -= text_length([last.leaves[place] for place in changed])
        return seconds, Rendering(leaves, texts, blocks, errors, series, characters, held)

    def _decode_error(self, number: int, problem: str, leaves: Sequence[Scalar]) -> DecodeErrorRecord:
        binding = self.bindings[number]
        collector = self.results[self.collector_of[number]].name
        return DecodeErrorRecord(collector, binding.paths, problem, leaves[binding.sources[0].index])

    def _results(
        self, seconds: Mapping[int, float], errors: Sequence[tuple[int, DecodeErrorRecord | str]]
    ) -> tuple[CollectorResult, ...]:
        results = list(self.results)
        for place, duration in seconds.items():
            results[place] = results[place]._replace(seconds=duration)
        for number, error in errors:
            place = self.collector_of[number]
            result = results[place]
            if isinstance(error, DecodeErrorRecord):
                results[place] = result._replace(decode_errors=result.decode_errors + 1)
            elif not self.results[place].error:
                results[place] = result._replace(error=error)
        return tuple(results)


def compile_plan(
    context: BindingContext,
    bindings: Mapping[str, Sequence[Binding]],
    failures: Mapping[str, str],
) -> Plan:
    """Return the plan of these bindings, by collector. ``failures`` are the collectors that failed.

    Raises ContentError or DeadlineError beyond the limits.
    """
    counts = Counter(error.collector for error in context.decode_errors)
    names = (*bindings, *sorted((counts.keys() | failures.keys()) - bindings.keys()))
    bound = [(place, binding) for place, name in enumerate(names) for binding in bindings.get(name, ())]
    metrics = {binding.metric.name: binding.metric for _, binding in bound}
    places = {name: place for place, name in enumerate(metrics)}
    metric_of = [places[binding.metric.name] for _, binding in bound]
    bindings_of_leaf: list[list[int]] = [[] for _ in range(context.count)]
    bindings_of_metric: list[list[int]] = [[] for _ in metrics]
    for number, (_, binding) in enumerate(bound):
        context.limits.check_time()
        bindings_of_metric[metric_of[number]].append(number)
        for leaf in binding.sources:
            bindings_of_leaf[leaf.index].append(number)
    accounts = dict.fromkeys(Account, 0) | Counter(context.accounts.values())
    accounts[Account.UNACCOUNTED] = context.count - len(context.accounts)
    return Plan(
        guards=Guards(
            tuple(context.guards), tuple(leaf.value for leaf in context.guards.values()), tuple(context.predicates)
        ),
        metrics=tuple(metrics.values()),
        bindings=[binding for _, binding in bound],
        collector_of=[place for place, _ in bound],
        metric_of=metric_of,
        bindings_of_leaf=tuple(map(tuple, bindings_of_leaf)),
        bindings_of_metric=bindings_of_metric,
        results=[CollectorResult(name, 0.0, counts[name], failures.get(name, "")) for name in names],
        decode_errors=tuple(context.decode_errors),
        accounts=accounts,
        dropped=dict(context.dropped),
    )


def text_length(values: Iterable[Scalar]) -> int:
    """Return the characters of the values that are texts."""
    return sum([len(value) for value in values if isinstance(value, str)])
