"""A plan: the compiled mapping of one document shape, with the work that remains for each probe.

Two documents of a device differ in few values. A plan keeps the last document with its lines, and renders only the
lines that depend on a changed value. Values that are equal in Python, such as 1 and 1.0, count as unchanged.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count, groupby
from operator import itemgetter, ne
from typing import Any

from msgspec import Struct

from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, line_start, render
from lantime_exporter.mapping.binding_context import BindingContext, Test
from lantime_exporter.mapping.limits import MappingLimits
from lantime_exporter.mapping.result import Account, CollectorResult, DecodeErrorRecord, Mapped, failure
from lantime_exporter.mapping.value_kind import ValueKind, value_kind

MAX_GROWTH = 2
"""A document is kept if its text is at most so many times as long as that of the first one."""

STEPS_BETWEEN_CHECKS = 256
"""Steps between two checks of the limits: the slowest take less than 10 ms."""


class KindGuard(Struct, frozen=True, eq=False, gc=False):
    """The kind that the value of a leaf below a key must have."""

    index: int
    key: str
    kind: ValueKind


@dataclass(frozen=True, slots=True)
class Guards:
    """The values on which decisions depended, to check these decisions for the next document."""

    values: Callable[[Sequence[Scalar]], object]
    expected: object
    predicates: Sequence[tuple[int, Test, bool]]
    kinds: Sequence[KindGuard]

    def hold(self, leaves: Sequence[Scalar]) -> bool:
        """Return whether every decision would be the same."""
        if self.values(leaves) != self.expected:
            return False
        for index, test, result in self.predicates:
            if test(leaves[index]) is not result:
                return False
        for guard in self.kinds:
            found = value_kind(guard.key, leaves[guard.index])
            if found is not guard.kind and found is not ValueKind.NOTHING:
                return False
        return True


class Step(Struct, frozen=True, eq=False, gc=False):
    """One binding, ready to be rendered. ``collector`` and ``metric`` are places in the lists of the plan.

    ``start`` is the ``line_start`` of the binding.
    """

    collector: int
    metric: int
    binding: Binding
    start: str | None


@dataclass(frozen=True, slots=True)
class PlannedCollector:
    """A collector, and the errors in its binding."""

    name: str
    decode_errors: tuple[DecodeErrorRecord, ...]
    failure: str


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A document and its lines. ``errors`` are the steps that failed."""

    leaves: Sequence[Scalar]
    texts: list[str]
    """The lines of each step."""
    blocks: list[str]
    """The lines of each metric."""
    errors: dict[int, DecodeErrorRecord | str]
    series: int
    characters: int
    """Characters of all lines."""
    held: int
    """Characters of all lines, and bytes of the leaves that are texts."""


