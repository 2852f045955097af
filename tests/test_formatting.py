"""Numbers, durations and sizes read naturally."""

import pytest
from lantime_exporter.formatting import (
    format_count,
    format_duration,
    format_exact_duration,
    format_number,
    format_size,
    quoted,
)


def test_duration_is_in_its_natural_unit(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, str]] = [
        (0.0, "0 s"),
        (1e-9, "1 ns"),
        (1e-7, "100 ns"),
        (2.5e-6, "2.5 us"),
        (-3.9999999999999998e-6, "-4 us"),
        (0.000124, "124 us"),
        (0.25, "250 ms"),
        (37.0, "37 s"),
        (119.5, "119.5 s"),
        (120.0, "0:02:00"),
        (130988.25, "1 d 12:23:08"),
        (-7200.0, "-2:00:00"),
        (1e-12, "0.001 ns"),
    ]
    for seconds, text in cases:
        with subtests.test(seconds=seconds):
            assert format_exact_duration(seconds) == text


def test_size_is_in_its_natural_unit(subtests: pytest.Subtests) -> None:
    cases: list[tuple[int, str]] = [
        (0, "0 B"),
        (812, "812 B"),
        (4096, "4 KiB"),
        (112570368, "107.4 MiB"),
        (2**31, "2 GiB"),
    ]
    for count, text in cases:
        with subtests.test(count=count):
            assert format_size(count) == text


def test_plain_number_has_no_needless_digits(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, str]] = [
        (9.0, "9"),
        (46.951083, "46.951083"),
        (1e15, "1e+15"),
        (-0.5, "-0.5"),
        (123456789.0, "123456789"),
    ]
    for value, text in cases:
        with subtests.test(value=value):
            assert format_number(value) == text


def test_rough_duration_has_two_or_three_digits(subtests: pytest.Subtests) -> None:
    cases: list[tuple[float, str]] = [
        (0, "0 s"),
        (2.5e-6, "2.5 us"),
        (0.0123, "12.3 ms"),
        (0.9996, "1000 ms"),
        (1, "1 s"),
        (59.94, "59.9 s"),
        (241.8, "4 min"),
        (5400, "1.5 h"),
        (86400 * 3000, "3000 d"),
    ]
    for seconds, text in cases:
        with subtests.test(seconds=seconds):
            assert format_duration(seconds) == text


def test_quoted_text_is_one_short_line(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("a", '"a"'),
        ('a"b\n', '"a\\"b\\n"'),
        ("x" * 61, f'"{"x" * 57}..."'),
        ("zürich", '"zürich"'),
    ]
    for text, shown in cases:
        with subtests.test(text=text):
            assert quoted(text) == shown


def test_a_count_has_its_noun_in_the_plural_unless_it_is_one(subtests: pytest.Subtests) -> None:
    for number, shown in [(0, "0 targets"), (1, "1 target"), (2, "2 targets")]:
        with subtests.test(number=number):
            assert format_count(number, "target") == shown
