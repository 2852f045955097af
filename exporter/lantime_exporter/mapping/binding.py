"""A binding: one row of a table bound to the leaves of one document shape."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.metric import Metric

MAX_LABEL_LENGTH = 1000
"""Characters of a label value; the longest that are known have some sixty."""

Sample = tuple[tuple[str, ...], float]
"""Values of the labels that the binding itself finds, and the sample's value."""

Decode = Callable[..., float | None]
"""Leaf values -> the figure, None for no sample. Raises DecodeError."""

DecodeMany = Callable[..., Sequence[Sample]]
"""Leaf values -> samples. Raises DecodeError."""


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """How to get the samples of one metric from leaf values.

    ``labels`` are the values of the metric's first labels, fixed by the document's shape and names; the remaining
    labels are found by ``decode`` at every probe (``many``), or there are none and ``decode`` gives one figure.
    """

    metric: Metric
    labels: tuple[str, ...]
    sources: tuple[Leaf, ...]
    decode: Decode | DecodeMany
    many: bool = False
