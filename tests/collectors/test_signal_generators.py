"""Cards with an oscillator in sync with the clock: CPE and VSG as simulated, and other spellings."""

from collections.abc import Callable
from itertools import product

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]
FAMILIES = [("cpe", "cpe180"), ("vsg", "vsg181h")]


def fact(samples: Samples, name: str, slot: str = "io1") -> float | None:
    return samples.one(f"lantime_generator_{name}", slot=slot)


def test_it_is_in_sync_while_the_clock_has_time(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(FAMILIES, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            assert fact(played(family, model, spelling), "synchronized") == 1
            assert fact(played(family, model, spelling, "clock1-lost"), "synchronized") == 0


def test_a_video_generator_misses_its_reference_without_clock(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert fact(played("vsg", "vsg180", spelling), "reference_found") == 1
            assert fact(played("vsg", "vsg180", spelling, "clock1-lost"), "reference_found") == 0


def test_a_cold_video_generator_is_not_ready(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert fact(played("vsg", "vsg180", spelling), "oscillator_ready") == 1
            assert fact(played("vsg", "vsg180", spelling, "warm-up"), "oscillator_ready") == 0


def test_outputs_of_a_video_generator_settle(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            name = "lantime_output_settled"
            assert played("vsg", "vsg180", spelling).one(name, slot="io1", output="3") == 1
            assert played("vsg", "vsg180", spelling, "clock1-lost").one(name, slot="io1", output="3") == 0


def test_signals_of_a_video_generator_are_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            series = played("vsg", "vsg180", spelling)["lantime_output_info"]
            assert {dict(labels)["signal"] for labels in series} == {"black-burst", "ltc", "dars", "word-clock"}


def test_a_port_expander_stops_its_pulses_without_clock(played: Played) -> None:
    assert fact(played("cpe", "cpe180", "nested"), "pulses_enabled") == 1
    assert fact(played("cpe", "cpe180", "nested", "clock1-lost"), "pulses_enabled") == 0


def test_an_output_that_lost_its_signal_is_reported(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(FAMILIES, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            found = played(family, model, spelling, "output-level-lost")
            assert found.one("lantime_output_signal_present", slot="io1", output="2") == 0


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(FAMILIES, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            assert played(family, model, spelling, raw=True) == played(family, model, spelling)


def test_a_fact_is_read_in_each_of_its_forms(cards: Cards, subtests: pytest.Subtests) -> None:
    for module, name, expected in [
        ({"scg": {"in-sync": True}}, "synchronized", 1),
        ({"info": {"model": "scg181"}, "in-sync": False}, "synchronized", 0),
        ({"cpe": {"sync-state": "free-running"}}, "synchronized", 0),
        ({"vsg": {"vsg-state": "synchronized"}}, "synchronized", 1),
        ({"vsg": {"vsg-state": "adjusting"}}, "reference_found", 1),
        ({"lno": {"oscillator": "warm"}}, "oscillator_ready", 1),
        ({"lno": {"oscillator": {"state": 0}}}, "oscillator_ready", 0),
        ({"lno": {"oscillator": "ocxo-hq"}}, "oscillator_ready", None),
        ({"vsg": {"osc-ready": "N/A"}}, "oscillator_ready", None),
        ({"vsg": {"vsg-state": "humming"}}, "synchronized", None),
        ({"in-sync": True}, "synchronized", None),
    ]:
        with subtests.test(module=module):
            assert fact(cards(io1=module), name) == expected


def test_an_unknown_state_is_shown(cards: Cards) -> None:
    found = cards(io1={"vsg-state": "humming", "info": {"model": "vsg180"}})
    assert found.states("lantime_generator_state", slot="io1") == {"humming"}


def test_a_malformed_member_costs_its_own_series_only(cards: Cards) -> None:
    found = cards(io1={"vsg": {"in-sync": "purple", "reference-found": True}})
    assert fact(found, "synchronized") is None
    assert fact(found, "reference_found") == 1


def test_a_renamed_key_appears_in_the_generic_layer(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "vsg180"}, "vsg": {"in-step": True}})
    assert found.one("lantime_module_flag", slot="io1", model="vsg180", path="vsg/in-step") == 1


def test_the_type_of_an_oscillator_stays_generic(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "lno180"}, "oscillator": "ocxo-hq"})
    assert found.one("lantime_module_state", slot="io1", model="lno180", path="oscillator", state="ocxo-hq") == 1


def test_two_cards_are_distinguished_by_their_slots(cards: Cards) -> None:
    found = cards(io1={"vsg": {"in-sync": True}}, io2={"cpe": {"synchronized": False}})
    assert (fact(found, "synchronized", "io1"), fact(found, "synchronized", "io2")) == (1, 0)
