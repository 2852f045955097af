"""Patterns of allowed hosts: invalid ones and those that could take long are rejected."""

import re

import pytest
from lantime_exporter.config.pattern import compile_pattern
from lantime_exporter.config.problems import InvalidError


def test_usual_pattern_is_accepted(subtests: pytest.Subtests) -> None:
    cases: list[str] = [
        r"clock\d+\.example\.net",
        r"(clock|ntp)-[a-z]+\.example\.net",
        r"[^.]+\.example\.net|.*\.lab|.*\.test|.*\.home",
        r"10\.0\.0\.\d{1,3}",
        r"(\d{1,3}\.){3}\d{1,3}",
        r"(?:studio)?clock(-\d+)?\.example\.(net|org)",
        r"[]*+]clock",
    ]
    for pattern in cases:
        with subtests.test(pattern=pattern):
            assert compile_pattern(pattern) == re.compile(pattern)


def test_repetition_in_a_repetition_is_rejected(subtests: pytest.Subtests) -> None:
    cases: list[str] = [r"([a-z0-9]+-?)+\.example\.net", r"(.*)*x", r"(?:a+)+b", r"(a|b*)+", r"((ab)*)*", r"(a+){2,99}"]
    for pattern in cases:
        with subtests.test(pattern=pattern), pytest.raises(InvalidError, match="a repetition in a repetition"):
            compile_pattern(pattern)


def test_many_repetitions_or_choices_in_a_row_are_rejected(subtests: pytest.Subtests) -> None:
    cases: list[str] = [
        *(".*a.*b.*c.*", "(.*a)(.*b)(.*c).*", "x(?:.+a.+b|c).+d.+"),
        *("(a{1,16}){1,16}b", "((a{0,4}){0,4}){0,4}b", "a?" * 30 + "a" * 30, "(?:a?){16}" * 2, "a{0,16}" * 12 + "b"),
        *("(?:a|aa)" * 40 + "b", "((((a?){9}){9}){9}){9}"),
    ]
    for pattern in cases:
        with subtests.test(pattern=pattern), pytest.raises(InvalidError, match="repetitions or choices in a row"):
            compile_pattern(pattern)


def test_invalid_pattern_is_rejected(subtests: pytest.Subtests) -> None:
    for pattern in ("(", "a{99999999999}", "*a", "(?P<n"):
        with subtests.test(pattern=pattern), pytest.raises(InvalidError, match="is not a regular expression"):
            compile_pattern(pattern)
