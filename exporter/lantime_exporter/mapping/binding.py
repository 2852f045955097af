"""A binding: one row of a table bound to the leaves of one document shape, and how its lines are rendered."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Kind, Metric
from lantime_exporter.exposition.text import figure, sample_lines

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

    ``labels`` are the values of the metric's first labels, which depend only on shape and names. ``start`` is its line
    up to the value, computed once. It is None for a binding whose ``decode`` returns many samples, which add the
    remaining labels at every probe. A plan has thousands of bindings, so the garbage collector does not visit them.
    """

    metric: Metric
    labels: tuple[str, ...]
    sources: tuple[Leaf, ...]
    decode: Decode | DecodeMany
    start: str | None

    @property
    def paths(self) -> str:
        """The paths of the leaves, for errors."""
        return ", ".join("/".join(leaf.path) for leaf in self.sources)

    @property
    def many(self) -> bool:
        """Whether ``decode`` returns many samples, not one figure."""
        return self.start is None

    def render(self, leaves: Sequence[Scalar]) -> str:
        """Return the lines for the leaves of a document, empty for no sample. Raises DecodeError."""
        sources = self.sources
        # Most bindings have one source, and need no list of them.
        value: Any = (
            self.decode(leaves[sources[0].index])
            if len(sources) == 1
            else self.decode(*[leaves[leaf.index] for leaf in sources])
        )
        if self.start is None:
            return _several_samples(self, value)
        if value is None:
            return ""
        if value < 0 and self.metric.kind is Kind.COUNTER:
            raise DecodeError(NEGATIVE)
        return f"{self.start}{figure(value)}\n"


def _several_samples(binding: Binding, samples: Sequence[Sample]) -> str:
    found, metric = dict(samples), binding.metric
    if any(len(label) > MAX_LABEL_LENGTH for labels in found for label in labels):
        raise DecodeError(f"expected a text of at most {MAX_LABEL_LENGTH} characters")
    if metric.kind is Kind.COUNTER and any(value < 0 for value in found.values()):
        raise DecodeError(NEGATIVE)
    return sample_lines(metric, (((*binding.labels, *labels), value) for labels, value in found.items()))
