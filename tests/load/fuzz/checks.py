"""Conditions for every result of any input."""

from collections import Counter

from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.result import Mapped
from lantime_exporter.probe import metrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text


def pages(mapped: Mapped) -> tuple[str, str]:
    """Return the page of a probe in the text format and as OpenMetrics."""
    page = Page((*metrics.outcome("none", 0.1, 9.5), *metrics.mapping(mapped), *mapped.families))
    return page.render(openmetrics=False).decode(), page.render(openmetrics=True).decode()


def check_mapped(mapped: Mapped) -> None:
    """Raise AssertionError if a collector failed, pages differ in their series, or a series occurs twice."""
    need([result for result in mapped.collectors if result.error] == [], "no collector fails")
    text, openmetrics = pages(mapped)
    plain, typed = (
        Counter(
            (sample.name, frozenset(sample.labels.items()), sample.value)
            for family in read(page)
            for sample in family.samples
        )
        for read, page in ((read_text, text), (read_openmetrics, openmetrics))
    )
    need(plain == typed, "both formats say the same")
    series = Counter((name, labels) for name, labels, _ in plain)
    need([name for name, times in series.items() if times > 1] == [], "each series is there once")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    need(plain.total() == len(lines), "each line is a sample")
    need(all(count >= 0 for count in mapped.accounts.values()), "no account is negative")


def need(holds: bool, what: str) -> None:
    """Raise AssertionError unless the condition holds."""
    if not holds:
        raise AssertionError(what)
