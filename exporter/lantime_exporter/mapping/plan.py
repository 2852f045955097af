"""A plan: the compiled mapping of one document shape, with the work that remains for each probe.

Two documents of a device differ in few values. A plan keeps the last document with its text and lines, and renders only
the lines that depend on a changed value. Values that are equal in Python, such as 1 and 1.0, count as unchanged.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, groupby
from operator import ne

from lantime_exporter.document.shape import NAME_KEY, FlatDocument, Scalar
from lantime_exporter.document.text_layout import TextLayout, text_layout
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
    fixed: frozenset[int]
    """``indexes``, and those of the leaves that name an element of a list."""

    def hold_after(self, changed: Collection[int], leaves: Sequence[Scalar]) -> bool:
        """Return whether every decision is the same as before these of the leaves changed."""
        return self.fixed.isdisjoint(changed) and all(
            test(leaves[index]) is result for index, test, result in self.predicates if index in changed
        )

    def hold(self, leaves: Sequence[Scalar]) -> bool:
        """Return whether every decision would be the same."""
        if tuple(map(leaves.__getitem__, self.indexes)) != self.values:
            return False
        return all(test(leaves[index]) is result for index, test, result in self.predicates)


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A document and its lines. ``errors`` are the bindings that failed."""

    leaves: Sequence[Scalar]
    parts: Sequence[bytes] | None
    """The text of the response, if its layout is known."""
    texts: list[str]
    """The lines of each binding."""
    blocks: list[str]
    """The lines of each metric."""
    errors: dict[int, DecodeErrorRecord | str]
    series: int
    characters: int
    """Characters of all lines."""


@dataclass(slots=True, eq=False, weakref_slot=True)
class Plan:
    """Renders every document of one shape whose guards hold. Safe for use by several threads."""

    layout: TextLayout | None
    guards: Guards
    metrics: Sequence[Metric]
    """The metrics, in the order of their export."""
    places: Mapping[str, int]
    """The place of each of them, by name."""
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
    """Characters of lines and bytes of the response that ``last`` may hold."""

    def run(self, leaves: Sequence[Scalar], limits: MappingLimits, body: bytes) -> Mapped:
        """Return the lines for these values. ``body`` is the response that contains them, empty if it is not known.

        Raises ContentError or DeadlineError beyond the limits.
        """
        parts = self.layout.cut(body) if self.layout else None
        last = self.last
        due: Sequence[int] = range(len(self.bindings))
        if last is None:
            last = Rendering((), None, [""] * len(self.bindings), [""] * len(self.metrics), {}, 0, 0)
        else:
            due = self._due(compress(count(), map(ne, leaves, last.leaves)))
        return self._render(last, due, leaves, parts, len(body), limits)

    def run_response(self, body: bytes, limits: MappingLimits) -> Mapped | None:
        """Return the lines of a response, None if it may differ from the last one in more than values.

        Raises ContentError or DeadlineError beyond the limits.
        """
        last, layout = self.last, self.layout
        if last is None or layout is None or last.parts is None:
            return None
        parts = layout.cut(body)
        values = None if parts is None else layout.changes(last.parts, parts)
        if values is None:
            return None
        leaves, changed = list(last.leaves), set()
        for index, value in values.items():
            if value != leaves[index]:
                leaves[index] = value
                changed.add(index)
        if not self.guards.hold_after(changed, leaves):
            return None
        return self._render(last, self._due(changed), leaves, parts, len(body), limits)

    def _due(self, changed: Iterable[int]) -> Sequence[int]:
        """Return the bindings of these leaves, in their order."""
        return sorted(set(chain.from_iterable(map(self.bindings_of_leaf.__getitem__, changed))))

    def _render(
        self,
        last: Rendering,
        due: Sequence[int],
        leaves: Sequence[Scalar],
        parts: Sequence[bytes] | None,
        size: int,
        limits: MappingLimits,
    ) -> Mapped:
        """Render the due bindings again, and keep all lines. ``size`` is that of the response, in bytes."""
        texts, blocks, errors = last.texts.copy(), last.blocks.copy(), last.errors.copy()
        for number in errors.keys() & due:
            del errors[number]
        series, characters = last.series, last.characters
        seconds: dict[int, float] = {}
        for collector, numbers in groupby(due, self.collector_of.__getitem__):
            started = time.perf_counter()
            for number in numbers:
                try:
                    lines = self.bindings[number].render(leaves)
                except DecodeError as error:
                    lines, errors[number] = "", self._decode_error(number, str(error), leaves)
                except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
                    lines, errors[number] = "", failure(error)
                characters += len(lines) - len(texts[number])
                texts[number] = lines
                if not number % BINDINGS_BETWEEN_CHECKS:
                    limits.check(series, characters)
            seconds[collector] = time.perf_counter() - started
        for metric in set(map(self.metric_of.__getitem__, due)):
            block = "".join([texts[number] for number in self.bindings_of_metric[metric]])
            series += block.count("\n") - blocks[metric].count("\n")
            blocks[metric] = block
        limits.check(series, characters)
        held = characters + size
        self.max_held = self.max_held or MAX_GROWTH * held
        if held <= self.max_held:
            self.last = Rendering(leaves, parts, texts, blocks, errors, series, characters)
        failed = [(number, errors[number]) for number in sorted(errors)]
        return Mapped(
            tuple(zip(self.metrics, blocks, strict=True)),
            self.places,
            self._results(seconds, failed),
            (*self.decode_errors, *(error for _, error in failed if isinstance(error, DecodeErrorRecord))),
            self.accounts,
            self.dropped,
        )

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
    document: FlatDocument,
    body: bytes,
    context: BindingContext,
    bindings: Mapping[str, Sequence[Binding]],
    failures: Mapping[str, str],
) -> Plan:
    """Return the plan of a document with these bindings, by collector. ``failures`` are the collectors that failed.

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
    naming = [leaf for key, leaf in zip(document.keys, document.leaf_of_key, strict=True) if key == NAME_KEY]
    return Plan(
        layout=text_layout(body, document),
        guards=Guards(
            tuple(context.guards),
            tuple(leaf.value for leaf in context.guards.values()),
            tuple(context.predicates),
            frozenset((*context.guards, *naming)),
        ),
        metrics=tuple(metrics.values()),
        places=places,
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
