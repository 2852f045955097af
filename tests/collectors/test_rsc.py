"""Switch cards: selection, mode, outputs, inputs, supplies, as bits and as words."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from lantime_simulator import m500, m1000, m3000

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

BITS: dict[str, Any] = {
    "ts1": True,
    "ts2": False,
    "tl-error": False,
    "psu1-ok": True,
    "psu2-ok": False,
    "psu3-ok": False,
    "psu4-ok": False,
    "auto": False,
    "sel": 1,
    "ena": True,
    "has-4-psus": False,
    "aco": True,
    "wdog-ok": True,
}

WORDS: dict[str, Any] = {
    "mode": "manual",
    "selected-clock": "clk2",
    "outputs-enabled": "enabled",
    "watchdog-ok": "yes",
    "access-override": True,
    "time-limit-error": False,
    "inputs": [{"object-id": "clk1", "time-sync": True}, {"object-id": "clk2", "time-sync": False}],
    "power-supplies": {"psu1": "ok", "psu2": "failed"},
}

SPELLED: dict[str, dict[str, Any]] = {
    "bits of a block": {"scu-status": BITS},
    "bits of the module": BITS,
    "bits as numbers": {"status": {key: int(value) for key, value in BITS.items()}},
    "words of a block": {"rsc": WORDS},
    "words around flags": {"rsc": {"flags": {"ena": True, "aco": True, "wdog-ok": True, "tl-error": False}, **WORDS}},
    "inputs by key": {
        "switch": WORDS
        | {"inputs": {"clock-1": {"state": "synchronized"}, "clock-2": {"state": "not-synchronized"}}}
        | {"selected-clock": "clock 2", "mode": "Manual [1]"}
    },
    "everything flat": {key: value for key, value in WORDS.items() if key not in {"inputs", "power-supplies"}}
    | {"clk1-sync": True, "clk2-sync": False, "psu1-ok": True, "psu2-ok": False},
}


def test_switch_is_read_in_every_spelling(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, module in SPELLED.items():
        samples = cards(scu1=module)
        with subtests.test(case, fact="the selected clock"):
            assert samples.states("lantime_switch_selected_clock", slot="scu1") == {"clk2"}
        with subtests.test(case, fact="its mode"):
            assert samples.states("lantime_switch_mode", slot="scu1") == {"manual"}
        with subtests.test(case, fact="its conditions"):
            names = ("outputs_enabled", "watchdog_ok", "access_override", "time_limit_error")
            assert [samples.one(f"lantime_switch_{name}", slot="scu1") for name in names] == [1, 1, 1, 0]
        with subtests.test(case, fact="whether its inputs are synchronized"):
            name = "lantime_switch_input_synchronized"
            assert [samples.one(name, slot="scu1", input=clock) for clock in ("clk1", "clk2")] == [1, 0]
        with subtests.test(case, fact="the state of its inputs"):
            name = "lantime_switch_input_state"
            found = [samples.states(name, slot="scu1", input=clock) for clock in ("clk1", "clk2")]
            assert found == [{"synchronized"}, {"not-synchronized"}]
        with subtests.test(case, fact="its supplies"):
            supplies = samples["lantime_switch_power_supply_ok"]
            assert {dict(labels)["supply"]: value for labels, value in supplies.items()} == {"psu1": 1, "psu2": 0}


def test_switch_reports_kind_and_usage_of_its_inputs(cards: Cards) -> None:
    clock = {"object-id": "clk1", "time-sync": True, "clock-type": "gps", "usage": 3}
    samples = cards(scu1={"rsc": {"sel": 0, "ena": True, "inputs": [clock]}})
    assert samples.one("lantime_switch_input_info", slot="scu1", input="clk1", type="gps") == 1
    assert samples.states("lantime_switch_input_usage", slot="scu1", input="clk1") == {"primary"}


def test_switch_supplies_three_and_four_count_where_there_are_four(cards: Cards) -> None:
    samples = cards(scu1=BITS | {"has-4-psus": True})
    assert len(samples["lantime_switch_power_supply_ok"]) == 4


def test_switch_an_input_in_an_unknown_state_shows_it_and_is_neither_good_nor_bad(cards: Cards) -> None:
    samples = cards(scu1={"sel": 0, "ena": True, "clk1-state": "warming up"})
    assert samples.states("lantime_switch_input_state", input="clk1") == {"warming-up"}
    assert "lantime_switch_input_synchronized" not in samples


def test_switch_an_input_in_holdover_is_not_synchronized(cards: Cards) -> None:
    samples = cards(scu1={"sel": 0, "ena": True, "clk1-state": "holdover [2]"})
    assert samples.one("lantime_switch_input_synchronized", slot="scu1", input="clk1") == 0
    assert samples.states("lantime_switch_input_state", input="clk1") == {"holdover"}


@pytest.mark.parametrize(("key", "value", "state"), [("selected-clock", "clk3", "clk3"), ("sel", 2, "2")])
def test_switch_an_unknown_selection_is_shown(cards: Cards, key: str, value: object, state: str) -> None:
    samples = cards(scu1={key: value, "ena": True})
    assert samples.states("lantime_switch_selected_clock") == {state}


def test_switch_a_malformed_bit_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(scu1=BITS | {"ena": "perhaps"})
    assert "lantime_switch_outputs_enabled" not in samples
    assert samples.states("lantime_switch_selected_clock") == {"clk2"}


def test_switch_a_mask_stays_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(scu1={"info": {"model": "rsc180"}, "status-mask": 4660, "ena": True})
    assert samples.one("lantime_module_value", slot="scu1", model="rsc180", path="status-mask") == 4660


def test_switch_one_member_is_enough_on_a_model_of_the_family(cards: Cards) -> None:
    assert cards(spt={"info": {"model": "spt"}, "ena": 1}).one("lantime_switch_outputs_enabled", slot="spt") == 1


def test_switch_one_member_is_not_enough_on_another_model(cards: Cards) -> None:
    samples = cards(io1={"info": {"model": "cpe180"}, "ena": 1})
    assert "lantime_switch_outputs_enabled" not in samples
    assert samples.one("lantime_module_value", slot="io1", model="cpe180", path="ena") == 1


def test_switch_renamed_members_are_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(scu1={"info": {"model": "rsc180"}, "rsc": {"chosen": "clk2", "ena": True}})
    assert samples.one("lantime_module_state", slot="scu1", model="rsc180", path="rsc/chosen", state="clk2") == 1


def test_switch_cards_in_two_slots_are_kept_apart(cards: Cards) -> None:
    samples = cards(scu1=BITS, scu2=BITS | {"sel": 0})
    found = [samples.states("lantime_switch_selected_clock", slot=slot) for slot in ("scu1", "scu2")]
    assert found == [{"clk2"}, {"clk1"}]


def test_switch_changes_over_when_clock_1_is_lost(shown: Cards, subtests: pytest.Subtests) -> None:
    for spelling, raw in product(["nested", "flat"], [False, True]):
        with subtests.test(raw=raw, spelling=spelling):
            device = m3000(spelling=spelling)
            healthy, lost = shown(device, raw=raw), shown(device, "clock1-lost", raw=raw)
            selected = "lantime_switch_selected_clock"
            assert (healthy.states(selected, slot="scu1"), lost.states(selected, slot="scu1")) == ({"clk1"}, {"clk2"})
            assert lost.one("lantime_switch_input_synchronized", slot="scu1", input="clk1") == 0
            assert lost.one("lantime_switch_input_synchronized", slot="scu1", input="clk2") == 1


@pytest.mark.parametrize("spelling", ["nested", "flat"])
def test_switch_in_manual_mode_is_exported(shown: Cards, spelling: str) -> None:
    device = m3000(spelling=spelling)
    assert shown(device).states("lantime_switch_mode", slot="scu1") == {"auto"}
    assert shown(device, "rsc-manual").states("lantime_switch_mode", slot="scu1") == {"manual"}


@pytest.mark.parametrize("spelling", ["nested", "flat"])
def test_switch_sees_a_lost_supply(shown: Cards, spelling: str) -> None:
    samples = shown(m3000(spelling=spelling), "psu-lost@pwr4")
    found = [samples.one("lantime_switch_power_supply_ok", slot="scu1", supply=f"psu{n}") for n in range(1, 5)]
    assert found == [1, 1, 1, 0]


def test_switch_of_a_chassis_with_two_supplies_misses_none(shown: Cards) -> None:
    assert set(shown(m1000())["lantime_switch_power_supply_ok"].values()) == {1.0}


def test_switch_of_a_single_clock_system_passes_it_through(shown: Cards) -> None:
    device = m500()
    [slot] = [slot.name for slot in device.fitted("rsc")]
    assert shown(device).states("lantime_switch_selected_clock", slot=slot) == {"clk1"}
