"""The collectors in the order in which they run, and their metrics."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lantime_exporter.document.shape import Summarise
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping import generic
from lantime_exporter.mapping.table import Collector


@dataclass(frozen=True, repr=False)
class CollectorRegistry:
    """Collectors in the order in which they run, and their metrics."""

    collectors: tuple[Collector, ...]

    def __post_init__(self) -> None:
        """Raise ValueError if two collectors define a metric differently."""
        seen: dict[str, Metric] = {}
        for metric in self._metrics():
            if seen.setdefault(metric.name, metric) != metric:
                raise ValueError(f"{metric.name}: two definitions")

    def _metrics(self) -> Iterator[Metric]:
        for collector in self.collectors:
            for _, row in collector.rows():
                yield row.metric
        yield from generic.METRICS

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """The metrics by name, in the order of collectors and rows."""
        return {metric.name: metric for metric in self._metrics()}

    @cached_property
    def summaries(self) -> Mapping[str, Summarise]:
        """The function that turns a list of varying length into one object, by the key of the list."""
        tables = (table for collector in self.collectors for table in collector.tables)
        return {key: summarise for table in tables for key, summarise in table.summaries.items()}
