"""Steps: each renders one binding when a value that it reads has changed."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from lantime_exporter.document.shape import Scalar
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Kind
from lantime_exporter.exposition.text import figure, prefix, sample_lines
from lantime_exporter.mapping.binding import MAX_LABEL_LENGTH, Binding, Sample

Render = Callable[[Sequence[Scalar]], str]
"""The leaves of a document -> the lines of one binding, empty for no sample. Raises DecodeError."""

NEGATIVE = "expected a count, which is never negative"


class Step(Struct, frozen=True, eq=False):
    """One binding, ready to be rendered. ``collector`` and ``metric`` are places in the lists of the plan."""

    collector: int
    metric: int
    binding: Binding
    render: Render


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
