"""Only the times of rules and routes are divided by the factor."""

import pytest

from tests.end_to_end import shortened

DURATIONS = {
    "1m": "1000ms",
    "5m": "5000ms",
    "30s": "500ms",
    "1h30m": "90000ms",
    "7d": "10080000ms",
    "60ms": "1ms",
}

EXPRESSIONS = {
    "up == 0": "up == 0",
    "rate(a_total[15m]) > 0.5": "rate(a_total[15000ms]) > 0.5",
    "max_over_time(a[1d]) unless a offset 1h": "max_over_time(a[1440000ms]) unless a offset 60000ms",
    "a offset -5m": "a offset -5000ms",
    "max_over_time(rate(a[5m])[1h:1m])": "max_over_time(rate(a[5000ms])[60000ms:1000ms])",
    "max_over_time(a[1h:])": "max_over_time(a[60000ms:])",
    'a{path="x[5m]", b=~"offset 5m"}[5m]': 'a{path="x[5m]", b=~"offset 5m"}[5000ms]',
    r'a{b="\"[5m]"}': r'a{b="\"[5m]"}',
    "a offset limit": "a offset limit",
    "age_seconds > 300": "age_seconds > 300",
}


def test_a_minute_becomes_a_second() -> None:
    assert {real: shortened.duration(real) for real in DURATIONS} == DURATIONS


def test_an_invalid_or_too_short_duration_is_rejected(subtests: pytest.Subtests) -> None:
    for text in ("", "5", "m", "5 m", "-5m", "5mm", "59ms", "0s"):
        with subtests.test(text=text), pytest.raises(ValueError, match=repr(text)):
            shortened.duration(text)


def test_an_expression_is_shortened_in_its_times_alone() -> None:
    assert {real: shortened.expression(real) for real in EXPRESSIONS} == EXPRESSIONS


def test_a_rule_file_is_shortened() -> None:
    content = {
        "groups": [
            {
                "name": "g",
                "rules": [
                    {"record": "r", "expr": "rate(a[1m])"},
                    {
                        "alert": "A",
                        "expr": "r > 1",
                        "for": "5m",
                        "keep_firing_for": "15m",
                        "annotations": {"summary": "for 5m"},
                    },
                    {"alert": "B", "expr": "r > 2"},
                ],
            }
        ]
    }
    assert shortened.rules(content) == {
        "groups": [
            {
                "name": "g",
                "rules": [
                    {"record": "r", "expr": "rate(a[1000ms])"},
                    {
                        "alert": "A",
                        "expr": "r > 1",
                        "for": "5000ms",
                        "keep_firing_for": "15000ms",
                        "annotations": {"summary": "for 5m"},
                    },
                    {"alert": "B", "expr": "r > 2"},
                ],
            }
        ]
    }


def test_routes_are_shortened_at_every_depth() -> None:
    content = {"receiver": "a", "group_wait": "1m", "routes": [{"routes": [{"repeat_interval": "1h"}]}]}
    assert shortened.route(content) == {
        "receiver": "a",
        "group_wait": "1000ms",
        "group_interval": "5000ms",
        "repeat_interval": "240000ms",
        "routes": [{"routes": [{"repeat_interval": "60000ms"}]}],
    }
