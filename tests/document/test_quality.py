"""Estimated time quality: a bound, in which punctuation matters."""

import math

import pytest
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.errors import DecodeError


def test_a_bound_in_words_is_read_with_its_punctuation(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Scalar, float]] = [
        ("less-than-100ns", 1e-7),
        ("less-than-2.5us", 2.5e-6),
        ("less-than-2,5us", 2.5e-6),
        ("less-than-2-5us", 2.5e-6),
        ("less-than-2_5us", 2.5e-6),
        ("less-than-25us", 2.5e-5),
        ("less-than-2.5ms", 2.5e-3),
        ("less-than-25ms", 2.5e-2),
        ("less-than-1s", 1.0),
        ("less-than-10s", 10.0),
        ("less-than-10µs", 1e-5),
        ("less-than-10μs", 1e-5),
        ("Less Than 100 ns", 1e-7),
        ("less_than_100_ns", 1e-7),
        (" less-than-100ns ", 1e-7),
        ("less-than-100ns [6]", 1e-7),
        ("< 100 ns", 1e-7),
        ("<250ns", 2.5e-7),
        ("100ns", 1e-7),
        ("better-than-1us", 1e-6),
    ]
    for value, seconds in cases:
        with subtests.test(value=value):
            assert time_quality(value) == seconds


def test_no_bound_is_infinite(subtests: pytest.Subtests) -> None:
    for value in ("more-than-10s", "More than 10 s", "worse-than-10s", ">10s", 22, "more-than-10s [22]"):
        with subtests.test(value=value):
            assert time_quality(value) == math.inf


def test_raw_numbers_are_the_members_of_the_enumeration() -> None:
    assert [time_quality(raw) for raw in range(23)] == [
        *(None, None, None, 1e-9, 1e-8, 2.5e-8, 1e-7, 2.5e-7, 1e-6, 2.5e-6, 1e-5, 2.5e-5, 1e-4, 2.5e-4),
        *(1e-3, 2.5e-3, 1e-2, 2.5e-2, 0.1, 0.25, 1.0, 10.0, math.inf),
    ]


def test_an_unknown_quality_is_absent(subtests: pytest.Subtests) -> None:
    for value in (None, "", "unknown", "Unknown [0]", "N/A", "-", "none"):
        with subtests.test(value=value):
            assert time_quality(value) is None


def test_anything_else_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for value in ("good", "less-than-", "less-than-2..5us", "less-than-5min", "more-than-1s", 23, -1, 6.5):
        with subtests.test(value=value), pytest.raises(DecodeError):
            time_quality(value)
