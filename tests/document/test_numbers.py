"""Numbers and flags: what counts as one, what says nothing, what is odd."""

import math

import pytest
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import exponent, flag, kibibytes, nonzero, number, scaled
from lantime_exporter.errors import DecodeError

SILENT: tuple[Scalar, ...] = (
    *(None, "", " ", "-", "N/A", "n/a", "never", "none", "unknown"),
    *("no version information", "not available", "  N/A  "),
)


@pytest.mark.parametrize(
    ("value", "figure"),
    [
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
    ],
)
def test_a_number_counts_as_number_or_as_text(value: Scalar, figure: float) -> None:
    assert number(value) == figure


@pytest.mark.parametrize("value", SILENT)
def test_a_sentinel_is_no_number(value: Scalar) -> None:
    assert number(value) is None


@pytest.mark.parametrize(
    "value",
    [
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
    ],
)
def test_any_other_text_is_an_odd_number(value: Scalar) -> None:
    with pytest.raises(DecodeError):
        number(value)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 10**400, -(10**400)])
def test_a_number_beyond_a_float_is_odd(value: Scalar) -> None:
    with pytest.raises(DecodeError):
        number(value)


def test_a_long_text_of_digits_is_judged_at_once() -> None:
    with pytest.raises(DecodeError):
        number("1" * 200_000 + "x")


@pytest.mark.parametrize("value", [True, 1, 1.0, "true", "True", " yes ", "ON", "1", "true [1]"])
def test_a_flag_is_set_by_every_spelling_of_true(value: Scalar) -> None:
    assert flag(value) == 1.0


@pytest.mark.parametrize("value", [False, 0, 0.0, "false", "No", "off", "0", "off [0]"])
def test_a_flag_is_cleared_by_every_spelling_of_false(value: Scalar) -> None:
    assert flag(value) == 0.0


@pytest.mark.parametrize("value", SILENT)
def test_a_sentinel_is_no_flag(value: Scalar) -> None:
    assert flag(value) is None


@pytest.mark.parametrize("value", [2, -1, 0.5, math.nan, "2", "maybe", "truely", 10**400])
def test_anything_else_is_an_odd_flag(value: Scalar) -> None:
    with pytest.raises(DecodeError):
        flag(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", "0.0", None, "N/A", False])
def test_zero_is_no_data_where_the_device_says_zero_for_it(value: Scalar) -> None:
    assert nonzero(value) is None


def test_other_figures_are_data_where_zero_is_none() -> None:
    assert nonzero(49.0) == 49.0


def test_a_figure_is_brought_to_its_base_unit() -> None:
    assert scaled("100", by=1e6) == 1e8


def test_a_size_in_kib_becomes_bytes() -> None:
    assert kibibytes(109932) == 112570368.0


def test_a_figure_that_leaves_the_floats_by_scaling_is_odd() -> None:
    with pytest.raises(DecodeError):
        scaled(1e308, by=1e6)


def test_a_precision_is_a_power_of_two() -> None:
    assert exponent(-18) == 2.0**-18


@pytest.mark.parametrize("value", [65, -65, 1e9, "-1000"])
def test_a_precision_beyond_reason_is_odd(value: Scalar) -> None:
    with pytest.raises(DecodeError):
        exponent(value)
