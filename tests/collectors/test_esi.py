"""ESI: required and received quality level of the bit stream, and the ITU mask."""

from collections.abc import Callable

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]

STREAM = {"slot": "io1", "input": "1"}


def test_the_quality_level_of_the_bit_stream_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("esi", "esi180", spelling).states("lantime_input_quality_level", **STREAM) == {"ql-prc"}


def test_a_lost_bit_stream_is_not_to_be_used(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("esi", "esi180", spelling, "input-lost")
            assert found.states("lantime_input_quality_level", **STREAM) == {"ql-dnu-dus"}


def test_the_device_says_whether_the_quality_is_sufficient(played: Played) -> None:
    name = "lantime_input_quality_sufficient"
    assert played("esi", "esi180", "nested").one(name, **STREAM) == 1
    assert played("esi", "esi180", "nested", "input-lost").one(name, **STREAM) == 0


def test_the_configured_minimum_is_given_as_a_word(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            (labels,) = played("esi", "esi180", spelling)["lantime_input_requirement_info"]
            assert dict(labels)["minimum_quality_level"] == "ql-ssu-b"


def test_sa_bits_and_mask_are_exported(played: Played) -> None:
    (labels,) = played("esi", "esi180", "nested")["lantime_input_requirement_info"]
    assert (dict(labels)["sa_bits"], dict(labels)["itu_mask"]) == ("sa4", "g.811-prc")


def test_the_itu_mask_is_kept(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("esi", "esi180", spelling).one("lantime_input_itu_limit_violated", **STREAM) == 0


def test_the_offset_is_seconds(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            offset = played("esi", "esi180", spelling).one("lantime_input_offset_seconds", **STREAM)
            assert offset is not None
            assert abs(offset) < 60e-9


def test_mtie_and_tdev_without_unit_stay_generic(played: Played) -> None:
    found = played("esi", "esi180", "nested")
    paths = {dict(labels)["path"] for labels in found["lantime_module_value"]}
    assert paths == {"inputs/in-1/mtie", "inputs/in-1/tdev"}


def test_inputs_without_requirements_have_none(cards: Cards) -> None:
    found = cards(io1={"inputs": [{"object-id": "in-1", "signal-present": True}]})
    assert "lantime_input_requirement_info" not in found
