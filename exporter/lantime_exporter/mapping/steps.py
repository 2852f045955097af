"""Steps: what is left to do for one binding at every probe. Label values, names and prefixes are rendered once.

Most bindings are a number or a word of one leaf; their steps run in a loop without a call. The others are computed.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import Linear
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Kind, Metric
from lantime_exporter.exposition.text import PLAIN, figure, prefix
from lantime_exporter.mapping.binding import MAX_LABEL_LENGTH, Binding, Sample
from lantime_exporter.mapping.result import DecodeErrorRecord, failure

MAX_CACHED_VALUES = 16
"""Values of one step whose lines are kept."""

MAX_LINEAR = 1e15
"""Below this magnitude a multiplication cannot overflow."""

MIN_PLAIN = 1.0 - PLAIN
"""Negative numbers from here on need no exponent."""

Render = Callable[[Sequence[Scalar]], str]
"""The leaves of a document -> the lines of one binding, empty for no sample. Raises DecodeError."""

Lines = Sequence[list[str]]
"""The lines of each metric."""


class NumberStep(NamedTuple):
    """One leaf, whose number times ``times`` by ``parts`` is the figure.

    Anything that is no number from ``least`` to ``most`` is for the binding's own function.
    """

    place: int
    leaf: int
    times: float
    parts: float
    least: float
    most: float
    prefix: str
    binding: Binding


class CachedStep(NamedTuple):
    """One leaf, whose lines are ``known`` by its value. Values not yet known are for ``render``."""

    place: int
    leaf: int
    known: dict[Any, str]
    render: Render
    binding: Binding


class ComputedStep(NamedTuple):
    """A step of any other kind."""

    place: int
    render: Render
    binding: Binding


Step = NumberStep | CachedStep | ComputedStep


class LineCache:
    """The lines that the steps of one plan keep by the values they came from; emptied when it holds too much."""

    def __init__(self, max_characters: int) -> None:
        self._max_characters = max_characters
        self._characters = 0
        self._kept: list[dict[Any, str]] = []
        self._lock = threading.Lock()

    def new(self) -> dict[Any, str]:
        """Return the lines of one more step: none yet."""
        self._kept.append({})
        return self._kept[-1]

    def keep(self, known: dict[Any, str], value: Any, lines: str) -> None:
        """Keep the lines of a value."""
        size = len(str(value)) + len(lines)
        if size > self._max_characters:
            return
        with self._lock:
            self._characters += size
            if self._characters > self._max_characters:
                self._characters = size
                for kept in self._kept:
                    kept.clear()
            elif len(known) >= MAX_CACHED_VALUES:
                known.clear()
            known[value] = lines


class StepErrors:
    """What went wrong in the steps of one collector at one probe."""

    def __init__(self, collector: str) -> None:
        self._collector = collector
        self.decode_errors: list[DecodeErrorRecord] = []
        self.defect = ""

    def render(self, render: Render, leaves: Sequence[Scalar], binding: Binding) -> str | None:
        """Return the lines, None where something went wrong."""
        try:
            return render(leaves)
        except DecodeError as error:
            paths = ", ".join("/".join(leaf.path) for leaf in binding.sources)
            value = leaves[binding.sources[0].index]
            self.decode_errors.append(DecodeErrorRecord(self._collector, paths, str(error), value))
        except Exception as error:  # noqa: BLE001 -- a defect of one collector costs that collector only
            self.defect = failure(error)
        return None


def step_of(place: int, binding: Binding, cache: LineCache) -> Step:
    """Return the step of a binding that has sources; its lines go to the metric at ``place``."""
    if len(binding.sources) > 1:
        render = _render_several(binding)
        return ComputedStep(place, _cached(binding, render, cache) if binding.is_cached else render, binding)
    [source] = binding.sources
    if binding.linear is not None and not binding.is_cached and not isinstance(source.value, str):
        return _number_step(place, binding, binding.linear)
    render = _render_several(binding) if binding.many else _render_one(binding)
    if binding.is_cached or isinstance(source.value, str):
        return CachedStep(place, source.index, cache.new(), render, binding)
    return ComputedStep(place, render, binding)


def constant_lines(binding: Binding) -> str:
    """Return the lines of a binding without sources."""
    return _render_several(binding)(())


def run_number_steps(steps: Iterable[NumberStep], leaves: Sequence[Scalar], lines: Lines, errors: StepErrors) -> None:
    """Write numbers from JSON without a call."""
    for place, leaf, times, parts, least, most, start, binding in steps:
        value: Any = leaves[leaf]
        kind = type(value)
        if (kind is float or kind is int) and least <= value <= most:
            if kind is int and times == parts and value < PLAIN:
                lines[place].append(f"{start}{value}.0\n")
                continue
            found = value * times / parts
            lines[place].append(f"{start}{found!r}\n" if -PLAIN < found < PLAIN else f"{start}{figure(found)}\n")
        elif text := errors.render(_render_one(binding), leaves, binding):
            lines[place].append(text)


def run_cached_steps(
    steps: Iterable[CachedStep], leaves: Sequence[Scalar], lines: Lines, errors: StepErrors, cache: LineCache
) -> None:
    """Write the lines that are known for a value without a call."""
    for place, leaf, known, render, binding in steps:
        text = known.get(leaves[leaf])
        if text is None:
            text = errors.render(render, leaves, binding)
            if text is not None:
                cache.keep(known, leaves[leaf], text)
        if text:
            lines[place].append(text)


def run_computed_steps(
    steps: Iterable[ComputedStep], leaves: Sequence[Scalar], lines: Lines, errors: StepErrors
) -> None:
    """Write the lines of all other steps."""
    for place, render, binding in steps:
        if text := errors.render(render, leaves, binding):
            lines[place].append(text)


def _number_step(place: int, binding: Binding, linear: Linear) -> NumberStep:
    least = max(linear.least, 0.0 if binding.metric.kind is Kind.COUNTER else MIN_PLAIN)
    start = prefix(binding.metric, binding.labels)
    index = binding.sources[0].index
    return NumberStep(place, index, linear.times, linear.parts, least, min(linear.most, MAX_LINEAR), start, binding)


def _render_one(binding: Binding) -> Render:
    """Return the function of a binding with one leaf and one figure."""
    start, index, decode = prefix(binding.metric, binding.labels), binding.sources[0].index, binding.decode
    write = _writer(binding.metric)

    def render(leaves: Sequence[Scalar]) -> str:
        value: Any = decode(leaves[index])
        return "" if value is None else f"{start}{write(value)}\n"

    return render


def _render_several(binding: Binding) -> Render:
    """Return the function of a binding with any number of leaves and samples."""
    indices = tuple(leaf.index for leaf in binding.sources)
    write_lines = _many_lines(binding) if binding.many else _one_line(binding)
    return lambda leaves: write_lines(binding.decode(*[leaves[index] for index in indices]))


def _cached(binding: Binding, render: Render, cache: LineCache) -> Render:
    """Return the function with its lines kept by the values of the leaves they came from."""
    pick: Callable[[Sequence[Scalar]], Any] = itemgetter(*(leaf.index for leaf in binding.sources))
    known = cache.new()

    def render_unknown(leaves: Sequence[Scalar]) -> str:
        values = pick(leaves)
        text = known.get(values)
        if text is None:
            text = render(leaves)
            cache.keep(known, values, text)
        return text

    return render_unknown


def _one_line(binding: Binding) -> Callable[[Any], str]:
    start, write = prefix(binding.metric, binding.labels), _writer(binding.metric)
    return lambda value: "" if value is None else f"{start}{write(value)}\n"


def _many_lines(binding: Binding) -> Callable[[Any], str]:
    metric, fixed = binding.metric, binding.labels
    write = _writer(metric)

    def write_lines(samples: Sequence[Sample]) -> str:
        found = dict(samples)
        if any(len(label) > MAX_LABEL_LENGTH for labels in found for label in labels):
            raise DecodeError(f"expected a text of at most {MAX_LABEL_LENGTH} characters")
        return "".join([f"{prefix(metric, (*fixed, *labels))}{write(value)}\n" for labels, value in found.items()])

    return write_lines


def _writer(metric: Metric) -> Callable[[float], str]:
    """Return how a figure of the metric is written; that of a counter raises DecodeError below zero."""
    return _count if metric.kind is Kind.COUNTER else figure


def _count(value: float) -> str:
    if value < 0:
        raise DecodeError("expected a count, which is never negative")
    return figure(value)
