"""Metrics of one table: the beginning of their names and labels, and mostly their grade, are the same."""

from lantime_exporter.exposition import metric
from lantime_exporter.exposition.metric import Grade, Metric


class MetricGroup:
    """Makes metrics with a prefix (``lantime_output``) and the labels that the place of the table gives."""

    def __init__(self, prefix: str, *labels: str, grade: Grade = Grade.A) -> None:
        """Set what the metrics share; ``grade`` is that of metrics that name none."""
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
