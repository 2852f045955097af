"""A binding: one row of a table bound to the leaves of one document shape."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.metric import Metric

MAX_LABEL_LENGTH = 1000
"""Characters of a label value; the longest known ones have some sixty."""

Sample = tuple[tuple[str, ...], float]
"""Values of the labels that the binding adds, and the value of the sample."""

Decode = Callable[..., float | None]
"""Leaf values -> the figure, None for no sample. Raises DecodeError."""

DecodeMany = Callable[..., Sequence[Sample]]
"""Leaf values -> samples. Raises DecodeError."""


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
