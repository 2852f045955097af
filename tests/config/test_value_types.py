"""Durations and sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.config.load import parse
from lantime_exporter.config.settings import Module
from lantime_exporter.config.value_types import write_duration, write_size


def module_with(key: str, text: str) -> Module:
    return parse(f"modules: {{m: {{{key}: {text}}}}}", "").modules["m"]


def test_duration_is_read_in_seconds(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, float]] = [
        ("10s", 10.0),
        ("500ms", 0.5),
        ("1m", 60.0),
        ("1.1m", 66.0),
        ("1h", 3600.0),
        ("7", 7.0),
        ("0.25", 0.25),
        ("'7'", 7.0),
    ]
    for text, seconds in cases:
        with subtests.test(text=text):
            assert module_with("min_interval", text).min_interval == seconds


def test_size_is_read_in_bytes(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, int]] = [
        ("2048", 2048),
        ("1KiB", 1024),
        ("16MiB", 16 * 1024**2),
        ("1GiB", 1024**3),
        ("'2048'", 2048),
    ]
    for text, count in cases:
        with subtests.test(text=text):
            assert module_with("max_response_bytes", text).max_response_bytes == count


def test_duration_is_written_in_seconds(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, str]] = [(10.0, "10s"), (0.5, "0.5s"), (0.0, "0s"), (0.00001, "0.00001s")]
    for seconds, text in cases:
        with subtests.test(seconds=seconds):
            assert write_duration(seconds) == text


def test_size_is_written_in_its_largest_whole_unit(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, int | str]] = [(1000, 1000), (1024, "1KiB"), (3 * 1024**2, "3MiB"), (1024**3, "1GiB")]
    for count, text in cases:
        with subtests.test(count=count):
            assert write_size(count) == text


@given(st.integers(0, 3_600_000_000))
def test_written_duration_reads_as_the_same_value(microseconds: int) -> None:
    seconds = microseconds / 1e6
    assert module_with("min_interval", write_duration(seconds)).min_interval == seconds


@given(st.integers(1024, 1024**3))
def test_written_size_reads_as_the_same_value(count: int) -> None:
    assert module_with("max_response_bytes", str(write_size(count))).max_response_bytes == count


def test_boolean_is_true_or_false_in_any_case() -> None:
    assert [module_with("generic_status", word).generic_status for word in ("true", "True", "FALSE")] == [
        True,
        True,
        False,
    ]
