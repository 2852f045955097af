"""Links that a card reports in its slot."""

from collections.abc import Callable

import pytest
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

UP = "lantime_module_link_up"


def test_links_are_read_from_booleans_words_and_numbers(cards: Cards, subtests: pytest.Subtests) -> None:
    for value, figure in [(True, 1), (False, 0), ("up", 1), ("down", 0), (1, 1), (0, 0), ("Up [1]", 1)]:
        with subtests.test(value=value):
            assert (
                cards(io1={"ethernet": [{"object-id": "lan2", "link": value}]}).one(UP, slot="io1", port="lan2")
                == figure
            )


def test_links_of_ports_that_are_not_there_have_no_series(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[object] = [-4, -75, "-75", "not-available", "N/A", None]
    for value in rows:
        with subtests.test(value=value):
            assert UP not in cards(io1={"ethernet": [{"object-id": "lan2", "link": value}]})


def test_links_a_malformed_one_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(io1={"ethernet": [{"object-id": "lan2", "link": "wobbly"}, {"object-id": "lan3", "link": "up"}]})
    assert {dict(labels)["port"] for labels in samples[UP]} == {"lan3"}


def test_links_of_one_name_in_two_blocks_go_by_their_path(cards: Cards) -> None:
    samples = cards(io1={"ports": {"lan0": {"link": True}}, "spare": {"lan0": {"link": False}}})
    assert samples.one(UP, slot="io1", port="ports/lan0") == 1
    assert samples.one(UP, slot="io1", port="spare/lan0") == 0


def test_links_of_ptp_instances_are_exported_there(cards: Cards) -> None:
    samples = cards(io1={"ptp": {"port-state": "slave", "offset-from-master-ns": 3, "link": "up"}})
    assert UP not in samples
    assert samples.one("lantime_ptp_link_up", slot="io1", ptp_instance="0", port="0") == 1


def test_links_of_a_network_card_fall(shown: Cards) -> None:
    device = carrier("lne")
    assert shown(device).one(UP, slot="io1", port="lan2") == 1
    assert shown(device, "link-down@lan2").one(UP, slot="io1", port="lan2") == 0
