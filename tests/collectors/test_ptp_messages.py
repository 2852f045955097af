"""Messages of PTPv2 instances: counters, rates, intervals, time-outs."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

TOTAL = "lantime_ptp_messages_total"
RATE = "lantime_ptp_messages_per_second"
INTERVAL = "lantime_ptp_message_interval_seconds"

AT = {"slot": "io1", "ptp_instance": "0"}

BLOCK: dict[str, Any] = {"port-state": "slave", "domain-number": 0}


def test_ptp_messages_are_counted_by_direction_and_type(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[dict[str, Any]] = [
        {"rx-announce": 7, "tx-delay-req": 9},
        {"packet-counters": {"rx_announce": "7", "tx_delay_req": "9"}},
        {"counters": {"rx": {"announce": 7}, "tx": {"delay-req": 9}}},
        {"messages": {"received": {"announce": 7}, "sent": {"delay-request": 9}}},
        {"counters": [{"object-id": "announce", "rx": 7}, {"object-id": "delay-req", "tx": 9}]},
        {"statistics": {"rxAnnouncePackets": 7, "txDelayReqPackets": 9}},
    ]
    for members in rows:
        with subtests.test(members=members):
            samples = cards(io1={"ptp": BLOCK | members})
            assert samples.one(TOTAL, direction="receive", type="announce", **AT) == 7
            assert samples.one(TOTAL, direction="transmit", type="delay-req", **AT) == 9
            assert RATE not in samples


TYPES = (
    *("all", "announce", "sync", "follow-up", "delay-req", "delay-resp", "pdelay-req", "pdelay-resp"),
    *("pdelay-follow-up", "signalling", "management", "management-err"),
)


def test_ptp_messages_of_every_type_are_known(cards: Cards, subtests: pytest.Subtests) -> None:
    for kind in TYPES:
        with subtests.test(kind=kind):
            samples = cards(io1={"ptp": BLOCK | {f"rx-{kind}": 3}})
            assert samples.one(TOTAL, direction="receive", type=kind, **AT) == 3


def test_ptp_messages_have_rates_where_the_key_is_reported(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[dict[str, Any]] = [
        {"rx-sync-per-sec": 16},
        {"packet-rates": {"rx-sync": 16}},
        {"packet-rates": {"rx-sync-per-sec": "16"}},
        {"rates": {"rx": {"sync": 16}}},
        {"rx-per-second": {"rx-sync": 16}},
    ]
    for members in rows:
        with subtests.test(members=members):
            samples = cards(io1={"ptp": BLOCK | members})
            assert samples.one(RATE, direction="receive", type="sync", **AT) == 16
            assert TOTAL not in samples


def test_ptp_messages_of_an_unknown_type_are_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"ptp": BLOCK | {"packet-counters": {"rx-hello": 5}}})
    assert TOTAL not in samples
    assert samples.one("lantime_module_value", slot="io1", model="", path="ptp/packet-counters/rx-hello") == 5


def test_ptp_messages_of_two_instances_are_kept_apart(cards: Cards) -> None:
    inner = {"object-id": "x", "rx-sync": 2, **BLOCK}
    samples = cards(io1={"ptp": BLOCK | {"rx-sync": 1, "instances": [inner]}})
    found = {dict(labels)["ptp_instance"]: value for labels, value in samples[TOTAL].items()}
    assert found == {"0": 1, "x": 2}


def test_ptp_messages_of_single_ports_among_several_are_in_the_generic_layer(cards: Cards) -> None:
    ports = [{"object-id": name, "port-state": "slave", "rx-sync": 4} for name in "ab"]
    samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": ports, "rx-sync": 8}})
    assert samples[TOTAL] == {frozenset({*AT.items(), ("direction", "receive"), ("type", "sync")}): 8}
    assert samples.one("lantime_module_value", slot="io1", model="", path="ptp/port-ds/a/rx-sync") == 4


def test_ptp_messages_of_the_only_port_are_those_of_the_instance(cards: Cards) -> None:
    port = {"object-id": "a", "port-state": "slave", "counters": {"rx-sync": 4}}
    samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": [port]}})
    assert samples.one(TOTAL, direction="receive", type="sync", **AT) == 4


def test_ptp_messages_a_malformed_counter_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(io1={"ptp": BLOCK | {"rx-sync": "lots", "rx-announce": 1}})
    assert [dict(labels)["type"] for labels in samples[TOTAL]] == ["announce"]


def test_ptp_messages_have_intervals_in_seconds(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[tuple[dict[str, Any], float]] = [
        ({"log-sync-interval": -4}, 0.0625),
        ({"sync-interval": -4}, 0.0625),
        ({"sync-interval": "1"}, 2.0),
        ({"log-sync-intv": 0}, 1.0),
    ]
    for port, seconds in rows:
        with subtests.test(port=port):
            samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": [{"port-state": 9, **port}]}})
            assert samples.one(INTERVAL, port="0", type="sync", **AT) == seconds


def test_ptp_messages_that_are_not_sent_have_no_interval(cards: Cards) -> None:
    assert INTERVAL not in cards(io1={"ptp": BLOCK | {"log-pdelay-req-interval": 127}})


def test_ptp_messages_intervals_outside_of_the_data_set_need_the_word_log(cards: Cards) -> None:
    samples = cards(io1={"ptp": BLOCK | {"sync-interval": -4}})
    assert INTERVAL not in samples
    assert samples.one("lantime_module_value", slot="io1", model="", path="ptp/sync-interval") == -4


def test_ptp_messages_time_outs_are_configured_and_counted(cards: Cards) -> None:
    samples = cards(io1={"ptp": BLOCK | {"announce-receipt-timeout": 3, "ann-receipt-timeout": 12}})
    assert samples.one("lantime_ptp_announce_receipt_timeout_intervals", port="0", **AT) == 3
    assert samples.one("lantime_ptp_announce_receipt_timeouts_total", **AT) == 12


@pytest.mark.parametrize(("spelling", "master", "slave"), [("nested", "ptp1", "ptp2"), ("flat", "ptpv2-1", "ptpv2-2")])
def test_ptp_messages_are_exported_in_every_spelling(shown: Cards, spelling: str, master: str, slave: str) -> None:
    samples = shown(carrier("ptp", spelling))
    sent = samples.one(TOTAL, slot="io1", ptp_instance=master, direction="transmit", type="sync")
    received = samples.one(TOTAL, slot="io1", ptp_instance=slave, direction="receive", type="sync")
    assert min(sent or 0, received or 0) > 1e6
    assert samples.one(RATE, slot="io1", ptp_instance=slave, direction="receive", type="sync") == 16
    assert samples.one("lantime_ptp_announce_receipt_timeouts_total", slot="io1", ptp_instance=slave) == 0