@dataclass(slots=True, eq=False)
class Plan:
    """Renders every document of one shape whose guards hold. Safe for use by several threads."""

    guards: Guards
    collectors: Sequence[PlannedCollector]
    metrics: Sequence[Metric]
    """The metrics, in the order of their export."""
    steps: Sequence[Step]
    """The steps, grouped by collector."""
    steps_of_leaf: Sequence[Sequence[int]]
    steps_of_metric: Sequence[Sequence[int]]
    accounts: Mapping[Account, int]
    dropped: Mapping[str, int]
    last: Rendering | None = None
    max_held: int = 0
    """Bytes that the last rendering may hold."""

    def run(self, leaves: Sequence[Scalar], limits: MappingLimits) -> Mapped:
        """Return the lines for these values. Raises ContentError or DeadlineError beyond the limits."""
        last = self.last
        if last is None:
            changed: Sequence[int] = range(len(leaves))
            due: Sequence[int] = range(len(self.steps))
            last = Rendering((None,) * len(leaves), [""] * len(self.steps), [""] * len(self.metrics), {}, 0, 0, 0)
        else:
            changed = list(compress(count(), map(ne, leaves, last.leaves)))
            due = sorted(set(chain.from_iterable(map(self.steps_of_leaf.__getitem__, changed))))
        seconds, rendering = self._render(due, changed, leaves, last, limits)
        self.max_held = self.max_held or MAX_GROWTH * rendering.held
        if rendering.held <= self.max_held:
            self.last = rendering
        return Mapped(
            tuple(zip(self.metrics, rendering.blocks, strict=True)),
            self._results(seconds, rendering.errors),
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
    ) -> tuple[list[float], Rendering]:
        """Return the seconds of each collector, and the last rendering with the due steps rendered again."""
        texts, blocks, errors = last.texts.copy(), last.blocks.copy(), last.errors.copy()
        series, characters = last.series, last.characters
        seconds = [0.0] * len(self.collectors)
        steps = self.steps
        for place, numbers in groupby(due, lambda number: steps[number].collector):
            started = time.perf_counter()
            for number in numbers:
                step, before = steps[number], texts[number]
                errors.pop(number, None)
                try:
                    text = render(step.binding, step.start, leaves)
                except DecodeError as error:
                    text, errors[number] = "", self._decode_error(step, str(error), leaves)
                except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
                    text, errors[number] = "", failure(error)
                texts[number] = text
                series += text.count("\n") - before.count("\n")
                characters += len(text) - len(before)
                if not number % STEPS_BETWEEN_CHECKS:
                    limits.check(series, characters)
            seconds[place] = time.perf_counter() - started
        limits.check(series, characters)
        for metric in {steps[number].metric for number in due}:
            blocks[metric] = "".join([texts[number] for number in self.steps_of_metric[metric]])
        held = last.held + characters - last.characters
        held += sum(text_size(leaves[index]) - text_size(last.leaves[index]) for index in changed)
        return seconds, Rendering(leaves, texts, blocks, errors, series, characters, held)

    def _decode_error(self, step: Step, problem: str, leaves: Sequence[Scalar]) -> DecodeErrorRecord:
        sources = step.binding.sources
        paths = ", ".join("/".join(leaf.path) for leaf in sources)
        return DecodeErrorRecord(self.collectors[step.collector].name, paths, problem, leaves[sources[0].index])

    def _results(
        self, seconds: Sequence[float], errors: Mapping[int, DecodeErrorRecord | str]
    ) -> tuple[CollectorResult, ...]:
        found: defaultdict[int, list[DecodeErrorRecord]] = defaultdict(list)
        defects: dict[int, str] = {}
        for number in sorted(errors):
            error, place = errors[number], self.steps[number].collector
            if isinstance(error, str):
                defects[place] = error
            else:
                found[place].append(error)
        return tuple(
            CollectorResult(
                collector.name,
                seconds[place],
                (*collector.decode_errors, *found[place]) if place in found else collector.decode_errors,
                collector.failure or defects.get(place, ""),
            )
            for place, collector in enumerate(self.collectors)
        )


def compile_plan(
    context: BindingContext,
    bindings: Mapping[str, Sequence[Binding]],
    failures: Mapping[str, str],
) -> Plan:
    """Return the plan of these bindings, by collector. ``failures`` are the collectors that failed.

    Raises ContentError or DeadlineError beyond the limits.
    """
    decode_errors: defaultdict[str, list[DecodeErrorRecord]] = defaultdict(list)
    for error in context.decode_errors:
        decode_errors[error.collector].append(error)
    names = (*bindings, *sorted((decode_errors.keys() | failures.keys()) - bindings.keys()))
    metrics: dict[Metric, int] = {}
    steps: list[Step] = []
    characters = 0
    for place, name in enumerate(names):
        for binding in bindings.get(name, ()):
            context.limits.check_page(characters)
            metric = metrics.setdefault(binding.metric, len(metrics))
            start = line_start(binding)
            characters += len(start or "")
            steps.append(Step(place, metric, binding, start))
    steps_of_leaf: list[list[int]] = [[] for _ in range(context.count)]
    steps_of_metric: list[list[int]] = [[] for _ in metrics]
    for number, step in enumerate(steps):
        steps_of_metric[step.metric].append(number)
        for leaf in step.binding.sources:
            steps_of_leaf[leaf.index].append(number)
    return Plan(
        _guards(context),
        [PlannedCollector(name, tuple(decode_errors[name]), failures.get(name, "")) for name in names],
        tuple(metrics),
        steps,
        tuple(map(tuple, steps_of_leaf)),
        steps_of_metric,
        _count_accounts(context),
        dict(context.dropped),
    )


def text_size(value: Scalar) -> int:
    """Return the bytes that a text takes in memory, up to four for each character; 0 for other values."""
    return value.__sizeof__() if isinstance(value, str) else 0


def _guards(context: BindingContext) -> Guards:
    pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*context.guards) if context.guards else lambda _: None
    expected = tuple(leaf.value for leaf in context.guards.values())
    return Guards(
        pick,
        expected if len(expected) > 1 else expected[0] if expected else None,
        [(leaf.index, test, result) for leaf, test, result in context.predicates],
        [KindGuard(leaf.index, key, kind) for leaf, key, kind in context.kinds],
    )


def _count_accounts(context: BindingContext) -> Mapping[Account, int]:
    """Return the number of leaves per account."""
    counts = Counter(context.accounts.values())
    counts[Account.UNACCOUNTED] = context.count - len(context.accounts)
    return {name: counts[name] for name in Account}
