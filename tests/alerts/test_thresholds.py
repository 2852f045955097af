"""The table of thresholds: complete, used, and printed as PromQL and for people."""

import re

import pytest

from monitoring.alerts import GROUPS
from monitoring.signals import BY_NAME as SIGNALS
from monitoring.template import names_in
from monitoring.thresholds import BY_NAME, THRESHOLDS, Profile, Threshold, Unit, duration, seconds, span

EXPRESSIONS = [alert.expr for group in GROUPS for alert in group.alerts]


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda threshold: threshold.name)
def test_thresholds_have_a_reason_and_a_source(threshold: Threshold) -> None:
    assert threshold.reason
    assert threshold.source


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda threshold: threshold.name)
def test_thresholds_are_used_by_a_rule(threshold: Threshold) -> None:
    used = {name for text in EXPRESSIONS for name in names_in(text)} | {signal.range for signal in SIGNALS.values()}
    assert threshold.name in used


def test_thresholds_and_signals_have_different_names() -> None:
    assert len(BY_NAME) == len(THRESHOLDS)
    assert not set(BY_NAME) & set(SIGNALS)


def test_thresholds_of_the_profiles_are_those_of_ptp_and_of_ntp() -> None:
    offsets = [BY_NAME["ptp_offset_warning"], BY_NAME["ptp_offset_critical"]]
    assert [item.text(Profile.PTP) for item in offsets] == ["100 ns", "1 us"]
    assert [item.text(Profile.NTP) for item in offsets] == ["100 us", "1 ms"]


def test_thresholds_are_never_stricter_for_ntp() -> None:
    assert [item.name for item in THRESHOLDS if item.ntp < item.ptp] == []


def test_thresholds_are_the_only_numbers_of_the_rules() -> None:
    # 0 and 1 are states, 3 is the leap indicator that NTP calls unknown
    for text in EXPRESSIONS:
        numbers = set(re.findall(r"(?<![\w.$])\d+(?:\.\d+)?(?![\w.])", text))
        assert numbers <= {"0", "1", "3"}, text


@pytest.mark.parametrize(
    ("value", "unit", "literal", "text"),
    [
        (1e-7, Unit.SECONDS, "1e-07", "100 ns"),
        (1.5e-6, Unit.SECONDS, "1.5e-06", "1.5 us"),
        (1e-3, Unit.SECONDS, "0.001", "1 ms"),
        (300, Unit.SECONDS, "300", "5 min"),
        (86400, Unit.SECONDS, "86400", "24 h"),
        (5184000, Unit.SECONDS, "5184000", "60 d"),
        (900, Unit.WINDOW, "15m", "15 min"),
        (604800, Unit.WINDOW, "7d", "7 d"),
        (0.3, Unit.RATIO, "0.3", "30 %"),
        (62, Unit.CELSIUS, "62", "62 C"),
        (4, Unit.COUNT, "4", "4"),
    ],
)
def test_thresholds_are_printed_for_promql_and_for_people(value: float, unit: Unit, literal: str, text: str) -> None:
    threshold = Threshold(name="x", unit=unit, ptp=value, ntp=value, reason="", source="")
    assert (threshold.literal(Profile.PTP), threshold.text(Profile.NTP)) == (literal, text)


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda threshold: threshold.name)
def test_thresholds_lose_nothing_when_they_are_printed(threshold: Threshold) -> None:
    for profile in Profile:
        literal = threshold.literal(profile)
        read = seconds(literal) if threshold.unit is Unit.WINDOW else float(literal)
        assert read == threshold.value(profile)


@pytest.mark.parametrize(("length", "text"), [(30, "30s"), (90, "1.5m"), (3600, "1h"), (86400, "1d"), (604800, "7d")])
def test_durations_are_in_the_largest_unit(length: float, text: str) -> None:
    assert duration(length) == text


@pytest.mark.parametrize(("length", "text"), [(5, "5 s"), (90, "1.5 min"), (172800, "2 d"), (2.5e-5, "25 us")])
def test_spans_are_in_a_unit_that_people_use(length: float, text: str) -> None:
    assert span(length) == text
