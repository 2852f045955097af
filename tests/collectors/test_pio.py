"""PIO: directions of the ports, and offsets of the 1PPS inputs."""

from collections.abc import Callable
from itertools import product

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]
Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]


def test_the_direction_of_each_port_is_exported(played: Played, subtests: pytest.Subtests) -> None:
    for raw, spelling in product([False, True], SPELLINGS):
        with subtests.test(spelling=spelling, raw=raw):
            series = played("pio", "pio180", spelling, raw=raw)["lantime_pio_port_info"]
            directions = {dict(labels)["port"]: dict(labels)["direction"] for labels in series}
            assert directions == {"1": "input", "2": "input", "3": "output", "4": "output"}


def test_offsets_are_seconds(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            offsets = played("pio", "pio180", spelling)["lantime_input_offset_seconds"].values()
            assert len(offsets) == 2
            assert all(0 < abs(offset) < 20e-9 for offset in offsets)


def test_an_input_without_signal_has_no_offset(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("pio", "pio180", spelling, "input-lost")
            assert found.one("lantime_input_signal_present", slot="io1", input="1") == 0
            assert found.one("lantime_input_offset_seconds", slot="io1", input="1") is None


def test_outputs_are_outputs(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            found = played("pio", "pio180", spelling)
            assert found.one("lantime_output_signal_present", slot="io1", output="3") == 1


def test_offset_limits_are_seconds(played: Played) -> None:
    found = played("pio", "pio180", "nested")
    assert found.one("lantime_input_offset_limit_seconds", slot="io1", input="1") == 500e-9


def test_raw_numbers_give_the_same_series(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            assert played("pio", "pio180", spelling, raw=True) == played("pio", "pio180", spelling)


def test_an_unknown_direction_is_no_port(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "pio180"}, "ports": [{"object-id": "port-1", "direction": "sideways"}]})
    assert "lantime_pio_port_info" not in found


def test_only_this_card_has_offsets_without_unit(cards: Cards) -> None:
    ports = [{"object-id": "port-1", "direction": "input", "offset": 7}]
    found = cards(io1={"info": {"model": "pio180"}, "ports": ports}, io2={"info": {"model": "x"}, "ports": ports})
    assert found["lantime_input_offset_seconds"] == {frozenset({("slot", "io1"), ("input", "1")}): 7e-9}
