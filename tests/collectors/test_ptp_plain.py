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
PARENT = "00:50:c2:ff:fe:d2:90:bf"
OWN = "00:13:95:ff:fe:aa:bb:cc"

SETUP: dict[str, Any] = {"profile": "default-e2e", "role": "multicast-slave", "protocol": "udp-ipv4"}

DATA_SETS: dict[str, dict[str, Any]] = {
    "default": {
        "clock-quality": {"clock-class": 248, "clock-accuracy": 33, "offset-scaled-log-variance": 65535},
        "domain-number": 4,
        "clock-identity": OWN,
        "priority-1": 100,
        "priority-2": 101,
        "two-step": True,
        "slave-only": False,
        "number-ports": 1,
    },
    "current": {"steps-removed": 3, "offset-from-master": -38, "mean-path-delay": 1850},
    "parent": {
        "parent-port-identity": PARENT,
        "observed-parent-offset-scaled-log-variance": 17,
        "observed-parent-clock-phase-change-rate": 19,
        "grandmaster-identity": GRANDMASTER,
        "grandmaster-clock-quality": {"clock-class": 6, "clock-accuracy": 32, "offset-scaled-log-variance": 13563},
        "grandmaster-priority-1": 1,
        "grandmaster-priority-2": 2,
    },
    "time-properties": {
        "current-utc-offset": 37,
        "utc-offset-valid": True,
        "time-traceable": True,
        "frequency-traceable": False,
        "ptp-timescale": True,
        "leap-61": True,
        "leap-59": False,
        "time-source": 32,
    },
    "port": {
        "port-state": "time-receiver",
        "delay-mechanism": "e2e",
        "peer-mean-path-delay": 12,
        "announce-interval": 1,
        "sync-interval": -3,
        "announce-receipt-timeout": 5,
        "port-identity": OWN,
    },
}
"""The data sets of IEEE 1588; every figure occurs once, so a figure that is read from a wrong place is noticed."""

FLAT: dict[str, Any] = {
    "profile": 1,
    "role": 0,
    "nw-prot": 1,
    "num-uc-slaves": "7",
    "clock-class": 248,
    "clock-accuracy": "0x21",
    "clock-offset-scaled-log-variance": 65535,
    "domain-number": 4,
    "clock-identity": OWN,
    "priority-1": 100,
    "priority-2": 101,
    "two-step": 1,
    "slave-only": 0,
    "num-ports": 1,
    "steps-removed": 3,
    "offset-from-master": "-38",
    "mean-path-delay": 1850,
    "parent-port-identity": PARENT,
    "parent-log-variance": 17,
    "parent-phase-change-rate": 19,
    "gm-id": GRANDMASTER,
    "gm-clock-class": 6,
    "gm-clock-accuracy": 32,
    "grandmaster-log-variance": 13563,
    "gm-priority-1": 1,
    "gm-priority-2": 2,
    "utc-offset": 37,
    "utc-offset-valid": 1,
    "time-traceable": 1,
    "frequency-traceable": 0,
    "ptp-timescale": 1,
    "leap-61": 1,
    "leap-59": 0,
    "time-source": 32,
    "port-state": 9,
    "delay-mech": 0,
    "peer-mean-path-delay": 12,
    "port-identity": OWN,
    "log-announce-interval": 1,
    "log-sync-interval": -3,
    "announce-receipt-timeout": 5,
}
"""The same as members of one object, as the structs of older cards have them."""


def data_sets(ending: str = "-ds", **others: Any) -> dict[str, Any]:
    """Return the data sets side by side, at keys with this suffix."""
    return {**{f"{name}{ending}": members for name, members in DATA_SETS.items()}, **others}


def instance(ending: str = "-ds", **others: Any) -> dict[str, Any]:
    return {**SETUP, "num-uc-slaves": 7, **data_sets(ending, **others)}


FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "data sets": ({"ptp": instance()}, "0"),
    "data sets in the module": (instance(), "0"),
    "data sets with a long key": ({"ptp": instance("-data-set")}, "0"),
    "data sets with a key of C": ({"ptp": instance("_ds")}, "0"),
    "data sets in an object": ({"ptp": {**SETUP, "num-uc-slaves": 7, "data-sets": data_sets()}}, "0"),
    "data sets in the status": ({"ptp": {"settings": SETUP, "status": {"num-uc-slaves": 7, **data_sets()}}}, "0"),
    "a list of ports": ({"ptp": instance() | {"port-ds": [DATA_SETS["port"]]}}, "0"),
    "ports by name": ({"ptp": instance() | {"port-ds": {"0": DATA_SETS["port"]}}}, "0"),
    "a list of instances": ({"ptp": {"instances": [{"object-id": "ptp1", **instance()}]}}, "ptp1"),
    "instances by name": ({"ptp": {"instances": {"ptp1": instance()}}}, "ptp1"),
    "flat": ({"ptpv2": FLAT}, "0"),
    "flat in the module": (FLAT, "0"),
    "flat instances by name": ({"ptp": {"ptp1": FLAT}}, "ptp1"),
    "a list of flat instances": ({"ptp-instances": [{"object-id": "ptp1", **FLAT}]}, "ptp1"),
}

