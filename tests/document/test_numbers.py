"""Numbers and flags: valid, absent and invalid values."""

import math

import pytest
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import exponent, flag, kibibytes, nonzero, number, scaled
from lantime_exporter.errors import DecodeError

SILENT: tuple[Scalar, ...] = (
    *(None, "", " ", "-", "N/A", "n/a", "never", "none", "unknown"),
    *("no version information", "not available", "  N/A  "),
)


def test_a_number_counts_as_number_or_as_text(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Scalar, float]] = [
        (100, 100.0),
        (0, 0.0),
        (-18, -18.0),
        (960935.93999999994, 960935.94),
        ("100", 100.0),
        ("0", 0.0),
        (" 100 ", 100.0),
        ("-3.9999999999999998e-6", -4e-6),
        ("6.0000000000000002E-6", 6e-6),
        ("+5", 5.0),
        ("5.", 5.0),
        (".5", 0.5),
        (True, 1.0),
        (False, 0.0),
        ("1e308", 1e308),
    ]
    for value, figure in cases:
        with subtests.test(value=value):
            assert number(value) == figure


def test_a_sentinel_is_no_number(subtests: pytest.Subtests) -> None:
    for value in SILENT:
        with subtests.test(value=value):
            assert number(value) is None


def test_any_other_text_is_a_decode_error(subtests: pytest.Subtests) -> None:
    cases: list[Scalar] = [
        "abc",
        "1,5",
        "1 2",
        "0x",
        "0xg",
        "1_000",
        "nan",
        "inf",
        "Infinity",
        "1e999",
        "5 W",
        "--1",
        "1e",
        ".",
        "e5",
        "9" * 400,
    ]
    for value in cases:
        with subtests.test(value=value), pytest.raises(DecodeError):
            number(value)


def test_a_number_beyond_a_float_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for value in (math.inf, -math.inf, math.nan, 10**400, -(10**400)):
        with subtests.test(value=value), pytest.raises(DecodeError):
            number(value)


def test_a_long_text_of_digits_takes_little_time() -> None:
    with pytest.raises(DecodeError):
        number("1" * 200_000 + "x")


def test_a_flag_is_set_by_every_spelling_of_true(subtests: pytest.Subtests) -> None:
    for value in (True, 1, 1.0, "true", "True", " yes ", "ON", "1", "true [1]"):
        with subtests.test(value=value):
            assert flag(value) == 1.0


def test_a_flag_is_cleared_by_every_spelling_of_false(subtests: pytest.Subtests) -> None:
    for value in (False, 0, 0.0, "false", "No", "off", "0", "off [0]"):
        with subtests.test(value=value):
            assert flag(value) == 0.0


def test_a_sentinel_is_no_flag(subtests: pytest.Subtests) -> None:
    for value in SILENT:
        with subtests.test(value=value):
            assert flag(value) is None


def test_any_other_value_of_a_flag_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for value in (2, -1, 0.5, math.nan, "2", "maybe", "truely", 10**400):
        with subtests.test(value=value), pytest.raises(DecodeError):
            flag(value)


def test_zero_means_no_data_where_documented(subtests: pytest.Subtests) -> None:
    for value in (0, 0.0, "0", "0.0", None, "N/A", False):
        with subtests.test(value=value):
            assert nonzero(value) is None


def test_other_figures_are_data_where_zero_is_not() -> None:
    assert nonzero(49.0) == 49.0


def test_a_figure_is_converted_to_its_base_unit() -> None:
    assert scaled("100", by=1e6) == 1e8


def test_a_size_in_kib_becomes_bytes() -> None:
    assert kibibytes(109932) == 112570368.0


def test_a_figure_beyond_a_float_after_scaling_is_a_decode_error() -> None:
    with pytest.raises(DecodeError):
        scaled(1e308, by=1e6)


def test_a_precision_is_a_power_of_two() -> None:
    assert exponent(-18) == 2.0**-18


def test_an_impossible_precision_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for value in (65, -65, 1e9, "-1000"):
        with subtests.test(value=value), pytest.raises(DecodeError):
            exponent(value)
