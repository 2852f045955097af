"""Synchronous Ethernet: quality levels of ports and instances."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from lantime_exporter.document.shared_enumerations import SSM
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

LEVEL = "lantime_synce_quality_level"

PTP: dict[str, Any] = {"port-state": "slave", "offset-from-master-ns": 1}


def test_synce_levels_are_read_in_every_spelling(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[dict[str, Any]] = [
        {"synce": {"ssm-in": "ql-prc", "ssm-out": "ql-dnu"}},
        {"sync-e": {"incoming-quality-level": "QL-PRC", "outgoing-quality-level": "QL-DUS"}},
        {"synchronous-ethernet": {"rx-ql": "ql-prc", "tx-ql": "ql-dnu/dus"}},
        {"synce-ql-in": 2, "synce-ql-out": 15},
        {"ports": {"synce-status": {"input-quality": "ql-prc [2]", "output-quality": "15"}}},
    ]
    for module in rows:
        with subtests.test(module=module):
            samples = cards(io1=module)
            assert samples.states(LEVEL, slot="io1", direction="in") == {"ql-prc"}
            assert samples.states(LEVEL, slot="io1", direction="out") == {"ql-dnu-dus"}


def test_synce_raw_numbers_and_words_are_the_same(cards: Cards, subtests: pytest.Subtests) -> None:
    for number, word in list(enumerate(SSM.states)):
        with subtests.test(number=number, word=word):
            assert cards(io1={"synce": {"ssm-in": number}}) == cards(io1={"synce": {"ssm-in": word}})


def test_synce_an_unknown_level_is_shown(cards: Cards) -> None:
    assert cards(io1={"synce": {"ssm-in": "QL-ePRTC"}}).states(LEVEL, slot="io1") == {"ql-eprtc"}


@pytest.mark.parametrize("value", ["N/A", "-", None])
def test_synce_a_sentinel_is_no_level(cards: Cards, value: object) -> None:
    assert LEVEL not in cards(io1={"synce": {"ssm-in": value}})


def test_synce_levels_of_ports_are_kept_apart(cards: Cards) -> None:
    ports = [{"object-id": name, "synce": {"ssm-in": level}} for name, level in (("lan0", 2), ("lan1", 4))]
    samples = cards(io1={"ports": ports})
    found = [samples.states(LEVEL, ptp_instance="", port=port) for port in ("lan0", "lan1")]
    assert found == [{"ql-prc"}, {"ql-ssu-a-tnc"}]


def test_synce_levels_in_an_instance_bear_its_name(cards: Cards) -> None:
    instances = [{"object-id": name, **PTP, "synce": {"ssm-in": 2}} for name in ("x", "y")]
    samples = cards(io1={"ptp": {"instances": instances}})
    assert {(dict(labels)["ptp_instance"], dict(labels)["port"]) for labels in samples[LEVEL]} == {
        ("x", "0"),
        ("y", "0"),
    }


def test_synce_levels_beside_ptp_need_no_word(cards: Cards) -> None:
    assert cards(io1={"ptp": PTP | {"ssm-in": "ql-prs"}}).states(LEVEL, ptp_instance="0") == {"ql-prs"}


def test_synce_levels_of_other_inputs_are_left_alone(cards: Cards) -> None:
    assert LEVEL not in cards(io1={"inputs": [{"object-id": "1", "ssm-in": "ql-prc"}]})


def test_synce_a_level_without_direction_has_none(cards: Cards) -> None:
    samples = cards(io1={"synce": {"quality-level": "ql-prc", "ssm-in": "ql-dnu"}})
    assert samples.states(LEVEL, slot="io1", direction="") == {"ql-prc"}


def test_synce_a_level_that_nothing_calls_one_of_synce_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"ptp": {**PTP, "quality-level": "ql-prc"}})
    assert LEVEL not in samples
    assert samples.one("lantime_module_state", slot="io1", model="", path="ptp/quality-level", state="ql-prc") == 1


def test_synce_levels_are_exported_in_every_spelling(shown: Cards, subtests: pytest.Subtests) -> None:
    for (spelling, master), raw in product([("nested", "ptp1"), ("flat", "ptpv2-1")], [False, True]):
        with subtests.test(raw=raw, spelling=spelling, master=master):
            samples = shown(carrier("ptp", spelling), raw=raw)
            found = [samples.states(LEVEL, slot="io1", ptp_instance=master, direction=way) for way in ("in", "out")]
            assert found == [{"ql-prc"}, {"ql-prc"}]
