"""FDM: the mains frequency and its deviation, from Hz or mHz."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.collectors.fdm import deviation, hertz, nominal
from lantime_exporter.errors import DecodeError

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]


def figure(samples: Samples, name: str, **labels: str) -> float | None:
    return samples.one(f"lantime_fdm_{name}", slot="io1", **labels)


def test_frequency_and_deviation_are_hertz(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("fdm", "fdm180", spelling)
            frequency = figure(found, "frequency_hertz")
            assert frequency is not None
            assert 49.9 < frequency < 50.1
            assert figure(found, "frequency_deviation_hertz") == pytest.approx(frequency - 50)


def test_a_frequency_beyond_its_limit_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("fdm", "fdm180", spelling, "frequency-limit")
            fault = figure(found, "frequency_hertz")
            assert fault is not None
            assert fault < 49.5


def test_the_nominal_frequency_is_hertz(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert figure(played("fdm", "fdm180", spelling), "nominal_frequency_hertz") == 50


def test_the_time_deviation_is_seconds(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = figure(played("fdm", "fdm180", spelling), "time_deviation_seconds")
            assert found is not None
            assert -2.5 < found < 3.2


def test_conditions_are_exported(played: Played, subtests: pytest.Subtests) -> None:
    for (condition, expected), spelling in product(
        [("plt-is-locked", 1), ("fd-overflow", 0), ("td-overflow", 0)], SPELLINGS
    ):
        with subtests.test(spelling=spelling, condition=condition):
            assert figure(played("fdm", "fdm180", spelling), "condition", condition=condition) == expected


def test_power_line_time_and_reference_time_differ_by_the_time_deviation(played: Played) -> None:
    found = played("fdm", "fdm180", "nested")
    line, reference = figure(found, "power_line_timestamp_seconds"), figure(found, "reference_timestamp_seconds")
    assert line is not None
    assert reference is not None
    assert line - reference == pytest.approx(figure(found, "time_deviation_seconds"), abs=1e-3)


def test_the_device_says_whether_deviations_are_inside_their_limits(played: Played) -> None:
    found = played("fdm", "fdm180", "flat", "frequency-limit")
    assert figure(found, "within_limits", quantity="fd") == 0
    assert figure(found, "within_limits", quantity="td") == 1


def test_analogue_outputs_are_exported_with_their_quantity(played: Played) -> None:
    found = played("fdm", "fdm180", "nested")
    assert figure(found, "output_info", output="2", quantity="td") == 1
    assert figure(found, "output_dac_value", output="2") is not None


def test_limits_without_a_proved_scale_stay_generic(played: Played) -> None:
    found = played("fdm", "fdm180", "nested")
    path = "fdm/limits/td-pos-limit"
    assert found.one("lantime_module_value", slot="io1", model="fdm180", path=path) == 20


def test_a_mains_frequency_is_read_by_its_magnitude(subtests: pytest.Subtests) -> None:
    rows: list[tuple[float | str | None, float | None]] = [
        (50.017, 50.017),
        (50017, 50.017),
        ("59987", 59.987),
        (0, None),
        ("N/A", None),
        (None, None),
    ]
    for raw, expected in rows:
        with subtests.test(raw=raw):
            assert hertz(raw) == expected


def test_what_is_no_mains_frequency_is_a_decode_error(subtests: pytest.Subtests) -> None:
    rows: list[Any] = [16.7, 400, 5_001_700, -50, "fast"]
    for raw in rows:
        with subtests.test(raw=raw), pytest.raises(DecodeError):
            hertz(raw)


def test_the_nominal_frequency_may_be_a_word(subtests: pytest.Subtests) -> None:
    rows: list[tuple[int | str, int | None]] = [
        (50, 50),
        (60000, 60),
        ("50 Hz", 50),
        ("60hz", 60),
        ("auto", None),
        ("automatic", None),
        (0, None),
        ("-", None),
    ]
    for raw, expected in rows:
        with subtests.test(raw=raw):
            assert nominal(raw) == expected


def test_a_deviation_has_the_unit_of_its_frequency(subtests: pytest.Subtests) -> None:
    rows: list[tuple[float | str, float, float | None]] = [
        (17, 50017, 0.017),
        (0.017, 50.017, 0.017),
        (0, 50.0, 0),
        (17, 0, None),
        ("-", 50.0, None),
    ]
    for raw, frequency, expected in rows:
        with subtests.test(raw=raw):
            assert deviation(raw, frequency) == expected


@given(st.floats(min_value=40, max_value=70, allow_nan=False), st.integers(min_value=-15_000, max_value=15_000))
def test_hertz_and_millihertz_of_a_deviation_agree(frequency: float, millihertz: int) -> None:
    assert deviation(millihertz, frequency * 1000) == pytest.approx(deviation(millihertz / 1000, frequency))


def test_a_deviation_beyond_any_grid_is_a_decode_error() -> None:
    with pytest.raises(DecodeError):
        deviation(17, 50.017)


def test_a_malformed_frequency_costs_what_needs_it_only(cards: Cards) -> None:
    found = cards(io1={"fdm": {"freq": "fast", "freq-deviation": 0.01, "time-deviation": 0.5}})
    assert {name for name in found if name.startswith("lantime_fdm_")} == {"lantime_fdm_time_deviation_seconds"}


def test_a_mask_whose_bits_have_no_names_stays_generic(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "fdm180"}, "fdm": {"freq": 50.0, "fd": 0.0, "flags": 3}})
    assert found.one("lantime_module_value", slot="io1", model="fdm180", path="fdm/flags") == 3


def test_an_unknown_condition_is_shown(cards: Cards) -> None:
    found = cards(io1={"fdm": {"freq": 50.0, "fd": 0.0, "flags": ["plt-is-locked", "humming"]}})
    assert figure(found, "condition", condition="humming") == 1


def test_a_renamed_key_appears_in_the_generic_layer(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "fdm180"}, "fdm": {"freq": 50.0, "td": 1.5, "drift-of-it": 7}})
    assert found.one("lantime_module_value", slot="io1", model="fdm180", path="fdm/drift-of-it") == 7


def test_two_monitors_are_distinguished_by_their_slots(cards: Cards) -> None:
    found = cards(io1={"frequency": 50000, "fd": 0}, io2={"frequency": 60000, "fd": 0})
    assert {dict(labels)["slot"]: value for labels, value in found["lantime_fdm_frequency_hertz"].items()} == {
        "io1": 50,
        "io2": 60,
    }


def test_a_frequency_alone_makes_no_monitor(cards: Cards) -> None:
    assert "lantime_fdm_frequency_hertz" not in cards(io1={"frequency": 50.0})
