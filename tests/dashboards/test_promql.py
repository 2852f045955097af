"""Queries: they parse, ask for the chosen devices, rate counters over the right interval, name metrics that exist."""

import re
from collections.abc import Iterator
from typing import Any

import promql_parser
import pytest
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.registry import load as load_registry
from lantime_exporter.probe.metrics import METRICS

from tests.dashboards.dashboards_read import FILES, NAMES, filled, load, panels, targets
from tools.backfill import rule_texts
from tools.dashboards.unshown import UNSHOWN

CATALOGUE: dict[str, Metric] = {**load_registry().metrics, **{metric.name: metric for metric in METRICS}}

TARGET_LABELS = {"job", "instance"}

SUMMED_UP = {"ALERTS", "up"}
"""Metrics that Prometheus makes itself."""

OF_THE_PROCESS = re.compile(r"process_\w+|lantime_exporter_\w+")
"""Metrics of the exporter itself: their instance is an exporter, chosen by ``$exporter``."""


@pytest.fixture(params=FILES, ids=NAMES)
def dashboard(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def expressions(dashboard: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for title, target in targets(dashboard):
        yield title, target["expr"]
    for annotation in dashboard["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


def selectors(expr: str) -> list[promql_parser.VectorSelector]:
    found: list[promql_parser.VectorSelector] = []

    def visit(node: object) -> bool:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)
        elif isinstance(node, promql_parser.MatrixSelector):
            found.append(node.vector_selector)
        return True

    promql_parser.walk(promql_parser.parse(expr), visit)
    return found


def named(expr: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each metric of an expression with the labels it is selected by."""
    for selector in selectors(expr):
        yield selector.name or "", {matcher.name for matcher in selector.matchers.matchers}


def test_queries_are_promql(dashboard: dict[str, Any]) -> None:
    for _, expr in expressions(dashboard):
        promql_parser.parse(filled(expr))


def test_every_selector_asks_for_the_chosen_devices(dashboard: dict[str, Any]) -> None:
    for title, expr in expressions(dashboard):
        for selector in selectors(filled(expr, job="JOB", instance="INSTANCE", exporter="EXPORTER")):
            asked = {(matcher.name, matcher.value) for matcher in selector.matchers.matchers}
            if OF_THE_PROCESS.fullmatch(selector.name or ""):
                assert ("instance", "EXPORTER") in asked, title
            else:
                of_a_job = selector.name == "ALERTS" and ("instance", "") in asked
                assert ("job", "JOB") in asked, title
                assert of_a_job or ("instance", "INSTANCE") in asked, title


def test_counters_are_rated_in_graphs(dashboard: dict[str, Any]) -> None:
    for panel in panels(dashboard):
        if panel["type"] == "timeseries":
            for target in panel["targets"]:
                expr = re.sub(r"\b(rate|increase)\([^()]*\)", "", filled(target["expr"]))
                assert not re.search(r"\w+_total\b", expr), panel["title"]


def test_rates_are_taken_over_the_interval_of_the_panel(dashboard: dict[str, Any]) -> None:
    for title, expr in expressions(dashboard):
        assert "irate(" not in expr
        for function, interval in re.findall(r"\b(rate|increase)\([^\[]*\[([^\]]+)\]", expr):
            assert interval == "$__rate_interval", (title, function)


def test_only_counters_are_rated(dashboard: dict[str, Any]) -> None:
    for title, expr in expressions(dashboard):
        for name in re.findall(r"\b(?:rate|increase)\((\w+)", expr):
            assert name.endswith(("_total", "_bucket")), title


def test_no_graph_is_sampled(dashboard: dict[str, Any]) -> None:
    assert not any(re.search(r"\b(topk|bottomk|limitk)\b", expr) for _, expr in expressions(dashboard))


def test_aggregations_for_more_than_one_figure_keep_job(dashboard: dict[str, Any]) -> None:
    for title, expr in expressions(dashboard):
        for kept in re.findall(r"\bby \(([^)]*)\)", expr):
            labels = {label.strip() for label in kept.split(",")}
            assert "job" in labels, title


def test_metrics_and_labels_exist(dashboard: dict[str, Any]) -> None:
    for title, expr in expressions(dashboard):
        for name, asked in named(filled(expr)):
            if name in SUMMED_UP or OF_THE_PROCESS.fullmatch(name):
                continue
            assert name in CATALOGUE, (title, name)
            assert asked <= {*CATALOGUE[name].labels, *TARGET_LABELS}, (title, name)


def test_legends_use_labels_that_their_query_keeps(dashboard: dict[str, Any]) -> None:
    for title, target in targets(dashboard):
        wanted = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
        aggregated = re.match(r"\(?[\d* ]*(?:max|min|sum|count) by \(([^)]*)\)", target["expr"])
        if aggregated:
            assert wanted <= {label.strip() for label in aggregated[1].split(",")}, title
            continue
        metrics = {name for name, _ in named(filled(target["expr"]))}
        known = {label for name in metrics & CATALOGUE.keys() for label in CATALOGUE[name].labels}
        assert wanted <= known | TARGET_LABELS or not metrics & CATALOGUE.keys(), title


def metrics_in(texts: Iterator[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"\blantime_\w+", text)} & CATALOGUE.keys()


def test_every_metric_is_on_a_dashboard_in_a_rule_or_left_out_for_a_reason() -> None:
    shown = metrics_in(expr for file in FILES for _, expr in expressions(load(file)))
    ruled = metrics_in(iter(rule_texts()))
    assert CATALOGUE.keys() - shown - ruled == UNSHOWN.keys()


def test_reasons_are_given() -> None:
    assert all(reason.strip() for reason in UNSHOWN.values())
