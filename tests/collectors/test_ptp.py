"""PTPv2 instances: finding and naming them, their ports, absent cards, clients."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from lantime_simulator import carrier, m1000

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

STATE = "lantime_ptp_port_state"
INFO = "lantime_ptp_instance_info"

SLAVE: dict[str, Any] = {"port-state": "slave", "offset-from-master-ns": -12, "mean-path-delay-ns": 1850}
MASTER: dict[str, Any] = {"port-state": "master", "mean-path-delay-ns": 0, "domain-number": 24}


def instances(samples: Samples) -> dict[tuple[str, str], set[str]]:
    """Return the state of the ports by slot and instance."""
    found: dict[tuple[str, str], set[str]] = {}
    for labels, value in samples.get(STATE, {}).items():
        series = dict(labels)
        if value == 1:
            found.setdefault((series["slot"], series["ptp_instance"]), set()).add(series["state"])
    return found


PLACES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "the block itself": ({"ptp": SLAVE}, {"0"}),
    "the module itself": ({"info": {"model": "hps100"}, **SLAVE}, {"0"}),
    "an unnamed list": ({"ptp": {"instances": [SLAVE, MASTER]}}, {"0", "1"}),
    "a named list": (
        {"ptpv2": [{"object-id": "inst-a", **SLAVE}, {"object-id": "inst-b", **MASTER}]},
        {"inst-a", "inst-b"},
    ),
    "numbered blocks": ({"ptpv2-1": SLAVE, "ptpv2-2": MASTER}, {"ptpv2-1", "ptpv2-2"}),
    "below network ports": ({"sfp": {"lan0": {"ptp": SLAVE}, "lan1": {"ptp": MASTER}}}, {"lan0", "lan1"}),
    "in a status block": ({"ptp": {"instances": [{"object-id": "1", "status": SLAVE}]}}, {"1"}),
    "data sets by their whole name": (
        {"ptp": {"currentDataSet": {"steps-removed": 1}, "portDataSet": {"port-state": "slave"}}},
        {"0"},
    ),
    "data sets without a port": ({"ptp": {"current-ds": {"steps-removed": 1}}}, set()),
    "names that occur twice": ({"a": {"ptp": {"1": SLAVE}}, "b": {"ptp": {"1": SLAVE}}}, {"a/ptp/1", "b/ptp/1"}),
    "a summary beside its instances": ({"ptp": {**SLAVE, "instances": [{"object-id": "x", **SLAVE}]}}, {"0", "x"}),
    "instances that are called ports": (
        {"ptp": {"domain-number": 0, "ports": [{"object-id": "p1", **SLAVE}, {"object-id": "p2", **MASTER}]}},
        {"p1", "p2"},
    ),
}


def test_ptp_instances_are_found_in_any_place(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, (module, names) in PLACES.items():
        with subtests.test(case):
            assert instances(cards(io1=module)).keys() == {("io1", name) for name in names}


NONE: dict[str, dict[str, Any]] = {
    "a port of another kind": {"inputs": [{"object-id": "1", "port-state": "input-signal-available", "offset-ns": 3}]},
    "an offset alone": {"ptp": {"offset-from-master-ns": 3}},
    "a port state alone": {"gpio": {"port-state": 1}},
    "settings alone": {"ptp": {"domain-number": 0}},
}


def test_ptp_other_blocks_are_no_instances(cards: Cards, subtests: pytest.Subtests) -> None:
    for case, module in NONE.items():
        with subtests.test(case):
            assert not [name for name in cards(io1=module) if name.startswith("lantime_ptp")]


def test_ptp_a_plain_offset_beside_a_port_state_counts_in_a_block_of_ptp(cards: Cards) -> None:
    assert instances(cards(io1={"ptp": {"port-state": 9, "offset-ns": 1}})) == {("io1", "0"): {"slave"}}


def test_ptp_cards_in_two_slots_are_kept_apart(cards: Cards) -> None:
    found = instances(cards(io1={"ptp": SLAVE}, io2={"ptp": MASTER}))
    assert found == {("io1", "0"): {"slave"}, ("io2", "0"): {"master"}}


@pytest.mark.parametrize("section", [SLAVE, [SLAVE], {"instances": [SLAVE]}])
def test_ptp_outside_of_the_slots_is_at_the_cpu(collect: Cards, section: object) -> None:
    assert instances(collect({"data": {"ptp": section}})) == {("cpu", "0"): {"slave"}}


def test_ptp_outside_of_the_slots_and_in_the_cpu_slot_are_distinguished(collect: Cards) -> None:
    cpu = {"slot-id": "cpu", "module": {"ptp": MASTER}}
    found = instances(collect({"data": {"ptp": {"instances": [SLAVE]}, "chassis0": {"slots": [cpu]}}}))
    assert found == {("cpu", "ptp/instances/0"): {"slave"}, ("cpu", "ptp"): {"master"}}


WORDS = (
    *("uninitialized", "initializing", "faulty", "disabled", "listening", "pre-master", "master", "passive"),
    *("uncalibrated", "slave"),
)


def test_ptp_port_states_are_the_same_as_numbers_and_as_words(cards: Cards, subtests: pytest.Subtests) -> None:
    for number, word in list(enumerate(WORDS)):
        with subtests.test(number=number, word=word):
            spelled = [
                cards(io1={"ptp": SLAVE | {"port-state": state}}) for state in (number, str(number), word.upper())
            ]
            assert [samples.states(STATE) for samples in spelled] == [{word}] * 3


@pytest.mark.parametrize(("value", "state"), [("Out Of Order", "out-of-order"), (23, "23")])
def test_ptp_an_unknown_port_state_is_shown(cards: Cards, value: object, state: str) -> None:
    assert cards(io1={"ptp": SLAVE | {"port-state": value}}).states(STATE) == {state}


def test_ptp_several_ports_of_an_instance_have_their_own_states(cards: Cards) -> None:
    ports = [{"object-id": "sfp1", "port-state": "slave"}, {"port-number": 2, "port-state": "passive"}]
    samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": ports}})
    assert samples.states(STATE, ptp_instance="0", port="sfp1") == {"slave"}
    assert samples.states(STATE, ptp_instance="0", port="2") == {"passive"}


def test_ptp_configuration_is_exported_by_words(cards: Cards) -> None:
    settings = {"profile": "SMPTE ST 2059-2", "role": "UC+MC master", "domain-number": 127}
    ports = [{"port-state": "master", "delay-mechanism": "P2P"}]
    samples = cards(io1={"ptp": {**settings, "nw-prot": "UDP/IPv6", "port-ds": ports}})
    assert samples[INFO] == {
        frozenset(
            {
                "slot": "io1",
                "ptp_instance": "0",
                "profile": "smpte-st-2059-2",
                "role": "uc+mc-master",
                "domain": "127",
                "delay_mechanism": "p2p",
                "transport": "udp-ipv6",
            }.items()
        ): 1
    }


def test_ptp_configuration_is_the_same_by_numbers_and_by_words(cards: Cards) -> None:
    numbers = {"profile": 5, "role": 2, "nw-prot": 3, "delay-mech": 0, "smpte-lock-state": 4}
    words = {
        "profile": "g.8275.1",
        "role": "multicast-master",
        "nw-prot": "ieee-802.3",
        "delay-mech": "e2e",
        "smpte-lock-state": "locked",
    }
    assert cards(io1={"ptp": MASTER | numbers}) == cards(io1={"ptp": MASTER | words})


def test_ptp_port_identity_is_exported(cards: Cards) -> None:
    port = {"object-id": "port1", "port-state": "slave", "port-identity": "EC4670FFFE000001-1", "version-number": 2}
    samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": [port]}})
    expected = {"identity": "ec4670fffe000001-1", "delay_mechanism": "", "version": "2"}
    assert samples.one("lantime_ptp_port_info", slot="io1", ptp_instance="0", port="port1", **expected) == 1


ABSENT: dict[str, dict[str, Any]] = {
    "a flag": {"avail": False, **SLAVE},
    "a number": {"avail": 0, **SLAVE},
    "a word": {"available": "not-available", **SLAVE},
    "its identity is all zeros": {"default-ds": {"clock-identity": "000000fffe000000"}, **SLAVE},
    "its address is all zeros": {"local-mac": "00:00:00:00:00:00", **SLAVE},
}


def test_ptp_an_absent_card_with_default_values_does_not_look_like_a_working_one(
    cards: Cards, subtests: pytest.Subtests
) -> None:
    for case, block in ABSENT.items():
        with subtests.test(case):
            samples = cards(
                io1={"ptp": {**block, "rx-sync": 4, "ssm-in": "ql-prc", "time-stamper": {"utilization": 4}}}
            )
            exported = [
                name for name in samples if name.startswith(("lantime_ptp", "lantime_synce", "lantime_module_"))
            ]
            assert exported == ["lantime_ptp_available"]
            assert samples.one("lantime_ptp_available", slot="io1", ptp_instance="0") == 0


def test_ptp_a_card_that_is_there_is_available(cards: Cards) -> None:
    samples = cards(io1={"ptp": {"avail": True, "clock-identity": "ec4670fffe000001", **SLAVE}})
    assert samples.one("lantime_ptp_available", slot="io1", ptp_instance="0") == 1


def test_ptp_a_stopped_stack_leaves_its_state_and_no_figures(cards: Cards) -> None:
    samples = cards(io1={"ptp": SLAVE | {"flags": {"stack-not-running": True}, "steps-removed": 1, "rx-sync": 9}})
    assert samples.one("lantime_ptp_stack_running", slot="io1", ptp_instance="0") == 0
    assert samples.states(STATE) == {"slave"}
    assert not samples.keys() & {
        *("lantime_ptp_offset_from_master_seconds", "lantime_ptp_steps_removed", "lantime_ptp_messages_total"),
        "lantime_module_value",
    }


def test_ptp_a_running_stack_is_reported(cards: Cards) -> None:
    samples = cards(io1={"ptp": SLAVE | {"flags": {"stack-not-running": False}}})
    assert samples.one("lantime_ptp_stack_running", slot="io1", ptp_instance="0") == 1


def test_ptp_clients_are_exported_by_number(cards: Cards) -> None:
    clients = [{"addr": "198.51.100.1", "sync-duration": 270}]
    samples = cards(io1={"ptp": MASTER | {"num-uc-slaves": "42", "unicast-clients": clients}})
    assert samples.one("lantime_ptp_clients", slot="io1", ptp_instance="0") == 42
    assert "lantime_module_value" not in samples


@pytest.mark.parametrize("count", [0, 3])
def test_ptp_clients_are_counted_where_they_are_listed_only(cards: Cards, count: int) -> None:
    listed = [{"addr": f"198.51.100.{number}"} for number in range(count)]
    samples = cards(io1={"ptp": MASTER | {"unicast-clients": listed}})
    assert samples.one("lantime_ptp_clients", slot="io1", ptp_instance="0") == count


def test_ptp_capacity_and_load_are_exported(cards: Cards) -> None:
    samples = cards(io1={"ptp": MASTER | {"max-ptp-uc-slaves": 2048, "utilization": 25}})
    assert samples.one("lantime_ptp_clients_limit", slot="io1", ptp_instance="0") == 2048
    assert samples.one("lantime_ptp_utilization_ratio", slot="io1", ptp_instance="0") == pytest.approx(0.25)


def test_ptp_a_malformed_figure_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(io1={"ptp": SLAVE | {"steps-removed": "many", "two-step": "perhaps"}})
    assert not samples.keys() & {"lantime_ptp_steps_removed", "lantime_ptp_two_step"}
    assert samples.one("lantime_ptp_offset_from_master_seconds", slot="io1", ptp_instance="0") == pytest.approx(-12e-9)


def test_ptp_a_renamed_member_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"ptp": SLAVE | {"hops": 2}})
    assert samples.one("lantime_module_value", slot="io1", model="", path="ptp/hops") == 2


def test_ptp_a_renamed_block_is_in_the_generic_layer(cards: Cards) -> None:
    samples = cards(io1={"sync": {"status-of-port": "slave", "error-ns": -12}})
    assert not instances(samples)
    assert samples.one("lantime_module_value", slot="io1", model="", path="sync/error-ns") == -12


SPELLINGS = [("nested", "ptp1", "ptp2"), ("flat", "ptpv2-1", "ptpv2-2")]


def test_ptp_two_instances_of_a_card_are_exported_in_every_spelling(shown: Cards, subtests: pytest.Subtests) -> None:
    for (spelling, master, slave), raw in product(SPELLINGS, [False, True]):
        with subtests.test(raw=raw, spelling=spelling, master=master, slave=slave):
            samples = shown(carrier("ptp", spelling), raw=raw)
            assert instances(samples) == {("io1", master): {"master"}, ("io1", slave): {"slave"}}
            assert {dict(labels)["profile"] for labels in samples[INFO]} == {"g.8275.1", "default-e2e"}
            assert samples.one("lantime_ptp_steps_removed", slot="io1", ptp_instance=slave) == 2


@pytest.mark.parametrize(("spelling", "master", "slave"), SPELLINGS)
def test_ptp_faulty_ports_are_exported_in_every_spelling(shown: Cards, spelling: str, master: str, slave: str) -> None:
    found = instances(shown(carrier("ptp", spelling), "ptp-faulty"))
    assert found == {("io1", master): {"faulty"}, ("io1", slave): {"faulty"}}


def test_ptp_of_the_processor_is_found(shown: Cards) -> None:
    assert instances(shown(m1000())) == {("cpu", "0"): {"slave"}}
