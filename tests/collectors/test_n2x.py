"""NTP as a reference input of a card."""

from collections.abc import Callable

import pytest
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

INPUT = {
    "mode": "ntp",
    "state": "synchronized",
    "server": "198.51.100.7",
    "stratum": 1,
    "offset-us": "-1.5",
    "delay-ns": 240,
    "reach": 255,
}


def test_n2x_an_ntp_input_reports_server_and_offset(cards: Cards) -> None:
    samples = cards(io1={"n2x": INPUT})
    assert samples.states("lantime_ntp_input_state", slot="io1") == {"synchronized"}
    assert samples.one("lantime_ntp_input_stratum", slot="io1") == 1
    assert samples.one("lantime_ntp_input_offset_seconds", slot="io1") == pytest.approx(-1.5e-6)
    assert samples.one("lantime_ntp_input_delay_seconds", slot="io1") == pytest.approx(240e-9)
    assert samples.one("lantime_ntp_input_reach", slot="io1") == 255


def test_n2x_raw_numbers_and_words_are_the_same(cards: Cards) -> None:
    assert cards(io1={"n2x": INPUT}) == cards(io1={"n2x": INPUT | {"state": 1}})


def test_n2x_a_malformed_offset_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(io1={"n2x": INPUT | {"offset-us": "far"}})
    assert "lantime_ntp_input_offset_seconds" not in samples
    assert samples.one("lantime_ntp_input_delay_seconds", slot="io1") == pytest.approx(240e-9)


def test_n2x_an_offset_without_unit_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"n2x": {"stratum": 1, "reach": 255, "offset": 12}})
    assert "lantime_ntp_input_offset_seconds" not in samples
    assert samples.one("lantime_module_value", slot="io1", model="", path="n2x/offset") == 12


def test_n2x_other_modules_have_no_ntp_input(cards: Cards) -> None:
    assert not [name for name in cards(io1={"gps": {"reach": 3}, "stratum": 1}) if name.startswith("lantime_ntp_input")]


def test_n2x_the_card_shows_in_both_spellings(shown: Cards) -> None:
    assert shown(carrier("n2x", "flat")).one("lantime_ntp_input_stratum", slot="io1") == 1
    assert shown(carrier("n2x", "nested", roles=("slave",))).states("lantime_ptp_port_state", slot="io1") == {"slave"}
