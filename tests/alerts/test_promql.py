"""The expressions of the rules: their metrics, labels and words exist, and each part can match."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

import promql_parser as promql
import pytest
from lantime_exporter.collectors import leds, rsc
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.errors import FAILURE_REASONS
from lantime_exporter.mapping import readers
from lantime_exporter.mapping.registry import load
from lantime_exporter.mapping.table import Reader
from lantime_exporter.web.exporter_metrics import RESULTS

from monitoring.alerts import GROUPS, Alert
from monitoring.deployment import Deployment
from monitoring.rules import expression
from monitoring.signals import SIGNALS, Signal
from monitoring.thresholds import Profile
from tests.alerts.alerts_promql import COUNTERS, METRICS, TARGET, ImpossibleError, Use, nodes, recorded, result, uses

ALERTS = [alert for group in GROUPS for alert in group.alerts]

each = pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: f"{alert.name}-{alert.severity}")
each_signal = pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)

KNOWN = METRICS | recorded()


def parsed(alert: Alert) -> promql.Expr:
    return promql.parse(expression(alert, Profile.PTP, Deployment()))


def seen(alert: Alert) -> list[Use]:
    """Return what an alert reads, through recording rules too."""
    own = list(uses(parsed(alert)))
    text = expression(alert, Profile.PTP, Deployment())
    through = (signal for signal in SIGNALS if signal.record and signal.record in text)
    return [*own, *chain.from_iterable(uses(promql.parse(signal.rule({"recent": "15m"}))) for signal in through)]


@each
def test_alerts_read_metrics_that_exist(alert: Alert) -> None:
    assert {use.metric for use in seen(alert)} <= set(KNOWN)


@each
def test_alerts_match_labels_that_exist(alert: Alert) -> None:
    for use in seen(alert):
        assert {matcher.name for matcher in use.selector.matchers.matchers} <= KNOWN[use.metric], use.metric


@each
def test_alerts_match_words_that_exist(alert: Alert) -> None:
    for use in seen(alert):
        for matcher in use.selector.matchers.matchers:
            known = WORDS.get((use.metric, matcher.name))
            unknown = set(plain_words(matcher.value)) - known if known else set()
            assert not unknown, f"{use.metric}: {matcher.name} is never {sorted(unknown)}"


@each
def test_alerts_use_regular_expressions_only_where_they_are_needed(alert: Alert) -> None:
    for use in seen(alert):
        for matcher in use.selector.matchers.matchers:
            fixed = re.fullmatch(r"[\w-]*", matcher.value) is not None
            anchored = matcher.value.startswith("^") or matcher.value.endswith("$")
            assert not anchored
            assert not (fixed and matcher.op in (promql.MatchOp.Re, promql.MatchOp.NotRe)), str(matcher)


@each
def test_alerts_join_what_can_match(alert: Alert) -> None:
    assert result(parsed(alert), KNOWN) >= frozenset()


@each
def test_alerts_keep_the_labels_that_their_texts_show(alert: Alert) -> None:
    labels = result(parsed(alert), KNOWN)
    shown = set(re.findall(r"\{\{ \$labels\.(\w+)", alert.description)) | set(alert.variables)
    assert shown <= labels


@each
def test_alerts_can_be_false(alert: Alert) -> None:
    text = expression(alert, Profile.PTP, Deployment())
    outside = re.sub(r"\{[^}]*\}", "", text)
    assert re.search(r"==|!=|[<>]|\babsent\(|\bunless\b", outside)


@each
def test_alerts_use_counters_by_their_rate_and_gauges_without(alert: Alert) -> None:
    for use in seen(alert):
        rated = {"rate", "irate", "increase"} & set(use.functions)
        assert bool(rated) == (use.metric in COUNTERS), use.metric


@each
def test_alerts_do_not_smooth_and_wait(alert: Alert) -> None:
    # The past is looked at to tell whether something was good before, and beside the present.
    smoothed = {use.metric for use in seen(alert) if "avg_over_time" in use.functions}
    present = {use.metric for use in seen(alert) if not use.ranged}
    assert not alert.hold or smoothed <= present


@each
def test_alerts_guard_what_they_divide_by(alert: Alert) -> None:
    through = [promql.parse(signal.rule({"recent": "15m"})) for signal in SIGNALS if signal.record]
    for node in chain.from_iterable(nodes(expr) for expr in (parsed(alert), *through)):
        if isinstance(node, promql.BinaryExpr) and str(node.op) == "/":
            divisor = node.rhs.prettify()
            assert "> 0" in " ".join(divisor.split()) or isinstance(node.rhs, promql.NumberLiteral), divisor


@each
def test_alerts_do_not_sample_or_use_experimental_functions(alert: Alert) -> None:
    text = expression(alert, Profile.PTP, Deployment())
    assert not re.search(r"\b(topk|bottomk|limitk|limit_ratio|info|mad_over_time|sort_by_label)\b", text)


@each_signal
def test_signals_of_panels_have_the_matchers_of_the_page_everywhere(signal: Signal) -> None:
    query = signal.query(interval="4m")
    for use in uses(promql.parse(query)):
        found = {str(matcher) for matcher in use.selector.matchers.matchers}
        assert {'job=~"$job"', 'instance=~"$instance"'} <= found


@each_signal
def test_signals_keep_the_labels_of_the_device(signal: Signal) -> None:
    labels = result(promql.parse(signal.query(interval="4m")), KNOWN)
    fleet = signal.name.startswith("fleet_") or signal.name == "firmware_versions"
    assert labels >= (TARGET - {"instance"} if fleet else TARGET)


@each_signal
def test_signals_are_used(signal: Signal) -> None:
    assert any(f"${signal.name}" in alert.expr for alert in ALERTS)


def test_promql_tells_a_join_that_cannot_match() -> None:
    with pytest.raises(ImpossibleError, match="slot"):
        result(promql.parse("lantime_clock_synchronized and on (job, slot) lantime_up"), KNOWN)


def test_promql_tells_a_label_that_an_aggregation_does_not_have() -> None:
    with pytest.raises(ImpossibleError, match="relay"):
        result(promql.parse("max without (relay) (lantime_up)"), KNOWN)


def test_promql_tells_sides_with_different_labels() -> None:
    with pytest.raises(ImpossibleError, match="one side only"):
        result(promql.parse("lantime_clock_synchronized - lantime_up"), KNOWN)


def plain_words(value: str) -> list[str]:
    """Return the words of a matcher that are no patterns; groups are spelled out."""
    group = re.fullmatch(r"(.*)\(([^)]*)\)(.*)", value)
    spelled = [f"{group[1]}{part}{group[3]}" for part in group[2].split("|")] if group else value.split("|")
    return [word for word in spelled if re.fullmatch(r"[\w.-]+", word)]


def vocabularies(reader: Reader) -> Iterator[Enumeration]:
    """Yield the vocabularies of a reader and of those within."""
    enumeration = getattr(reader, "enumeration", None)
    if isinstance(enumeration, Enumeration):
        yield enumeration
    for inner in getattr(reader, "readers", ()):
        yield from vocabularies(inner)
    if isinstance(reader, readers.WhenValue):
        yield from vocabularies(reader.reader)


def words() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the words that a label of a metric can have, where they are a enumeration."""
    found: dict[tuple[str, str], set[str]] = {}
    for _, row in chain.from_iterable(collector.rows() for collector in load().collectors):
        for enumeration in vocabularies(row.read) if row.read.label_count == 1 else ():
            found.setdefault((row.metric.name, row.metric.labels[-1]), set()).update(enumeration.states)
    return {
        **{key: frozenset(known) for key, known in found.items() if known},
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
    matched = {
        (use.metric, matcher.name)
        for alert in ALERTS
        for use in seen(alert)
        for matcher in use.selector.matchers.matchers
    }
    assert {key for key in matched if key[1] == "state"} <= set(WORDS)


def test_records_keep_all_labels_of_the_target() -> None:
    grouped = {signal.record for signal in SIGNALS if signal.record and re.search(r"\bby \(", signal.expr)}
    assert grouped == set()
