"""Offsets and delays of PTPv2 instances: units by key, nothing from an idle port."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

OFFSET = "lantime_ptp_offset_from_master_seconds"
DELAY = "lantime_ptp_mean_path_delay_seconds"
ONE_WAY = "lantime_ptp_delay_seconds"

AT = {"slot": "io1", "ptp_instance": "0"}

BLOCK: dict[str, Any] = {"port-state": "slave", "domain-number": 0}


def test_ptp_delay_reads_figures_whose_key_says_the_unit(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[dict[str, Any]] = [
        {"offset-from-master-ns": -1500, "mean-path-delay-ns": 2500},
        {"offset-from-master-us": "-1.5", "mean-path-delay-us": "2.5"},
        {"offset-ns": -1500, "path-delay-ns": 2500},
        {"current-ds": {"offset_from_master_ns": -1500, "mean_path_delay_ns": 2500}},
        {"status": {"current-ds": {"offset-from-master-ms": -0.0015, "mean-path-delay-ms": 0.0025}}},
    ]
    for members in rows:
        with subtests.test(members=members):
            samples = cards(io1={"ptp": BLOCK | members})
            assert samples.one(OFFSET, **AT) == pytest.approx(-1.5e-6)
            assert samples.one(DELAY, **AT) == pytest.approx(2.5e-6)


def test_ptp_delay_a_plain_figure_is_nanoseconds(cards: Cards, subtests: pytest.Subtests) -> None:
    for offset, delay in [
        (-38, "1850"),
        ({"scaled-nanoseconds": -38 * 65536}, {"scaledNanoseconds": 1850 * 65536}),
        ({"secs": 0, "nano-secs": -38}, {"sec": 0, "nsec": 1850}),
        ({"val": -380, "exp": -1}, {"val": 185, "exp": 1}),
    ]:
        with subtests.test(offset=offset):
            samples = cards(
                io1={"ptp": BLOCK | {"current-ds": {"offset-from-master": offset, "mean-path-delay": delay}}}
            )
            assert samples.one(OFFSET, **AT) == -38e-9
            assert samples.one(DELAY, **AT) == pytest.approx(1850e-9)


def test_ptp_delay_a_key_may_say_scaled_nanoseconds(cards: Cards) -> None:
    assert cards(io1={"ptp": BLOCK | {"offset-from-master-scaled-nanoseconds": 65536}}).one(OFFSET, **AT) == 1e-9


@pytest.mark.parametrize("figure", [3.8e-8, -0.0005, "0.0009"])
def test_ptp_delay_a_plain_figure_that_cannot_be_nanoseconds_is_an_error(cards: Cards, figure: object) -> None:
    assert OFFSET not in cards(io1={"ptp": BLOCK | {"offset-from-master": figure}})


@pytest.mark.parametrize("offset", [-38e-9, {"secs": 0, "nano-secs": -38}], ids=str)
def test_ptp_delay_figures_of_ptp_v1_are_seconds(cards: Cards, offset: object) -> None:
    samples = cards(io1={"ptp": BLOCK | {"offset-from-master": offset, "one-way-delay": 1.85e-6}})
    assert [samples.one(OFFSET, **AT), samples.one(DELAY, **AT)] == [-38e-9, 1.85e-6]


@pytest.mark.parametrize("key", ["current-offset", "current-local-offset", "current-utc-offset"])
def test_ptp_delay_no_offset_of_another_kind_is_the_offset_from_the_master(cards: Cards, key: str) -> None:
    assert OFFSET not in cards(io1={"ptp": BLOCK | {key: 37}})


def test_ptp_delay_a_sentinel_is_no_offset(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[object] = ["n/a", "N/A", "-", "", None]
    for value in rows:
        with subtests.test(value=value):
            samples = cards(io1={"ptp": BLOCK | {"offset-from-master-ns": value, "mean-path-delay-ns": 5}})
            assert OFFSET not in samples
            assert samples.one(DELAY, **AT) == pytest.approx(5e-9)


def test_ptp_delay_a_malformed_offset_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(io1={"ptp": BLOCK | {"offset-from-master-ns": "soon", "mean-path-delay-ns": 5}})
    assert OFFSET not in samples
    assert samples.one(DELAY, **AT) == pytest.approx(5e-9)


def test_ptp_delay_the_zeros_of_an_idle_port_are_no_measurement(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[object] = ["uninitialized", "initializing", "faulty", "disabled", "listening", 2]
    for state in rows:
        with subtests.test(state=state):
            figures = {"offset-from-master-ns": 0, "mean-path-delay-ns": 0}
            assert not cards(io1={"ptp": BLOCK | figures | {"port-state": state}}).keys() & {OFFSET, DELAY}


def test_ptp_delay_the_zeros_of_a_working_port_are(cards: Cards, subtests: pytest.Subtests) -> None:
    for state in ["master", "passive", "uncalibrated", "slave", "unheard-of"]:
        with subtests.test(state=state):
            figures = {"offset-from-master-ns": 0, "mean-path-delay-ns": 0}
            assert cards(io1={"ptp": BLOCK | figures | {"port-state": state}}).one(OFFSET, **AT) == 0


def test_ptp_delay_an_instance_with_several_ports_keeps_its_offset(cards: Cards) -> None:
    ports = [{"port-state": "slave"}, {"port-state": "faulty"}]
    samples = cards(io1={"ptp": {"current-ds": {"offset-from-master-ns": 4}, "port-ds": ports}})
    assert samples.one(OFFSET, **AT) == pytest.approx(4e-9)


def test_ptp_delay_reads_the_statistics_of_a_direction(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: list[dict[str, Any]] = [
        {"m2s-delay": {"mean-ns": 1845, "std-dev-ns": 7}},
        {"m2s-delay-ns": {"mean": 1845, "std_dev": 7}},
        {"m2s-delay-mean-ns": 1845, "m2s-delay-std-dev-ns": 7},
        {"master-to-slave-delay": {"mean-us": 1.845, "stddev-us": 0.007}},
    ]
    for members in rows:
        with subtests.test(members=members):
            samples = cards(io1={"ptp": BLOCK | members})
            found = [
                samples.one(ONE_WAY, direction="master-to-slave", statistic=name, **AT) for name in ("mean", "std-dev")
            ]
            assert found == [pytest.approx(1.845e-6), pytest.approx(7e-9)]


@pytest.mark.parametrize("validity", [{"valid": False}, {"mean-valid": 0}, {"valid": {"mean": "no"}}], ids=str)
def test_ptp_delay_a_statistic_that_is_not_valid_is_absent(cards: Cards, validity: dict[str, Any]) -> None:
    assert ONE_WAY not in cards(io1={"ptp": BLOCK | {"s2m-delay": {"mean-ns": 1863, **validity}}})


@pytest.mark.parametrize("key", ["std-dev", "stddev", "stdDev"])
def test_ptp_delay_plain_statistics_are_nanoseconds(cards: Cards, key: str) -> None:
    samples = cards(io1={"ptp": BLOCK | {"s2m-delay": {"mean": 1863, key: 7, "valid": True}}})
    found = [samples.one(ONE_WAY, direction="slave-to-master", statistic=name, **AT) for name in ("mean", "std-dev")]
    assert found == [1863e-9, 7e-9]


def test_ptp_delay_reads_the_peer_delay_of_each_port(cards: Cards) -> None:
    ports = [
        {"object-id": "a", "port-state": "slave", "peer-mean-path-delay-ns": 310},
        {"object-id": "b", "port-state": "passive", "peer-mean-path-delay-ns": "n/a"},
    ]
    samples = cards(io1={"ptp": {"current-ds": {"steps-removed": 1}, "port-ds": ports}})
    name = "lantime_ptp_peer_mean_path_delay_seconds"
    assert samples[name] == {frozenset({*AT.items(), ("port", "a")}): pytest.approx(310e-9)}


def test_ptp_delay_reads_the_asymmetry(cards: Cards) -> None:
    samples = cards(io1={"ptp": BLOCK | {"delay-asymmetry-ns": -40}})
    assert samples.one("lantime_ptp_delay_asymmetry_seconds", **AT) == pytest.approx(-40e-9)


@pytest.mark.parametrize(("spelling", "instance"), [("nested", "ptp2"), ("flat", "ptpv2-2")])
def test_ptp_delay_a_step_of_the_offset_shows_in_seconds(shown: Cards, spelling: str, instance: str) -> None:
    device = carrier("ptp", spelling)
    healthy, stepped = (
        shown(device, scenario).one(OFFSET, slot="io1", ptp_instance=instance)
        for scenario in ("healthy", "ptp-offset-step")
    )
    assert healthy is not None
    assert stepped == pytest.approx(healthy + 25e-6)


def test_ptp_delay_a_faulty_slave_has_no_offset(shown: Cards) -> None:
    assert OFFSET not in shown(carrier("ptp", "flat", roles=("slave",)), "ptp-faulty")
