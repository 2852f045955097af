"""Outputs: values in every form that a device may use; simulated BPE, SCG and LSG."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]
PLAIN = [("bpe", "bpe"), ("scg", "scg181"), ("lsg", "lsg180")]


def output(samples: Samples, name: str, number: str = "1", **labels: str) -> float | None:
    """Return a figure of an output in slot io1."""
    return samples.one(f"lantime_output_{name}", slot="io1", output=number, **labels)


def port(**members: Any) -> dict[str, Any]:
    """Return a module with one output; underscores in keys are hyphens."""
    return {"info": {"model": "x"}, "outputs": [{"object-id": "out-1"} | keys(members)]}


def keys(members: dict[str, Any]) -> dict[str, Any]:
    return {key.replace("_", "-"): value for key, value in members.items()}


def test_outputs_that_work_have_a_signal(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(PLAIN, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            found = played(family, model, spelling)
            assert [output(found, "signal_present", number) for number in "123"] == [1, 1, 1]


def test_an_output_that_lost_its_signal_is_reported(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(PLAIN, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            found = played(family, model, spelling, "output-level-lost")
            assert [output(found, "signal_present", number) for number in "123"] == [1, 0, 1]


def test_an_output_that_is_switched_off_is_not_enabled(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("bpe", "bpe", spelling)
            assert [output(found, "enabled", number) for number in "1234"] == [1, 1, 1, 0]


def test_what_an_output_is_set_up_for_is_exported_in_words(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("bpe", "bpe", spelling)
            mode = "if-sync-only" if spelling == "nested" else ""
            labels = {"type": "pps", "signal": "", "mode": mode, "source": "switch-card"}
            assert output(found, "info", **labels) == 1


def test_frequencies_are_hertz(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert output(played("scg", "scg181", spelling), "frequency_hertz") == 48_000


def test_line_signal_generators_report_the_quality_level_they_send(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("lsg", "lsg180", spelling)
            assert found.states("lantime_output_quality_level", slot="io1", output="4") == {"ql-prc"}


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(PLAIN, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            assert played(family, model, spelling, raw=True) == played(family, model, spelling)


def test_a_fact_is_read_in_each_of_its_forms(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[tuple[dict[str, Any], str, float]] = [
        ({"enabled": True}, "enabled", 1),
        ({"enabled": "off"}, "enabled", 0),
        ({"out_enabled": 1}, "enabled", 1),
        ({"disabled": True}, "enabled", 0),
        ({"status": ["disabled"]}, "enabled", 0),
        ({"status": 0b10}, "enabled", 1),
        ({"port_state": "output-enabled"}, "enabled", 1),
        ({"port_state": 0}, "enabled", 0),
        ({"carrier_detected": False}, "signal_present", 0),
        ({"carrier": "present"}, "signal_present", 1),
        ({"status": 0b10}, "signal_present", 1),
        ({"state": "carrier-detected"}, "signal_present", 1),
        ({"state": "short-circuit"}, "signal_present", 0),
        ({"short_circuit": True}, "short_circuit", 1),
        ({"status_flags": ["short-circuit"]}, "short_circuit", 1),
        ({"status": 0b100000}, "short_circuit", 1),
        ({"overload": False}, "overload", 0),
        ({"level_ok": True}, "level_ok", 1),
        ({"level": {"ok": False}}, "level_ok", 0),
        ({"level": "too-low"}, "level_ok", 0),
        ({"state": "error"}, "level_ok", 0),
        ({"settled": 1}, "settled", 1),
        ({"settled": "adjusting"}, "settled", 0),
        ({"adjusting": True}, "settled", 0),
        ({"frequency_khz": 2048}, "frequency_hertz", 2_048_000),
        ({"bit_rate_kbps": "1544"}, "data_rate_bytes_per_second", 193_000),
    ]
    for members, name, expected in rows:
        with subtests.test(members=members):
            assert output(cards(io1=port(**members)), name) == expected


def test_what_is_absent_gives_no_sample(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[tuple[dict[str, Any], str]] = [
        ({"enabled": "N/A"}, "enabled"),
        ({"enabled": None}, "enabled"),
        ({"status": None}, "signal_present"),
        ({"state": "humming"}, "signal_present"),
        ({"state": "humming"}, "level_ok"),
        ({"status": {"disabled": False}}, "signal_present"),
        ({"frequency_hz": "-"}, "frequency_hertz"),
        ({"frequency": 48_000}, "frequency_hertz"),
        ({"frequency_mhz": 10}, "frequency_hertz"),
    ]
    for members, name in rows:
        with subtests.test(members=members):
            assert output(cards(io1=port(**members)), name) is None


def test_conditions_of_a_mask_are_exported_by_name(cards: Cards) -> None:
    found = cards(io1=port(status=0b1000010))
    held = {dict(labels)["condition"] for labels, value in found["lantime_output_condition"].items() if value}
    assert held == {"carrier-detected", "red"}


def test_an_unknown_condition_is_shown(cards: Cards) -> None:
    found = cards(io1=port(status=["carrier-detected", "humming"]))
    assert output(found, "condition", condition="humming") == 1


def test_an_unknown_word_alone_says_nothing_of_the_known_conditions(cards: Cards) -> None:
    found = cards(io1=port(state="humming"))
    assert {dict(labels)["condition"] for labels in found["lantime_output_condition"]} == {"humming"}


def test_gpio_states_are_the_same_as_numbers_and_words(cards: Cards) -> None:
    name = "lantime_output_port_state"
    assert cards(io1=port(port_state=1))[name] == cards(io1=port(port_state="output-enabled"))[name]


def test_an_unknown_gpio_state_is_shown(cards: Cards) -> None:
    assert cards(io1=port(port_state=9)).states("lantime_output_port_state", slot="io1") == {"9"}


def test_a_number_whose_meaning_is_not_proved_stays_generic(cards: Cards, subtests: pytest.Subtests) -> None:
    for key, value in [("state", 7), ("level", 0.98), ("frequency", 48_000), ("output-voltage", 1.02)]:
        with subtests.test(key=key, value=value):
            found = cards(io1=port(**{key: value}))
            assert found.one("lantime_module_value", slot="io1", model="x", path=f"outputs/out-1/{key}") == value


def test_a_renamed_key_appears_in_the_generic_layer(cards: Cards) -> None:
    found = cards(io1=port(overlord=True, enabled=True))
    assert found.one("lantime_module_flag", slot="io1", model="x", path="outputs/out-1/overlord") == 1


def test_a_signal_may_be_given_without_a_name(cards: Cards) -> None:
    found = cards(io1=port(signal=False, port_type="pps"))
    assert output(found, "signal_present") == 0
    assert output(found, "info", type="pps", signal="", mode="", source="") == 1


def test_the_strength_of_a_signal_stays_generic(cards: Cards) -> None:
    found = cards(io1=port(signal=7.5, port_type="pps"))
    assert found.one("lantime_module_value", slot="io1", model="x", path="outputs/out-1/signal") == 7.5


def test_a_malformed_member_costs_its_own_series_only(cards: Cards) -> None:
    good = cards(io1=port(enabled=True, overload=False, settled=True))
    invalid = cards(io1=port(enabled=True, overload="purple", settled=True))
    lost = {name: series for name, series in good.items() if invalid.get(name) != series}
    assert lost.keys() == {"lantime_output_overload"}


def test_two_cards_are_distinguished_by_their_slots(cards: Cards) -> None:
    found = cards(io1=port(enabled=True), io2=port(enabled=False))
    assert {dict(labels)["slot"]: value for labels, value in found["lantime_output_enabled"].items()} == {
        "io1": 1,
        "io2": 0,
    }


def test_a_module_without_outputs_has_none(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "bpe"}})
    assert not [name for name in found if name.startswith("lantime_output_")]
