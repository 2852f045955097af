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

NEGATIVE = "expected a count, which is never negative"


class Found(Struct, frozen=True, eq=False, gc=False):
    """What a reader finds: leaves, and how their values become one figure, or samples with ``many``.

    ``labels`` are the values of the metric's last labels, in front of those that the samples add.
    """

    leaves: tuple[Leaf, ...]
    decode: Decode | DecodeMany
    labels: tuple[str, ...] = ()
    many: bool = False


class Binding(Struct, frozen=True, eq=False, gc=False):
    """Turns leaf values into the samples of one metric.

    ``labels`` are the values of the metric's first labels, which depend only on shape and names. With ``many``,
    ``decode`` adds the remaining labels at every probe; otherwise there are none, and ``decode`` returns one figure.
    A plan has thousands of bindings, so the garbage collector does not visit them.
    """

    metric: Metric
    labels: tuple[str, ...]
    sources: tuple[Leaf, ...]
    decode: Decode | DecodeMany
    many: bool = False


def line_start(binding: Binding) -> str | None:
    """Return the line of a binding up to its value, None if it has many samples."""
    return None if binding.many else prefix(binding.metric, binding.labels)


def render(binding: Binding, start: str | None, leaves: Sequence[Scalar]) -> str:
    """Return the lines of a binding for the leaves of a document, empty for no sample.

    ``start`` is its ``line_start``, which is computed once. Raises DecodeError.
    """
    value: Any = binding.decode(*[leaves[leaf.index] for leaf in binding.sources])
    if start is None:
        return _several_samples(binding, value)
    if value is None:
        return ""
    if value < 0 and binding.metric.kind is Kind.COUNTER:
        raise DecodeError(NEGATIVE)
    return f"{start}{figure(value)}\n"


def _several_samples(binding: Binding, samples: Sequence[Sample]) -> str:
    found, metric = dict(samples), binding.metric
    if any(len(label) > MAX_LABEL_LENGTH for labels in found for label in labels):
        raise DecodeError(f"expected a text of at most {MAX_LABEL_LENGTH} characters")
    if metric.kind is Kind.COUNTER and any(value < 0 for value in found.values()):
        raise DecodeError(NEGATIVE)
    return sample_lines(metric, (((*binding.labels, *labels), value) for labels, value in found.items()))
