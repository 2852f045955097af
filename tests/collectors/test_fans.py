"""Fans: health, states in the words of the MIB and of the fan control; chassis temperature."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat", "words"]
OK, STATE = "lantime_fan_ok", "lantime_fan_state"


def test_running_fans_are_ok(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("acm", "acm", spelling)
            assert [found.one(OK, slot="io1", fan=fan) for fan in "12"] == [1, 1]


def test_a_failed_fan_is_not_ok(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("acm", "acm", spelling, "fan-failed")
            assert [found.one(OK, slot="io1", fan=fan) for fan in "12"] == [0, 1]


@pytest.mark.parametrize(("spelling", "word"), [("nested", "off"), ("flat", "off"), ("words", "faulty")])
def test_the_state_of_a_failed_fan_is_exported(played: Played, spelling: str, word: str) -> None:
    assert played("acm", "acm", spelling, "fan-failed").states(STATE, slot="io1", fan="1") == {word}


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("acm", "acm", spelling, raw=True) == played("acm", "acm", spelling)


def test_health_is_read_in_each_of_its_forms(cards: Cards, subtests: pytest.Subtests) -> None:
    for module, ok in [
        ({"fan-1": {"status": "on"}}, 1),
        ({"fan-1": {"status": "off"}}, 0),
        ({"fan-1": {"status": "off", "error": "no"}}, 1),
        ({"fan-1": {"status": "on", "error": "yes"}}, 0),
        ({"fan-1": {"status": 2, "error": 2}}, 0),
        ({"fan-1": {"status": "on", "error": True}}, 0),
        ({"fan-1": {"status": "not-available", "error": "yes"}}, None),
        ({"fan-1": {"status": "on", "error": "not-available"}}, None),
        ({"fan-1": {"state": "turned-off"}}, 0),
        ({"fan-1": {"state": "disabled"}}, None),
        ({"fan-1": {"error": "no"}}, 1),
        ({"acm": {"fans": [{"object-id": "1", "status": "on"}]}}, 1),
        ({"fan-1-status": 2, "fan-1-error": 1}, 1),
        ({"fan1": "not-avail"}, None),
        ({"fan1": "humming"}, None),
        ({"fan1": {"status": "N/A"}}, None),
    ]:
        with subtests.test(module=module):
            assert cards(io1=module).one(OK, slot="io1", fan="1") == ok


def test_a_fan_that_is_not_available_has_a_state_all_the_same(cards: Cards) -> None:
    assert cards(io1={"fan1": {"fan-status": 0}}).states(STATE, slot="io1", fan="1") == {"not-available"}


@pytest.mark.parametrize(("raw", "word"), [("humming", "humming"), (9, "9")])
def test_an_unknown_state_is_shown(cards: Cards, raw: object, word: str) -> None:
    assert cards(io1={"fan1": {"status": raw}}).states(STATE, slot="io1", fan="1") == {word}


def test_a_malformed_error_costs_its_own_series_only(cards: Cards) -> None:
    found = cards(io1={"fan1": {"status": "on", "error": "purple"}, "fan2": {"status": "on"}})
    assert found[OK] == {frozenset({("slot", "io1"), ("fan", "2")}): 1}
    assert found.states(STATE, slot="io1", fan="1") == {"on"}


def test_the_speed_is_read_where_its_unit_is_exported(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "acm"}, "fan1": {"speed-rpm": 2400}, "fan2": {"speed": 2400}})
    assert found["lantime_fan_speed_rpm"] == {frozenset({("slot", "io1"), ("fan", "1")}): 2400}
    assert found.one("lantime_module_value", slot="io1", model="acm", path="fan2/speed") == 2400


@pytest.mark.parametrize("module", [{"chassis-temperature": 35.5}, {"acm": {"temperature": "35.5"}}])
def test_the_temperature_of_the_chassis_is_exported(cards: Cards, module: dict[str, Any]) -> None:
    assert cards(acm=module).one("lantime_chassis_temperature_celsius", slot="acm") == 35.5


def test_two_fan_units_are_distinguished_by_their_slots(cards: Cards) -> None:
    found = cards(acm1={"fan1": "ok"}, acm2={"fan1": "faulty"})
    assert {dict(labels)["slot"]: value for labels, value in found[OK].items()} == {"acm1": 1, "acm2": 0}


def test_a_module_without_fans_has_none(cards: Cards) -> None:
    assert OK not in cards(io1={"fanfare-1": {"status": "on"}})
