"""The limit of log lines of one kind."""

import logging

import pytest
from lantime_exporter.cli import logs


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def rate_limit(clock: list[float]) -> logs.RateLimit:
    return logs.RateLimit(lambda: clock[0])


def record(lineno: int = 1, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("lantime_exporter.probe", level, "probe.py", lineno, "%s failed", ("clock1",), None)


def test_lines_of_one_place_are_limited(rate_limit: logs.RateLimit) -> None:
    records = [record() for _ in range(logs.MAX_LINES + 5)]
    passed = [each for each in records if rate_limit.filter(each)]
    assert len(passed) == logs.MAX_LINES
    assert passed[0].getMessage() == "clock1 failed"
    assert passed[-1].getMessage() == "clock1 failed (further messages of this kind are suppressed)"


def test_other_places_are_not_affected(rate_limit: logs.RateLimit) -> None:
    for _ in range(logs.MAX_LINES + 1):
        rate_limit.filter(record())
    assert rate_limit.filter(record(lineno=2))
    assert not rate_limit.filter(record())


def test_lines_are_logged_again_after_a_minute(rate_limit: logs.RateLimit, clock: list[float]) -> None:
    for _ in range(logs.MAX_LINES + 1):
        rate_limit.filter(record())
    clock[0] += logs.WINDOW
    assert rate_limit.filter(record())


def test_debug_lines_are_not_limited(rate_limit: logs.RateLimit) -> None:
    assert all(rate_limit.filter(record(level=logging.DEBUG)) for _ in range(logs.MAX_LINES + 1))
