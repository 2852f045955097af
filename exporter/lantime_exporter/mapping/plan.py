"""A context made fast: the work that is left for every probe of a device whose shape is known."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext, Test
from lantime_exporter.mapping.limits import MappingLimits
from lantime_exporter.mapping.result import Account, CollectorResult, DecodeErrorRecord, Mapped
from lantime_exporter.mapping.steps import (
    CachedStep,
    ComputedStep,
    LineCache,
    NumberStep,
    Step,
    StepErrors,
    constant_lines,
    run_cached_steps,
    run_computed_steps,
    run_number_steps,
    step_of,
)
from lantime_exporter.mapping.value_kind import ValueKind, value_kind

CACHED_CHARACTERS_PER_LEAF = 200
"""Characters of lines that a plan keeps, and of the values they came from, for each leaf; one time takes about 30."""


STEPS_PER_CHECK = 2_000
"""Steps of a large plan after which its page is measured."""


@dataclass(frozen=True, slots=True)
class Guards:
    """What was decided by looking at values, so that the decisions can be checked for the next document."""

    values: Callable[[Sequence[Scalar]], object]
    expected: object
    predicates: Sequence[tuple[int, Test, bool]]
    kinds: Sequence[tuple[int, str, ValueKind]]

    def hold(self, leaves: Sequence[Scalar]) -> bool:
        """Return whether every decision would be the same."""
        if self.values(leaves) != self.expected:
            return False
        for index, test, answer in self.predicates:
            if test(leaves[index]) is not answer:
                return False
        for index, key, kind in self.kinds:
            found = value_kind(key, leaves[index])
            if found is not kind and found is not ValueKind.NOTHING:
                return False
        return True


@dataclass(frozen=True, slots=True)
class CollectorSteps:
    """What one collector does at every probe, and what went wrong in it while it was bound."""

    name: str
    numbers: Sequence[NumberStep]
    cached: Sequence[CachedStep]
    computed: Sequence[ComputedStep]
    decode_errors: tuple[DecodeErrorRecord, ...]
    failure: str

    def run(
        self, leaves: Sequence[Scalar], lines: Sequence[list[str]], cache: LineCache, limits: MappingLimits | None
    ) -> CollectorResult:
        """Write the lines of all steps; with ``limits``, raise ContentError or DeadlineError beyond them."""
        started = time.perf_counter_ns()
        errors = StepErrors(self.name)
        for numbers, cached, computed in self._batches() if limits else ((self.numbers, self.cached, self.computed),):
            run_number_steps(numbers, leaves, lines, errors)
            run_cached_steps(cached, leaves, lines, errors, cache)
            run_computed_steps(computed, leaves, lines, errors)
            if limits:
                limits.check(lines)
        seconds = (time.perf_counter_ns() - started) / 1e9
        return CollectorResult(
            self.name, seconds, (*self.decode_errors, *errors.decode_errors), self.failure or errors.defect
        )

    def _batches(self) -> Iterator[tuple[Sequence[NumberStep], Sequence[CachedStep], Sequence[ComputedStep]]]:
        """Yield the steps, ``STEPS_PER_CHECK`` of each kind at a time."""
        most = max(len(self.numbers), len(self.cached), len(self.computed))
        for begin in range(0, most, STEPS_PER_CHECK):
            batch = slice(begin, begin + STEPS_PER_CHECK)
            yield self.numbers[batch], self.cached[batch], self.computed[batch]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What to do with every document of one shape whose guards hold."""

    guards: Guards
    metrics: Sequence[Metric]
    """The metrics, in the order in which they are exported."""
    constants: Sequence[Sequence[str]]
    """The lines of each metric that are always the same."""
    collectors: Sequence[CollectorSteps]
    accounts: Mapping[Account, int]
    dropped: Mapping[str, int]
    cache: LineCache
    is_large: bool
    """Whether its pages may come near the limits."""

    def run(self, leaves: Sequence[Scalar], limits: MappingLimits) -> Mapped:
        """Return the lines for these values. Raises ContentError or DeadlineError beyond the limits."""
        lines = [list(constant) for constant in self.constants]
        checked = limits if self.is_large else None
        results = [collector.run(leaves, lines, self.cache, checked) for collector in self.collectors]
        return Mapped(tuple(zip(self.metrics, lines, strict=True)), tuple(results), self.accounts, self.dropped)


def compile_plan(
    context: BindingContext,
    bindings: Mapping[str, Sequence[Binding]],
    failures: Mapping[str, str],
) -> Plan:
    """Return the plan of these bindings, by collector. ``failures`` are the collectors that failed."""
    cache = LineCache(CACHED_CHARACTERS_PER_LEAF * context.count)
    decode_errors: defaultdict[str, list[DecodeErrorRecord]] = defaultdict(list)
    for error in context.decode_errors:
        decode_errors[error.collector].append(error)
    places: dict[Metric, int] = {}
    constants: defaultdict[int, list[str]] = defaultdict(list)
    collectors = []
    for name in (*bindings, *sorted((decode_errors.keys() | failures.keys()) - bindings.keys())):
        steps: list[Step] = []
        for binding in bindings.get(name, ()):
            place = places.setdefault(binding.metric, len(places))
            if binding.sources:
                steps.append(step_of(place, binding, cache))
            else:
                constants[place].append(constant_lines(binding))
        collectors.append(collector_steps(name, steps, tuple(decode_errors[name]), failures.get(name, "")))
    return Plan(
        _guards(context),
        tuple(places),
        [constants[place] for place in places.values()],
        collectors,
        _count_accounts(context),
        dict(context.dropped),
        cache,
        is_large=sum(map(len, bindings.values())) > context.limits.max_unchecked_bindings,
    )


def collector_steps(
    name: str, steps: Sequence[Step], decode_errors: tuple[DecodeErrorRecord, ...] = (), failure: str = ""
) -> CollectorSteps:
    """Return the steps of a collector by their kind."""
    return CollectorSteps(
        name,
        [step for step in steps if isinstance(step, NumberStep)],
        [step for step in steps if isinstance(step, CachedStep)],
        [step for step in steps if isinstance(step, ComputedStep)],
        decode_errors,
        failure,
    )


def _guards(context: BindingContext) -> Guards:
    pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*context.guards) if context.guards else lambda _: None
    expected = tuple(leaf.value for leaf in context.guards.values())
    return Guards(
        pick,
        expected if len(expected) > 1 else expected[0] if expected else None,
        [(leaf.index, test, answer) for leaf, test, answer in context.predicates],
        [(leaf.index, key, kind) for leaf, key, kind in context.kinds],
    )


def _count_accounts(context: BindingContext) -> Mapping[Account, int]:
    """Return how many leaves of the document became what."""
    counts = Counter(context.accounts.values())
    counts[Account.UNACCOUNTED] = context.count - len(context.accounts)
    return {name: counts[name] for name in Account}
