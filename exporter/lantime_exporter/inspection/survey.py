"""A document mapped for people: series that keep their parts, and what became of every leaf."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.reading import Reading, Sample
from lantime_exporter.mapping.trace import Account, Oddity, Trace, failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One sample. ``fixed`` labels say what it is about, ``found`` labels were read with the value."""

    metric: Metric
    fixed: Mapping[str, str]
    found: Mapping[str, str]
    value: float

    @property
    def labels(self) -> Mapping[str, str]:
        """All labels in the metric's order."""
        return {**self.fixed, **self.found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a leaf; ``reason`` is empty where there is nothing to say."""

    path: str
    account: Account
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Everything that a document comes to.

    ``series`` are by collector, in the order in which they run. ``failures`` are collectors that failed with the text
    of their exception, ``dropped`` the series beyond the generic layer's limit by slot.
    """

    series: Mapping[str, Sequence[Series]]
    fates: Sequence[Fate]
    oddities: Sequence[Oddity]
    failures: Mapping[str, str]
    dropped: Mapping[str, int] = field(default_factory=dict)


def survey(mapper: Mapper, document: dict[str, Any]) -> Survey:
    """Return what a parsed document comes to, whatever of it the mapper's module exports.

    Raises ContentError for documents nested too deeply.
    """
    trace, failures = mapper.trace(document)
    series: dict[str, list[Series]] = defaultdict(list)
    oddities = list(trace.oddities)
    for collector, readings in trace.readings.items():
        for reading in readings:
            try:
                series[collector].extend(_series(reading))
            except DecodeError as error:
                oddities.append(_oddity(collector, reading, str(error)))
            except Exception as error:  # noqa: BLE001 -- a defect of one collector is shown with all that the others say
                failures.setdefault(collector, failure(error))
    return Survey(
        series=dict(series), fates=tuple(_fates(trace)), oddities=oddities, failures=failures, dropped=trace.dropped
    )


def _series(reading: Reading) -> Iterable[Series]:
    metric = reading.metric
    decoded: Any = reading.decode(*[leaf.value for leaf in reading.sources])
    samples: Sequence[Sample] = decoded if reading.many else () if decoded is None else [((), decoded)]
    fixed, others = metric.labels[: len(reading.labels)], metric.labels[len(reading.labels) :]
    # Like the exposition, the last of several samples of one series counts.
    for found, value in dict(samples).items():
        yield Series(
            metric=metric,
            fixed=dict(zip(fixed, reading.labels, strict=True)),
            found=dict(zip(others, found, strict=True)),
            value=value,
        )


def _oddity(collector: str, reading: Reading, problem: str) -> Oddity:
    paths = ", ".join("/".join(leaf.path) for leaf in reading.sources)
    return Oddity(collector, paths, problem, reading.sources[0].value)


def _fates(trace: Trace) -> Iterable[Fate]:
    for leaf in trace.root.leaves():
        account = trace.accounts.get(leaf.index, Account.UNACCOUNTED)
        yield Fate(path="/".join(leaf.path), account=account, reason=trace.reasons.get(leaf.index, ""))
