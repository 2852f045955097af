"""Inputs: values in every form that a device may use; simulated MRI and VSI."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]
CARDS = [("mri", "mri"), ("vsi", "vsi180"), ("esi", "esi180")]


def figure(samples: Samples, name: str, number: str = "1", **labels: str) -> float | None:
    """Return a figure of an input in slot io1."""
    return samples.one(f"lantime_input_{name}", slot="io1", input=number, **labels)


def port(**members: Any) -> dict[str, Any]:
    """Return a module with one input; underscores in keys are hyphens."""
    element = {"object-id": "in-1"} | {key.replace("_", "-"): value for key, value in members.items()}
    return {"info": {"model": "x"}, "inputs": [element]}


def test_an_input_without_a_cable_has_no_signal(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("mri", "mri", spelling)
            assert [figure(found, "signal_present", number) for number in "1234"] == [1, 1, 1, 0]


def test_an_input_that_lost_its_signal_is_reported(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(CARDS, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            assert figure(played(family, model, spelling, "input-lost"), "signal_present") == 0


def test_the_input_that_the_clock_uses_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("mri", "mri", spelling)
            assert [figure(found, "in_use", number) for number in "12"] == [1, 0]


def test_video_inputs_report_their_lock(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("vsi", "vsi180", spelling)
            assert [figure(found, "locked", number) for number in "1234"] == [1, 1, 0, 1]


def test_a_video_input_that_lost_its_signal_is_not_locked(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert figure(played("vsi", "vsi180", spelling, "input-lost"), "locked") == 0


def test_the_kind_of_a_video_input_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("vsi", "vsi180", spelling)
            assert figure(found, "info", type="gpio", signal="video-input", mode="", source="") == 1


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for (family, model), spelling in product(CARDS, SPELLINGS):
        with subtests.test(spelling=spelling, family=family, model=model):
            assert played(family, model, spelling, raw=True) == played(family, model, spelling)


def test_a_fact_is_read_in_each_of_its_forms(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[tuple[dict[str, Any], str, float]] = [
        ({"signal_present": True}, "signal_present", 1),
        ({"signal_available": "no-signal"}, "signal_present", 0),
        ({"signal_lost": True}, "signal_present", 0),
        ({"status": ["input-signal-avail"]}, "signal_present", 1),
        ({"status": 0b10000}, "signal_present", 0),
        ({"port_state": 2}, "signal_present", 1),
        ({"state": "input-signal-never-avail"}, "signal_present", 0),
        ({"locked": "unlocked"}, "locked", 0),
        ({"is_locked": 1}, "locked", 1),
        ({"enabled": False}, "enabled", 0),
        ({"status": ["disabled"]}, "enabled", 0),
        ({"used": 1}, "in_use", 1),
        ({"offset_ns": -3}, "offset_seconds", -3e-9),
        ({"offset_us": "1.5"}, "offset_seconds", 1.5e-6),
        ({"pps_offset_ns": 12}, "offset_seconds", 12e-9),
        ({"offset_limit_ns": 500}, "offset_limit_seconds", 500e-9),
        ({"itu_limit_violated": True}, "itu_limit_violated", 1),
        ({"itu_limit_ok": 1}, "itu_limit_violated", 0),
        ({"quality_ok": False}, "quality_sufficient", 0),
    ]
    for members, name, expected in rows:
        with subtests.test(members=members):
            assert figure(cards(io1=port(**members)), name) == expected


def test_what_is_absent_gives_no_sample(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[tuple[dict[str, Any], str]] = [
        ({"signal_present": "unknown"}, "signal_present"),
        ({"state": "humming"}, "signal_present"),
        ({"offset_ns": "N/A"}, "offset_seconds"),
        ({"offset": 12}, "offset_seconds"),
        ({"ssm": "-"}, "quality_level"),
    ]
    for members, name in rows:
        with subtests.test(members=members):
            assert figure(cards(io1=port(**members)), name) is None


def test_quality_levels_are_the_same_as_numbers_and_words(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[object] = [8, "8", "ql-ssu-b", "QL-SSU-B", "QL_SSU_B"]
    for value in rows:
        with subtests.test(value=value):
            assert cards(io1=port(ssm=value)).states("lantime_input_quality_level", slot="io1", input="1") == {
                "ql-ssu-b"
            }


def test_an_unknown_quality_level_is_shown(cards: Cards) -> None:
    found = cards(io1=port(ssm="QL-ePRTC"))
    assert found.states("lantime_input_quality_level", slot="io1") == {"ql-eprtc"}


@pytest.mark.parametrize("value", [3, "red"])
def test_the_colour_of_a_mask_is_exported(cards: Cards, value: object) -> None:
    found = cards(io1=port(mtie_color=value))
    assert found.states("lantime_input_mtie_colour", slot="io1", input="1") == {"red"}


def test_an_offset_without_unit_stays_generic(cards: Cards) -> None:
    found = cards(io1=port(offset=12))
    assert found.one("lantime_module_value", slot="io1", model="x", path="inputs/in-1/offset") == 12


def test_a_signal_may_be_given_without_a_name(cards: Cards) -> None:
    found = cards(io1=port(signal=False, port_type="pps"))
    assert figure(found, "signal_present") == 0
    assert figure(found, "info", type="pps", signal="", mode="", source="") == 1


def test_the_strength_of_a_signal_stays_generic(cards: Cards) -> None:
    found = cards(io1=port(signal=7.5, port_type="pps"))
    assert found.one("lantime_module_value", slot="io1", model="x", path="inputs/in-1/signal") == 7.5


def test_a_malformed_member_costs_its_own_series_only(cards: Cards) -> None:
    good = cards(io1=port(signal_present=True, offset_ns=4, locked=True))
    invalid = cards(io1=port(signal_present=True, offset_ns="purple", locked=True))
    lost = {name: series for name, series in good.items() if invalid.get(name) != series}
    assert lost.keys() == {"lantime_input_offset_seconds"}


def test_a_renamed_key_appears_in_the_generic_layer(cards: Cards) -> None:
    found = cards(io1=port(signal_present=True, lock_of_it="tight"))
    path = "inputs/in-1/lock-of-it"
    assert found.one("lantime_module_state", slot="io1", model="x", path=path, state="tight") == 1


def test_two_cards_are_distinguished_by_their_slots(cards: Cards) -> None:
    found = cards(mri1=port(signal_present=True), mri2=port(signal_present=False))
    assert {dict(labels)["slot"]: value for labels, value in found["lantime_input_signal_present"].items()} == {
        "mri1": 1,
        "mri2": 0,
    }


def test_a_module_without_inputs_has_none(cards: Cards) -> None:
    assert not [name for name in cards(io1={"info": {"model": "mri"}}) if name.startswith("lantime_input_")]
