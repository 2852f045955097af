"""PTP in plain spellings: every fixed name with its value, however the card nests its data sets."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

GRANDMASTER = "ec:46:70:ff:fe:00:11:22"

DATA_SETS: dict[str, Any] = {
    "profile": "default-e2e",
    "role": "multicast-slave",
    "protocol": "udp-ipv4",
    "num-uc-slaves": 0,
    "default-ds": {
        "clock-quality": {"clock-class": 248, "clock-accuracy": 33},
        "domain-number": 0,
        "clock-identity": "00:13:95:ff:fe:aa:bb:cc",
    },
    "current-ds": {"steps-removed": 1, "offset-from-master": -38, "mean-path-delay": 1850},
    "parent-ds": {"grandmaster-identity": GRANDMASTER, "grandmaster-clock-quality": {"clock-class": 6}},
    "time-properties-ds": {
        "current-utc-offset": 37,
        "utc-offset-valid": True,
        "time-traceable": True,
        "frequency-traceable": False,
    },
    "port-ds": {"port-state": "time-receiver", "delay-mechanism": "e2e"},
}

FLAT: dict[str, Any] = {
    "profile": 1,
    "role": 0,
    "nw-prot": 1,
    "num-uc-slaves": "0",
    "clock-class": 248,
    "clock-accuracy": "0x21",
    "domain-number": 0,
    "clock-identity": "00:13:95:ff:fe:aa:bb:cc",
    "steps-removed": 1,
    "offset-from-master": "-38",
    "mean-path-delay": 1850,
    "gm-id": GRANDMASTER,
    "gm-clock-class": 6,
    "utc-offset": 37,
    "utc-offset-valid": 1,
    "time-traceable": 1,
    "frequency-traceable": 0,
    "port-state": 9,
    "delay-mech": 0,
}

FORMS = {
    "data sets": ({"ptp": DATA_SETS}, "0"),
    "data sets beside each other": (DATA_SETS, "0"),
    "ports as a list": ({"ptp": DATA_SETS | {"port-ds": [DATA_SETS["port-ds"]]}}, "0"),
    "flat": ({"ptpv2": FLAT}, "0"),
    "flat in the module": (FLAT, "0"),
    "instances as a list": ({"ptp": {"instances": [{"object-id": "ptp1", **DATA_SETS}]}}, "ptp1"),
    "instances as an object": ({"ptp": {"instances": {"ptp1": DATA_SETS}}}, "ptp1"),
    "flat instances as an object": ({"ptp": {"ptp1": FLAT}}, "ptp1"),
    "flat instances as a list": ({"ptp-instances": [{"object-id": "ptp1", **FLAT}]}, "ptp1"),
}

VALUES = {
    "offset_from_master_seconds": -38e-9,
    "mean_path_delay_seconds": 1850e-9,
    "steps_removed": 1,
    "clock_class": 248,
    "clock_accuracy_seconds": 1e-7,
    "grandmaster_clock_class": 6,
    "clients": 0,
    "utc_offset_seconds": 37,
    "utc_offset_valid": 1,
    "time_traceable": 1,
    "frequency_traceable": 0,
}


def test_every_fixed_name_has_its_value_in_plain_spellings(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, (module, instance) in FORMS.items():
        with subtests.test(case):
            at = {"slot": "io1", "ptp_instance": instance}
            samples = cards(io1={"info": {"model": "psx210"}, **module})
            assert {name: samples.one(f"lantime_ptp_{name}", **at) for name in VALUES} == VALUES
            assert samples.states("lantime_ptp_port_state", **at) == {"slave"}
            assert samples.one("lantime_ptp_grandmaster_info", identity=GRANDMASTER, **at) == 1
            setup = {"profile": "default-e2e", "role": "multicast-slave", "domain": "0", "delay_mechanism": "e2e"}
            assert samples.one("lantime_ptp_instance_info", **setup, transport="udp-ipv4", **at) == 1


def test_no_leaf_is_unaccounted_or_not_understood_in_plain_spellings(
    catalogue: CollectorRegistry, subtests: pytest.Subtests
) -> None:
    for case, (module, _) in FORMS.items():
        with subtests.test(case):
            slot = {"slot-id": "io1", "slot-type": "io", "module": {"info": {"model": "psx210"}, **module}}
            mapped = Mapper(catalogue, Module()).map({"data": {"chassis0": {"slots": [slot]}}})
            assert mapped.accounts[Account.UNACCOUNTED] == 0
            assert [error for result in mapped.collectors for error in result.decode_errors] == []


@pytest.mark.parametrize("key", ["current-offset", "current-local-offset"])
def test_the_offset_of_a_time_zone_is_not_taken_for_that_from_the_master(cards: Cards, key: str) -> None:
    samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "smpte": {key: 3600}}})
    assert "lantime_ptp_offset_from_master_seconds" not in samples
    assert samples.one("lantime_module_value", slot="io1", model="", path=f"ptp/smpte/{key}") == 3600


def test_a_port_state_may_be_given_in_inclusive_words(cards: Cards, subtests: pytest.Subtests) -> None:
    for word, state in [
        ("Follower", "slave"),
        ("time-receiver", "slave"),
        ("TimeTransmitter", "master"),
        ("leader", "master"),
        ("Passive", "passive"),
        ("0x09", "slave"),
    ]:
        with subtests.test(word=word, state=state):
            samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": {"port-state": word}}})
            assert samples.states("lantime_ptp_port_state", slot="io1", ptp_instance="0") == {state}
