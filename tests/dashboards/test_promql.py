"""Queries: valid, for the chosen devices, with the right interval for rates, and with existing metrics."""

import re
from collections.abc import Iterator

import promql_parser
from lantime_exporter.collectors import load as load_registry
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.probe.metrics import METRICS

from tests.dashboards.dashboards_read import all_targets, expressions, filled
from tools.backfill import rule_texts
from tools.dashboards.omitted_metrics import OMITTED

CATALOGUE: dict[str, Metric] = {**load_registry().metrics, **{metric.name: metric for metric in METRICS}}

TARGET_LABELS = {"job", "instance", "profile"}

MADE_BY_PROMETHEUS = {"ALERTS", "ALERTS_FOR_STATE", "up"}

RECORDED = dict(re.findall(r"record: (\S+:lantime_\S+)\s+expr: (.+)", " ".join(rule_texts())))
"""Names of the recording rules, with the beginning of their expressions."""

OF_THE_PROCESS = re.compile(r"process_\w+|lantime_exporter_\w+")
"""Metrics of the exporter itself: their instance is an exporter, chosen by ``$exporter``."""


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
    """Yield each metric of an expression with the labels of its selectors."""
    for selector in selectors(expr):
        yield selector.name or "", {matcher.name for matcher in selector.matchers.matchers}


def test_queries_are_promql() -> None:
    for _, expr in expressions():
        promql_parser.parse(filled(expr))


def test_every_selector_asks_for_the_chosen_devices() -> None:
    wrong = set()
    for place, expr in expressions():
        for selector in selectors(filled(expr, job="JOB", instance="INSTANCE", exporter="EXPORTER")):
            matchers = {(matcher.name, matcher.value) for matcher in selector.matchers.matchers}
            of_no_device = (selector.name or "").startswith("ALERTS") and ("instance", "") in matchers
            if OF_THE_PROCESS.fullmatch(selector.name or ""):
                is_right = ("instance", "EXPORTER") in matchers
            else:
                is_right = ("job", "JOB") in matchers and (("instance", "INSTANCE") in matchers or of_no_device)
            if not is_right:
                wrong.add((place, selector.name))
    assert wrong == set()


def test_counters_are_rated_in_graphs() -> None:
    def is_bare(expr: str) -> bool:
        return bool(re.search(r"\w+_total\b", re.sub(r"\b(rate|increase)\([^()]*\)", "", filled(expr))))

    assert [place for place, target in all_targets("timeseries") if is_bare(target["expr"])] == []


def test_rates_are_taken_over_the_interval_of_the_panel() -> None:
    assert [place for place, expr in expressions() if "irate(" in expr] == []
    ranges = re.compile(r"\b(?:rate|increase)\([^\[]*\[([^\]]+)\]")
    other = {(place, found) for place, expr in expressions() for found in ranges.findall(expr)}
    assert {found for found in other if found[1] != "$__rate_interval"} == set()


def test_marks_look_back_as_far_as_the_step_of_the_query_so_that_none_is_lost() -> None:
    ranges = {(place, found) for place, expr in expressions() for found in re.findall(r"\[([^\]]+)\]", expr)}
    marks = {"Critical alert", "Restart", "Configuration changed"}
    found = {given for place, given in ranges if place.split(": ")[1] in marks}
    assert found == {"$__rate_interval"}


def test_only_counters_are_rated() -> None:
    rated = {(place, name) for place, expr in expressions() for name in re.findall(r"\b(?:rate|increase)\((\w+)", expr)}
    assert {found for found in rated if not found[1].endswith(("_total", "_bucket"))} == set()


def test_no_graph_is_sampled() -> None:
    assert [place for place, expr in expressions() if re.search(r"\b(topk|bottomk|limitk)\b", expr)] == []


def test_aggregations_for_more_than_one_figure_keep_job() -> None:
    kept = {(place, labels) for place, expr in expressions() for labels in re.findall(r"\bby \(([^)]*)\)", expr)}
    assert {found for found in kept if "job" not in re.split(r", ?", found[1])} == set()


def test_metrics_and_labels_exist() -> None:
    unknown = set()
    for place, expr in expressions():
        for name, matchers in named(filled(expr)):
            if name in MADE_BY_PROMETHEUS or OF_THE_PROCESS.fullmatch(name):
                continue
            if ":" in name:
                known = set(RECORDED)
                labels = TARGET_LABELS
            else:
                known = set(CATALOGUE)
                labels = {*(CATALOGUE[name].labels if name in CATALOGUE else ()), *TARGET_LABELS}
            if name not in known or not matchers <= labels:
                unknown.add((place, name, *sorted(matchers)))
    assert unknown == set()


def test_legends_use_labels_that_their_query_keeps() -> None:
    wrong = set()
    for place, target in all_targets():
        wanted = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
        aggregated = re.match(r"\(?[\d* ]*(?:max|min|sum|count) by \(([^)]*)\)", target["expr"])
        metrics = {name for name, _ in named(filled(target["expr"]))} & CATALOGUE.keys()
        known = {label for name in metrics for label in CATALOGUE[name].labels} | TARGET_LABELS
        kept = {label.strip() for label in aggregated[1].split(",")} if aggregated else known
        if not wanted <= kept and (metrics or aggregated):
            wrong.add(place)
    assert wrong == set()


def metrics_in(texts: Iterator[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"\blantime_\w+", text)} & CATALOGUE.keys()


def test_every_metric_is_on_a_dashboard_in_a_rule_or_left_out_for_a_reason() -> None:
    shown = metrics_in(expr for _, expr in expressions())
    assert CATALOGUE.keys() - shown - metrics_in(iter(rule_texts())) == OMITTED.keys()
