"""LNO: oscillator, PLL and the level of each output."""

from collections.abc import Callable

import pytest

from tests.collectors.conftest import Samples

Played = Callable[..., Samples]

SPELLINGS = [("nested", "pll"), ("flat", "pll-1")]


def levels(samples: Samples) -> list[float | None]:
    return [samples.one("lantime_output_level_ok", slot="io1", output=number) for number in "1234"]


def test_all_levels_are_right_while_it_is_healthy(played: Played, subtests: pytest.Subtests) -> None:
    for spelling, pll in SPELLINGS:
        with subtests.test(spelling=spelling, pll=pll):
            assert levels(played("lno", "lno180", spelling)) == [1, 1, 1, 1]


def test_a_lost_level_shows_at_its_output_alone(played: Played, subtests: pytest.Subtests) -> None:
    for spelling, pll in SPELLINGS:
        with subtests.test(spelling=spelling, pll=pll):
            assert levels(played("lno", "lno180", spelling, "output-level-lost")) == [1, 0, 1, 1]


def test_the_pll_is_locked_and_the_oscillator_warm(played: Played, subtests: pytest.Subtests) -> None:
    for spelling, pll in SPELLINGS:
        with subtests.test(spelling=spelling, pll=pll):
            found = played("lno", "lno180", spelling)
            assert found.one("lantime_pll_locked", slot="io1", pll=pll) == 1
            assert found.one("lantime_generator_oscillator_ready", slot="io1") == 1


def test_a_cold_oscillator_is_not_ready_and_its_pll_not_locked(played: Played, subtests: pytest.Subtests) -> None:
    for spelling, pll in SPELLINGS:
        with subtests.test(spelling=spelling, pll=pll):
            found = played("lno", "lno180", spelling, "warm-up")
            assert found.one("lantime_pll_locked", slot="io1", pll=pll) == 0
            assert found.one("lantime_generator_oscillator_ready", slot="io1") == 0


def test_outputs_are_off_until_the_oscillator_is_warm(played: Played) -> None:
    found = played("lno", "lno180", "nested", "warm-up")
    assert found.one("lantime_output_enabled", slot="io1", output="1") == 0


def test_sensors_report_what_their_outputs_do(played: Played) -> None:
    found = played("lno", "lno180", "flat")
    assert found.one("lantime_module_sensor_output_enabled", slot="io1", sensor="voltage-4") == 1
    assert found.one("lantime_module_sensor_overload", slot="io1", sensor="voltage-4") == 0


def test_voltages_without_unit_stay_generic(played: Played, subtests: pytest.Subtests) -> None:
    for spelling, pll in SPELLINGS:
        with subtests.test(spelling=spelling, pll=pll):
            found = played("lno", "lno180", spelling)
            assert len(found["lantime_module_value"]) == 5


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for spelling, pll in SPELLINGS:
        with subtests.test(spelling=spelling, pll=pll):
            assert played("lno", "lno180", spelling, raw=True) == played("lno", "lno180", spelling)
