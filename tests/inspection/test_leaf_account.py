"""An inspection has all samples of the exposition, and the account of every leaf."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.shape import flatten
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.exposition.text import Page
from lantime_exporter.inspection.leaf_account import Inspection, inspect_document
from lantime_exporter.mapping.finders import root
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.readers import number, value
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.table import Collector, Row, Table
from prometheus_client.parser import text_string_to_metric_families

Document = dict[str, Any]
Inspected = Callable[[Document], Inspection]


def test_series_are_those_of_the_exposition(inspected: Inspected, mapper: Mapper, answer: Document) -> None:
    page = Page(mapper.map(answer).families).render(openmetrics=False).decode()
    exported = {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
    found = {
        (item.metric.name, frozenset(item.labels.items())): item.value
        for series in inspected(answer).series.values()
        for item in series
    }
    assert found == exported


def test_accounts_count_as_the_exporter_does(inspected: Inspected, mapper: Mapper, answer: Document) -> None:
    counts = Counter(leaf.account for leaf in inspected(answer).leaf_accounts)
    assert {name: count for name, count in mapper.map(answer).accounts.items() if count} == dict(counts)


def test_every_leaf_has_an_account(inspected: Inspected, answer: Document) -> None:
    assert len(inspected(answer).leaf_accounts) == len(flatten(answer, load().summaries).leaves)


def test_a_decode_error_is_named_with_its_path(inspected: Inspected, answer: Document) -> None:
    answer["data"]["system"]["uptime"] = "long"
    (decode_error,) = inspected(answer).decode_errors
    assert (decode_error.path, decode_error.value, decode_error.collector) == ("data/system/uptime", "long", "device")


def test_collector_that_fails_is_named_and_costs_no_other(answer: Document) -> None:
    def broken(trace: Any) -> Any:
        raise ZeroDivisionError("boom")

    row = Row(gauge("lantime_x", "Number."), number("changes.pending-changes"))
    collectors = (Collector("bad", (Table("..", broken),)), Collector("good", (Table("..", root, row),)))
    found = inspect_document(Mapper(CollectorRegistry(collectors), Module()), answer)
    assert (found.failures, len(found.series["good"])) == ({"bad": "ZeroDivisionError: boom"}, 1)


def test_collector_that_fails_on_a_value_is_named_and_keeps_the_others(answer: Document) -> None:
    def broken(raw: Any) -> float:
        raise ZeroDivisionError("boom")

    rows = (
        Row(gauge("lantime_x", "Number."), value(broken, "changes.pending-changes")),
        Row(gauge("lantime_y", "Number."), number("changes.pending-changes")),
    )
    found = inspect_document(
        Mapper(CollectorRegistry((Collector("bad", (Table("..", root, *rows),)),)), Module()), answer
    )
    assert "boom" in found.failures["bad"]
    assert [item.metric.name for item in found.series["bad"]] == ["lantime_y"]
