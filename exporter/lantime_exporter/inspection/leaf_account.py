"""A document mapped for display: series with their parts, and the account of every leaf."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding, Sample
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.result import Account, DecodeErrorRecord, failure


@dataclass(frozen=True, slots=True)
class Series:
    """One sample. ``fixed`` labels are known from the shape, ``found`` labels are read with the value."""

    metric: Metric
    fixed: Mapping[str, str]
    found: Mapping[str, str]
    value: float

    @property
    def labels(self) -> Mapping[str, str]:
        """All labels in the metric's order."""
        return {**self.fixed, **self.found}


class LeafAccount(NamedTuple):
    """What happened to a leaf; ``reason`` may be empty."""

    path: str
    account: Account
    reason: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result of inspecting a document.

    ``series`` are by collector, in the order in which they run. ``failures`` are collectors that failed with the text
    of their exception, ``dropped`` the series beyond the generic layer's limit by slot.
    """

    series: Mapping[str, Sequence[Series]]
    leaf_accounts: Sequence[LeafAccount]
    decode_errors: Sequence[DecodeErrorRecord]
    failures: Mapping[str, str]
    dropped: Mapping[str, int] = field(default_factory=dict)


def inspect_document(mapper: Mapper, document: dict[str, Any]) -> Inspection:
    """Return the inspection of a parsed document, including what the module of the mapper does not export.

    Raises ContentError for documents nested too deeply.
    """
    context, failures = mapper.bind(document)
    series: dict[str, list[Series]] = defaultdict(list)
    decode_errors = list(context.decode_errors)
    for collector, bindings in context.bindings.items():
        for binding in bindings:
            try:
                series[collector].extend(_series(binding))
            except DecodeError as error:
                decode_errors.append(DecodeErrorRecord(collector, binding.paths, str(error), binding.sources[0].value))
            except Exception as error:  # noqa: BLE001 -- a defect of one collector is shown with all that the others say
                failures.setdefault(collector, failure(error))
    leaf_accounts = tuple(
        LeafAccount(
            "/".join(leaf.path),
            context.accounts.get(leaf.index, Account.UNACCOUNTED),
            context.reasons.get(leaf.index, ""),
        )
        for leaf in context.root.leaves()
    )
    return Inspection(dict(series), leaf_accounts, decode_errors, failures, context.dropped)


def _series(binding: Binding) -> Iterator[Series]:
    metric, names = binding.metric, binding.metric.labels
    decoded: Any = binding.decode(*[leaf.value for leaf in binding.sources])
    samples: Sequence[Sample] = decoded if binding.many else () if decoded is None else [((), decoded)]
    fixed = dict(zip(names, binding.labels, strict=False))
    # Like the exposition, the last of several samples of one series counts.
    for labels, value in dict(samples).items():
        yield Series(metric, fixed, dict(zip(names[len(fixed) :], labels, strict=True)), value)
