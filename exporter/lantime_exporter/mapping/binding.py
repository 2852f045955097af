"""A binding: one row of a table bound to the leaves of one document shape, and how its lines are rendered."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Kind, Metric
from lantime_exporter.exposition.text import figure, prefix, sample_lines

MAX_LABEL_LENGTH = 1000
"""Characters of a label value; the longest known ones have some sixty."""

Sample = tuple[tuple[str, ...], float]
"""Values of the labels that the binding adds, and the value of the sample."""

Decode = Callable[..., float | None]
"""Leaf values -> the figure, None for no sample. Raises DecodeError."""

DecodeMany = Callable[..., Sequence[Sample]]
"""Leaf values -> samples. Raises DecodeError."""


Render = Callable[[Sequence[Scalar]], str]
"""The leaves of a document -> the lines of one binding, empty for no sample. Raises DecodeError."""

NEGATIVE = "expected a count, which is never negative"


class Binding(Struct, frozen=True, eq=False):
    """Turns leaf values into the samples of one metric.

    ``labels`` are the values of the metric's first labels, which depend only on shape and names. With ``many``,
    ``decode`` adds the remaining labels at every probe; otherwise there are none, and ``decode`` returns one figure.
    """

    metric: Metric
    labels: tuple[str, ...]
    sources: tuple[Leaf, ...]
    decode: Decode | DecodeMany
    many: bool = False


def render_of(binding: Binding) -> Render:
    """Return the function that renders a binding. Constant label values are rendered once, here."""
    decode: Callable[..., Any] = binding.decode
    write_lines = _several_samples(binding) if binding.many else _one_sample(binding)
    if len(binding.sources) == 1:
        index = binding.sources[0].index
        return lambda leaves: write_lines(decode(leaves[index]))
    indices = tuple(leaf.index for leaf in binding.sources)
    return lambda leaves: write_lines(decode(*[leaves[index] for index in indices]))


def _one_sample(binding: Binding) -> Callable[[float | None], str]:
    start, is_counter = prefix(binding.metric, binding.labels), binding.metric.kind is Kind.COUNTER

    def write_line(value: float | None) -> str:
        if value is None:
            return ""
        if is_counter and value < 0:
            raise DecodeError(NEGATIVE)
        return f"{start}{figure(value)}\n"

    return write_line


def _several_samples(binding: Binding) -> Callable[[Sequence[Sample]], str]:
    metric, fixed = binding.metric, binding.labels

    def write_lines(samples: Sequence[Sample]) -> str:
        found = dict(samples)
        if any(len(label) > MAX_LABEL_LENGTH for labels in found for label in labels):
            raise DecodeError(f"expected a text of at most {MAX_LABEL_LENGTH} characters")
        if metric.kind is Kind.COUNTER and any(value < 0 for value in found.values()):
            raise DecodeError(NEGATIVE)
        return sample_lines(metric, (((*fixed, *labels), value) for labels, value in found.items()))

    return write_lines
