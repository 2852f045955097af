"""Comparison of two clocks: SHS state, difference, disabled outputs."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_simulator import m3000

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

STATE = "lantime_shs_state"
DIFFERENCE = "lantime_clock_difference_seconds"

SPELLED: dict[str, dict[str, Any]] = {
    "a block": {"shs": {"state": "warning", "time-difference-ns": 38}},
    "a block in a block": {"rsc": {"shs-status": {"status": "WARNING", "time-diff-ns": "38"}}},
    "members": {"shs-state": 2, "shs-time-diff-us": 0.038},
    "a word and a difference apart": {"shs": "warning", "comparison": {"clock-difference-ns": 38}},
}


def test_comparison_is_read_in_every_spelling(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, module in SPELLED.items():
        with subtests.test(case):
            samples = cards(scu1=module)
            assert samples.states(STATE, slot="scu1") == {"warning"}
            assert samples.one(DIFFERENCE, slot="scu1") == pytest.approx(38e-9)


def test_comparison_raw_numbers_and_words_are_the_same(cards: Cards, subtests: pytest.Subtests) -> None:
    for number, word in list(enumerate(["disabled", "ok", "warning", "error", "fatal"])):
        with subtests.test(number=number, word=word):
            assert cards(scu1={"shs": {"state": number}}) == cards(scu1={"shs": {"state": word}})


def test_comparison_an_unknown_state_is_shown(cards: Cards) -> None:
    assert cards(scu1={"shs-state": "Settling Down"}).states(STATE, slot="scu1") == {"settling-down"}


def test_comparison_a_difference_without_unit_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(scu1={"shs": {"state": "ok", "time-difference": 38}})
    assert DIFFERENCE not in samples
    assert samples.one("lantime_module_value", slot="scu1", model="", path="shs/time-difference") == 38


@pytest.mark.parametrize("value", ["N/A", None, "-"])
def test_comparison_a_sentinel_is_no_difference(cards: Cards, value: object) -> None:
    assert DIFFERENCE not in cards(scu1={"shs": {"time-difference-ns": value}})


def test_comparison_reports_what_is_switched_off_on_error(cards: Cards) -> None:
    samples = cards(scu1={"shs": {"state": "ok", "disable-serial": True, "disable-pps": 0}, "disable-10mhz": "yes"})
    found = {dict(labels)["signal"]: value for labels, value in samples["lantime_shs_disable_on_error"].items()}
    assert found == {"serial": 1, "pps": 0, "10mhz": 1}


def test_comparison_outside_of_the_slots_is_at_the_cpu(collect: Cards) -> None:
    samples = collect({"data": {"system": {"shs": {"state": "fatal"}}}})
    assert samples.states(STATE, slot="cpu") == {"fatal"}


@pytest.mark.parametrize("spelling", ["nested", "flat"])
def test_comparison_is_fatal_when_a_clock_is_lost(shown: Cards, spelling: str) -> None:
    device = m3000(spelling=spelling)
    assert shown(device).states(STATE, slot="scu1") == {"ok"}
    assert shown(device, "clock1-lost").states(STATE, slot="scu1") == {"fatal"}


def test_comparison_of_the_flat_spelling_is_in_seconds(shown: Cards) -> None:
    difference = shown(m3000(spelling="flat")).one(DIFFERENCE, slot="scu1")
    assert difference is not None
    assert abs(difference) < 1e-7
