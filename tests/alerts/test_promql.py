"""The expressions of the rules: their metrics, labels and words exist, and each part can match."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import promql_parser as promql
import pytest
from lantime_exporter.collectors import leds, load, rsc
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.errors import FAILURE_REASONS
from lantime_exporter.web.exporter_metrics import RESULTS

from tests.alerts.alerts_promql import COUNTERS, METRICS, ImpossibleError, Use, nodes, recorded, result, uses
from tests.alerts.alerts_rules import ALERTS, RECORDS, Alert

KNOWN = METRICS | recorded()

PARSED = {str(alert): promql.parse(alert.expr) for alert in ALERTS}
RULES = {**PARSED, **{rule["record"]: promql.parse(rule["expr"]) for rule in RECORDS}}
"""All expressions: those of alerts by name and severity, those of recording rules by their record."""

USES = {name: list(uses(expr)) for name, expr in RULES.items()}

SITE_LABELS = {"profile"}
"""Labels that a site adds to its targets and that the rules use."""


def matchers() -> Iterator[tuple[str, Use, Any]]:
    for name, found in USES.items():
        for use in found:
            for matcher in use.selector.matchers.matchers:
                yield name, use, matcher


def test_rules_read_metrics_that_exist() -> None:
    assert {(name, use.metric) for name, found in USES.items() for use in found if use.metric not in KNOWN} == set()


def test_rules_match_labels_that_exist() -> None:
    offenders = [
        (name, str(matcher)) for name, use, matcher in matchers() if matcher.name not in KNOWN[use.metric] | SITE_LABELS
    ]
    assert offenders == []


def test_rules_match_words_that_exist() -> None:
    offenders = [
        (name, use.metric, word)
        for name, use, matcher in matchers()
        for word in plain_words(matcher.value)
        if word not in WORDS.get((use.metric, matcher.name), {word})
    ]
    assert offenders == []


def test_rules_use_regular_expressions_only_where_they_are_needed() -> None:
    offenders = [
        (name, str(matcher))
        for name, _, matcher in matchers()
        if matcher.value.startswith("^")
        or matcher.value.endswith("$")
        or (re.fullmatch(r"[\w-]*", matcher.value) and matcher.op in (promql.MatchOp.Re, promql.MatchOp.NotRe))
    ]
    assert offenders == []


def test_alerts_keep_the_labels_that_their_texts_show() -> None:
    # A part of an expression that can never match raises ImpossibleError.
    offenders = {
        str(alert): unknown
        for alert in ALERTS
        if (unknown := shown(alert) - result(PARSED[str(alert)], KNOWN) - SITE_LABELS)
    }
    assert offenders == {}


def shown(alert: Alert) -> set[str]:
    texts = alert.description + alert.annotations["dashboard_url"]
    return set(re.findall(r"\$labels\.(\w+)", texts))


def test_alerts_can_be_false() -> None:
    condition = re.compile(r"==|!=|[<>]|\babsent\(|\bunless\b")
    assert [str(alert) for alert in ALERTS if not condition.search(re.sub(r"\{[^}]*\}", "", alert.expr))] == []


def test_rules_use_counters_by_their_rate_and_gauges_without() -> None:
    offenders = [
        (name, use.metric)
        for name, found in USES.items()
        for use in found
        if bool({"rate", "irate", "increase"} & set(use.functions)) != (use.metric in COUNTERS)
    ]
    assert offenders == []


def test_rules_guard_what_they_divide_by() -> None:
    divisors = [
        (name, " ".join(node.rhs.prettify().split()))
        for name, expr in RULES.items()
        for node in nodes(expr)
        if isinstance(node, promql.BinaryExpr)
        and str(node.op) == "/"
        and not isinstance(node.rhs, promql.NumberLiteral)
    ]
    never_zero = re.compile("> 0|count|:limit$")
    assert [(name, divisor) for name, divisor in divisors if not never_zero.search(divisor)] == []


def test_rules_do_not_sample_or_use_experimental_functions() -> None:
    special = re.compile(r"\b(topk|bottomk|limitk|limit_ratio|info|mad_over_time|sort_by_label)\b")
    assert [str(alert) for alert in ALERTS if special.search(alert.expr)] == []


def test_promql_reports_a_join_that_cannot_match() -> None:
    with pytest.raises(ImpossibleError, match="slot"):
        result(promql.parse("lantime_clock_synchronized and on (job, slot) lantime_up"), KNOWN)


def test_promql_reports_a_label_that_an_aggregation_does_not_have() -> None:
    with pytest.raises(ImpossibleError, match="relay"):
        result(promql.parse("max without (relay) (lantime_up)"), KNOWN)


def test_promql_reports_sides_with_different_labels() -> None:
    with pytest.raises(ImpossibleError, match="one side only"):
        result(promql.parse("lantime_clock_synchronized - lantime_up"), KNOWN)


def plain_words(value: str) -> list[str]:
    """Return the words of a matcher that are not patterns; groups are expanded."""
    group = re.fullmatch(r"(.*)\(([^)]*)\)(.*)", value)
    spelled = [f"{group[1]}{part}{group[3]}" for part in group[2].split("|")] if group else value.split("|")
    return [word for word in spelled if re.fullmatch(r"[\w.-]+", word)]


def words() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the possible words of a label of a metric, if they are an enumeration."""
    found: dict[tuple[str, str], set[str]] = {}
    for _, row in chain.from_iterable(collector.rows() for collector in load().collectors):
        if row.read.states:
            found.setdefault((row.metric.name, row.metric.labels[-1]), set()).update(row.read.states)
    return {
        **{key: frozenset(known) for key, known in found.items()},
        ("lantime_probe_failure", "reason"): frozenset(FAILURE_REASONS),
        ("lantime_exporter_probes_total", "result"): frozenset(RESULTS),
        ("lantime_gnss_satellites", "use"): frozenset({"in-view", "used", "good"}),
        ("lantime_gnss_carrier_to_noise_dbhz", "statistic"): frozenset({"min", "median", "max"}),
        ("lantime_synce_quality_level", "direction"): frozenset({"in", "out"}),
        ("lantime_synce_quality_level", "state"): frozenset(SSM.states),
        ("lantime_led_state", "state"): frozenset(leds.COLOURS.states),
        ("lantime_switch_mode", "state"): frozenset(rsc.MODES.states),
    }


WORDS = words()


def test_alerts_words_are_known_for_every_state() -> None:
    matched = {(use.metric, matcher.name) for _, use, matcher in matchers() if matcher.name == "state"}
    assert matched <= set(WORDS)
