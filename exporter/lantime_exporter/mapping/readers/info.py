"""Readers of info metrics: identity as labels."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope

Clean = Callable[[Scalar], str | None]


@dataclass(frozen=True, slots=True)
class InfoLabels:
    """An info metric: each label has its leaf and is empty without a value; no series if all are empty.

    ``labels`` maps each label to the spellings of its key and how the text is cleaned.
    """

    labels: Mapping[str, tuple[tuple[str, ...], Clean]]

    @property
    def keys(self) -> tuple[str, ...]:
        """The first spelling of the first label, which represents the block."""
        return (next(iter(self.labels.values()))[0][0],)

    @property
    def label_count(self) -> int:
        """The number of its labels."""
        return len(self.labels)

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return one binding of all labels that exist."""
        found = [(context.leaf(scope, keys), clean) for keys, clean in self.labels.values()]
        leaves = tuple(leaf for leaf, _ in found if leaf)
        if not leaves:
            return ()
        cleaners = tuple(clean if leaf else None for leaf, clean in found)
        return (Binding(metric, labels, leaves, partial(_clean, cleaners), many=True),)


def _clean(cleaners: Sequence[Clean | None], *raw: Scalar) -> Sequence[Sample]:
    rest = iter(raw)
    found = tuple(clean(next(rest)) or "" if clean else "" for clean in cleaners)
    return [(found, 1.0)] if any(found) else ()


def info_labels(**labels: str | tuple[str | Clean, ...]) -> InfoLabels:
    """Return a reader for an info metric.

    Each keyword is a label, in the metric's order, with its key's spellings; a function among them cleans the text.
    """
    return InfoLabels(
        {label: _spelled((given,) if isinstance(given, str) else given) for label, given in labels.items()}
    )


def _spelled(given: tuple[str | Clean, ...]) -> tuple[tuple[str, ...], Clean]:
    keys = tuple(item for item in given if isinstance(item, str))
    cleaners = [item for item in given if not isinstance(item, str)]
    return keys, cleaners[0] if cleaners else values.text