FACTS: dict[str, dict[str, float]] = {
    "instance": {
        "available": 1,
        "clients": 7,
        "instance_info profile=default-e2e role=multicast-slave domain=4 delay_mechanism=e2e transport=udp-ipv4": 1,
    },
    "default": {
        "clock_class": 248,
        "clock_accuracy_seconds": 1e-7,
        "clock_log_variance": 65535,
        "priority1": 100,
        "priority2": 101,
        "two_step": 1,
        "slave_only": 0,
        "ports": 1,
        f"clock_info identity={OWN}": 1,
    },
    "current": {"offset_from_master_seconds": -38e-9, "mean_path_delay_seconds": 1850e-9, "steps_removed": 3},
    "parent": {
        "grandmaster_clock_class": 6,
        "grandmaster_clock_accuracy_seconds": 25e-9,
        "grandmaster_clock_log_variance": 13563,
        "grandmaster_priority1": 1,
        "grandmaster_priority2": 2,
        "parent_log_variance": 17,
        "parent_phase_change_rate": 19,
        f"grandmaster_info identity={GRANDMASTER}": 1,
        f"parent_info identity={PARENT}": 1,
    },
    "time properties": {
        "utc_offset_seconds": 37,
        "utc_offset_valid": 1,
        "time_traceable": 1,
        "frequency_traceable": 0,
        "ptp_timescale": 1,
        "leap61": 1,
        "leap59": 0,
        "time_source state=gps": 1,
    },
    "port": {
        "port_state port=0 state=slave": 1,
        "port_state port=0 state=master": 0,
        f"port_info port=0 identity={OWN} delay_mechanism=e2e version=": 1,
        "peer_mean_path_delay_seconds port=0": 12e-9,
        "message_interval_seconds port=0 type=announce": 2,
        "message_interval_seconds port=0 type=sync": 0.125,
        "announce_receipt_timeout_intervals port=0": 5,
    },
}
"""The samples of every form, by data set: metric without ``lantime_ptp_``, labels, value."""


def fact(samples: Samples, name: str, at: str) -> float | None:
    metric, *labels = name.split()
    return samples.one(f"lantime_ptp_{metric}", slot="io1", ptp_instance=at, **dict(map(split, labels)))


def split(label: str) -> tuple[str, str]:
    name, _, value = label.partition("=")
    return name, value


def test_each_data_set_has_its_values_in_each_form(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, (module, at) in FORMS.items():
        samples = cards(io1={"info": {"model": "psx210"}, **module})
        for data_set, facts in FACTS.items():
            with subtests.test(case, data_set=data_set):
                assert {name: fact(samples, name, at) for name in facts} == {
                    name: pytest.approx(value) for name, value in facts.items()
                }


def test_every_form_gives_the_same_series(cards: Cards) -> None:
    """Besides the known values: no form gives a series that another does not."""
    found = {
        case: {
            (name, frozenset(set(labels) - {("ptp_instance", at)}), value)
            for name, series in cards(io1={"info": {"model": "psx210"}, **module}).items()
            for labels, value in series.items()
        }
        for case, (module, at) in FORMS.items()
    }
    assert {case: series ^ found["data sets"] for case, series in found.items() if series != found["data sets"]} == {}


def test_instances_side_by_side_keep_their_values_apart(cards: Cards) -> None:
    other = instance() | {"current-ds": {"steps-removed": 9, "offset-from-master": 77}, "num-uc-slaves": 8}
    samples = cards(io1={"ptp": {"instances": [{"object-id": "a", **instance()}, {"object-id": "b", **other}]}})
    names = ("steps_removed", "offset_from_master_seconds", "mean_path_delay_seconds", "clients")
    assert [fact(samples, name, "a") for name in names] == [3, pytest.approx(-38e-9), pytest.approx(1850e-9), 7]
    assert [fact(samples, name, "b") for name in names] == [9, pytest.approx(77e-9), None, 8]


def test_no_leaf_is_unaccounted_or_not_understood_in_plain_spellings(
    catalogue: CollectorRegistry, subtests: pytest.Subtests
) -> None:
    for case, (module, _) in FORMS.items():
        with subtests.test(case):
            slot = {"slot-id": "io1", "slot-type": "io", "module": {"info": {"model": "psx210"}, **module}}
            mapped = Mapper(catalogue, Module()).map({"data": {"chassis0": {"slots": [slot]}}})
            assert mapped.accounts[Account.UNACCOUNTED] == 0
            assert mapped.decode_errors == ()


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
