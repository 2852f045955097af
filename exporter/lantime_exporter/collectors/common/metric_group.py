"""Metrics of one table, which share the prefix of their names, their first labels and mostly the grade."""

from lantime_exporter.exposition import metric
from lantime_exporter.exposition.metric import Grade, Metric


class MetricGroup:
    """Creates metrics with a prefix (``lantime_output``) and the labels of the table's finder."""

    def __init__(self, prefix: str, *labels: str, grade: Grade = Grade.A) -> None:
        """Set the shared parts; ``grade`` is the default."""
        self._prefix = prefix
        self._labels = labels
        self._grade = grade

    def gauge(self, name: str, text: str, *labels: str, grade: Grade | None = None) -> Metric:
        """Return the gauge ``PREFIX_NAME``; its labels follow those of the group."""
        return metric.gauge(f"{self._prefix}_{name}", text, *self._labels, *labels, grade=grade or self._grade)

    def counter(self, name: str, text: str, *labels: str, grade: Grade | None = None) -> Metric:
        """Return a counter; the name ends in ``_total``."""
        return metric.counter(f"{self._prefix}_{name}", text, *self._labels, *labels, grade=grade or self._grade)

    def info(self, name: str, text: str, *labels: str, grade: Grade | None = None) -> Metric:
        """Return an info metric; the name ends in ``_info``."""
        return metric.info(f"{self._prefix}_{name}", text, *self._labels, *labels, grade=grade or self._grade)
