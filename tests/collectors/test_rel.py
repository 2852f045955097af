"""Relays: contact, source, mode, in every form."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_simulator import carrier, m3000

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

STATE = "lantime_relay_state"
SOURCE = "lantime_relay_source_info"

SPELLED: dict[str, dict[str, Any]] = {
    "a list of objects": {"relays": [{"object-id": "relay-a", "state": "nc"}, {"object-id": "relay-b", "state": "no"}]},
    "a list of letters": {"relays": [{"object-id": "a", "state": "NC"}, {"object-id": "b", "state": "NO"}]},
    "an object of objects": {"relays": {"a": {"state": "nc"}, "b": {"state": "no"}}},
    "an object of words": {"relay-states": {"a": "normally-closed", "b": "normally-open"}},
    "words of a block": {"rel": {"relay-a": "normally-closed", "relay-b": "normally-open"}},
    "words of the module": {"relay_a": "CO-NC", "relay_b": "CO-NO"},
    "members of the module": {"relay-a-state": "nc", "relay-b-state": "no"},
    "objects of the module": {"RelayA": {"position": "nc"}, "RelayB": {"position": "no"}},
    "deep in other blocks": {"io": {"error": {"relais": {"relais-a": "nc", "relais-b": "no"}}}},
}


def test_rel_contacts_are_read_in_every_spelling(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, module in SPELLED.items():
        with subtests.test(case):
            samples = cards(io1=module)
            found = {relay: samples.states(STATE, slot="io1", relay=relay) for relay in "ab"}
            assert found == {"a": {"nc"}, "b": {"no"}}


def test_rel_both_contacts_are_series(cards: Cards) -> None:
    samples = cards(io1={"relays": [{"object-id": "relay-c", "state": "nc"}]})
    assert samples[STATE] == {
        frozenset({("slot", "io1"), ("relay", "c"), ("state", "no")}): 0.0,
        frozenset({("slot", "io1"), ("relay", "c"), ("state", "nc")}): 1.0,
    }


def test_rel_what_is_not_plainly_no_or_nc_is_a_state_of_its_own(cards: Cards, subtests: pytest.Subtests) -> None:
    for value, state in [
        ("ok", "ok"),
        ("error", "error"),
        (True, "true"),
        (False, "false"),
        (1, "1"),
        ("de energised", "de-energised"),
    ]:
        with subtests.test(value=value):
            samples = cards(io1={"relays": {"a": {"state": value}}})
            assert samples.states(STATE, relay="a") == {state}


def test_rel_a_relay_that_says_nothing_has_no_state(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[object] = ["N/A", "-", "", None]
    for value in rows:
        with subtests.test(value=value):
            assert STATE not in cards(io1={"relays": {"a": {"state": value}}})


def test_rel_relays_are_named_by_what_follows_the_word(cards: Cards, subtests: pytest.Subtests) -> None:
    for key, name in [("relay1", "1"), ("relay-2", "2"), ("Relay C", "c"), ("relay_0", "0")]:
        with subtests.test(key=key, name=name):
            assert cards(io1={key: "no"}).states(STATE, relay=name) == {"no"}


def test_rel_a_list_without_names_counts_from_zero(cards: Cards) -> None:
    samples = cards(io1={"relays": ["no", "nc"]})
    assert (samples.states(STATE, relay="0"), samples.states(STATE, relay="1")) == ({"no"}, {"nc"})


def test_rel_source_and_mode_stand_beside_the_state(cards: Cards) -> None:
    relay = {"object-id": "relay-a", "state": "no", "source": "clk1-fail", "mode": "automatic", "event-driven": True}
    samples = cards(io1={"relays": [relay]})
    assert samples.one(SOURCE, slot="io1", relay="a", source="clk1-fail") == 1
    assert samples.states("lantime_relay_mode", relay="a") == {"automatic"}
    assert samples.one("lantime_relay_event_driven", slot="io1", relay="a") == 1


def test_rel_several_sources_of_a_relay_are_a_series_each(cards: Cards) -> None:
    samples = cards(io1={"relays": {"c": {"state": "no", "sources": ["rsc-fail", "events", "N/A"]}}})
    assert {dict(labels)["source"] for labels in samples[SOURCE]} == {"rsc-fail", "events"}


def test_rel_cards_in_two_slots_are_kept_apart(cards: Cards) -> None:
    samples = cards(io1={"relays": {"a": "no"}}, io2={"rel": {"relay-a": "nc"}})
    assert (samples.states(STATE, slot="io1"), samples.states(STATE, slot="io2")) == ({"no"}, {"nc"})


@pytest.mark.parametrize("section", [{"relay": {"state": "no"}}, {"relays": ["no"]}, {"system": {"relay": "no"}}])
def test_rel_the_relay_of_a_device_without_a_card_is_at_the_cpu(collect: Cards, section: dict[str, Any]) -> None:
    samples = collect({"data": {**section, "chassis0": {"slots": []}}})
    assert samples.one(STATE, slot="cpu", relay="0", state="no") == 1


def test_rel_other_members_of_a_relay_are_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"relays": [{"object-id": "relay-a", "state": "no", "switches": 17}]})
    assert samples.one("lantime_module_value", slot="io1", model="", path="relays/relay-a/switches") == 17


def test_rel_a_renamed_block_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"contacts": {"a": "no"}})
    assert STATE not in samples
    assert samples.one("lantime_module_state", slot="io1", model="", path="contacts/a", state="no") == 1


def test_rel_a_module_without_relays_has_none(cards: Cards) -> None:
    assert not [name for name in cards(io1={"info": {"model": "rel1000"}, "relation": 1}) if "_relay_" in name]


SPELLINGS = [("nested", "no", "nc"), ("flat", "no", "nc"), ("words", "ok", "error")]


@pytest.mark.parametrize(("spelling", "good", "bad"), SPELLINGS)
def test_rel_relay_c_falls_in_every_spelling(shown: Cards, spelling: str, good: str, bad: str) -> None:
    device = carrier("rel", spelling)
    healthy, fallen = shown(device), shown(device, "relay-c-nc")
    assert (healthy.states(STATE, slot="io1", relay="c"), fallen.states(STATE, slot="io1", relay="c")) == (
        {good},
        {bad},
    )
    assert fallen.states(STATE, slot="io1", relay="a") == {good}


def test_rel_a_lost_clock_drops_its_relay_only(shown: Cards) -> None:
    samples = shown(m3000(), "clock1-lost")
    assert [samples.states(STATE, slot="io3", relay=relay) for relay in "abc"] == [{"nc"}, {"no"}, {"no"}]


def test_rel_sources_differ_between_redundant_and_single_systems(shown: Cards) -> None:
    redundant = {dict(labels)["source"] for labels in shown(m3000())[SOURCE]}
    single = {dict(labels)["source"] for labels in shown(carrier("rel"))[SOURCE]}
    assert redundant == {"clk1-fail", "clk2-fail", "rsc-fail"}
    assert single == {"clk1-fail", "pps-fail", "10mhz-fail"}
