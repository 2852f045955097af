"""LIU: mode, line code, sent quality level, group role, PLL and outputs."""

from collections.abc import Callable

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]


def test_the_mode_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("liu", "liu", spelling).states("lantime_liu_mode", slot="io1") == {"e1"}


def test_the_line_code_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("liu", "liu", spelling).one("lantime_liu_info", slot="io1", line_code="hdb3") == 1


def test_the_quality_level_falls_with_the_clock(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            name = "lantime_liu_quality_level"
            assert played("liu", "liu", spelling).states(name, slot="io1") == {"ql-prc"}
            assert played("liu", "liu", spelling, "clock1-lost").states(name, slot="io1") == {"ql-dnu-dus"}


def test_the_pll_unlocks_with_the_clock(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("liu", "liu", spelling).one("lantime_pll_locked", slot="io1", pll="pll") == 1
            assert played("liu", "liu", spelling, "clock1-lost").one("lantime_pll_locked", slot="io1", pll="pll") == 0


def test_clock_outputs_report_their_frequency_and_framed_outputs_their_data_rate(
    played: Played, subtests: pytest.Subtests
) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("liu", "liu", spelling)
            assert found.one("lantime_output_frequency_hertz", slot="io1", output="1") == 2_048_000
            assert found.one("lantime_output_data_rate_bytes_per_second", slot="io1", output="3") == 256_000


def test_an_output_that_lost_its_signal_is_reported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("liu", "liu", spelling, "output-level-lost")
            assert found.one("lantime_output_signal_present", slot="io1", output="2") == 0


def test_the_group_role_is_exported(played: Played) -> None:
    assert played("liu", "liu", "nested").states("lantime_liu_group_role", slot="io1") == {"master"}


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("liu", "liu", spelling, raw=True) == played("liu", "liu", spelling)


def test_the_mode_is_read_in_each_of_its_forms(cards: Cards, subtests: pytest.Subtests) -> None:
    for module, expected in [
        ({"liu": {"mode": "T1"}}, {"t1"}),
        ({"e1-mode": 0}, {"t1"}),
        ({"liu": {"e1-mode": True}}, {"e1"}),
        ({"line-code": "ami", "line-mode": "j1"}, {"j1"}),
        ({"liu": {"mode": "N/A"}}, set()),
    ]:
        with subtests.test(module=module):
            assert cards(io1=module).states("lantime_liu_mode", slot="io1") == expected


def test_a_malformed_mode_costs_its_own_series_only(cards: Cards) -> None:
    found = cards(io1={"e1-mode": 7, "line-code": "ami"})
    assert "lantime_liu_mode" not in found
    assert found.one("lantime_liu_info", slot="io1", line_code="ami") == 1


def test_a_mode_as_a_number_stays_generic(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "liu"}, "liu": {"mode": 1}})
    assert found.one("lantime_module_value", slot="io1", model="liu", path="liu/mode") == 1


def test_a_module_without_line_has_none(cards: Cards) -> None:
    found = cards(io1={"mode": "e1", "ssm": "ql-prc"})
    assert not [name for name in found if name.startswith("lantime_liu_")]
