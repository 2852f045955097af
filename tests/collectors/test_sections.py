"""Sections outside the slots: external rubidium, SyncMon, SyncTeam, cluster; and the power supplies."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from lantime_simulator import SimulatedDevice, m300, m3000

from tests.collectors.conftest import Samples

Played = Callable[..., Samples]

SPELLINGS = ["nested", "flat"]

VIDEO = {"node": "video-server"}
FIGURES = ("offset", "offset_limit", "path_delay", "offset_min", "offset_max", "offset_mean", "offset_stddev")
VIF0 = {"interface": "vif0", "family": "ipv4"}


def frame(spelling: str) -> SimulatedDevice:
    """Return an M3000 with only a clock and its supplies."""
    device = m3000(spelling=spelling)
    return replace(device, slots=tuple(device.fitted("psu", "clock")))


@pytest.fixture(scope="session")
def played(shown: Callable[..., Samples]) -> Played:
    """Return a function from a spelling and scenarios, which began 100 s ago, to samples."""

    @cache
    def samples(spelling: str, *scenarios: str) -> Samples:
        return shown(frame(spelling), *scenarios, after=100.0)

    return samples


def of_node(samples: Samples) -> dict[str, float | None]:
    return {name: samples.one(f"lantime_syncmon_node_{name}_seconds", **VIDEO) for name in FIGURES}


def test_syncmon_reports_every_node(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            samples = played(spelling)
            figures = of_node(samples)
            assert {name for name, figure in figures.items() if figure is None} == set()
            assert figures["offset_limit"] == pytest.approx(1e-6)
            assert figures["path_delay"] == pytest.approx(1.85e-6)
            assert abs(figures["offset"] or 0) < 180e-9
            assert {dict(labels)["node"] for labels in samples["lantime_syncmon_node_offset_seconds"]} == {
                *("edge-router", "trading-host", "video-server", "transmitter"),
            }
            assert {dict(labels)["type"] for labels in samples["lantime_syncmon_node_info"]} == {"ntp", "ptp", "pps"}


@pytest.mark.parametrize(
    ("spelling", "well", "over"), [("nested", "ok", "limit-exceeded"), ("flat", "synchronized", "alarm")]
)
def test_syncmon_shows_a_node_over_its_limit(played: Played, spelling: str, well: str, over: str) -> None:
    healthy, now = played(spelling), played(spelling, "syncmon-limit@video-server")
    states = [samples.states("lantime_syncmon_node_state", **VIDEO) for samples in (healthy, now)]
    assert states == [{well}, {over}]
    figures = of_node(now)
    assert (figures["offset"] or 0) > (figures["offset_limit"] or 1)


def test_syncmon_figures_without_unit_are_nanoseconds(collect: Callable[..., Samples]) -> None:
    nodes = [{"object-id": "a", "offset": -183, "offset-limit": "1000"}, {"object-id": "b", "offset-us": 2}]
    samples = collect({"data": {"syncmon": {"nodes": nodes}}})
    assert samples.one("lantime_syncmon_node_offset_seconds", node="a") == pytest.approx(-183e-9)
    assert samples.one("lantime_syncmon_node_offset_limit_seconds", node="a") == pytest.approx(1e-6)
    assert samples.one("lantime_syncmon_node_offset_seconds", node="b") == pytest.approx(2e-6)


def test_a_team_reports_who_is_there_and_who_leads(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            members = ("lantime-a", "lantime-b", "lantime-c")
            for scenarios, online in (((), [1, 1, 1]), (("member-offline",), [1, 1, 0])):
                samples = played(spelling, *scenarios)
                assert [samples.one("lantime_syncteam_member_online", member=member) for member in members] == online
                assert [samples.one("lantime_syncteam_member_master", member=member) for member in members] == [1, 0, 0]
                assert samples.one("lantime_syncteam_members_offline") == 3 - sum(online)


def test_the_time_quality_of_a_member_that_is_offline_is_absent(played: Played) -> None:
    samples = played("nested", "member-offline")
    quality = "lantime_syncteam_member_time_quality_seconds"
    assert samples.one(quality, member="lantime-b") == pytest.approx(1e-7)
    assert samples.one(quality, member="lantime-c") is None


def test_a_cluster_reports_its_master(played: Played) -> None:
    roles = [
        played("nested", *scenarios).states("lantime_cluster_port_state", **VIF0)
        for scenarios in ((), ("cluster-master-changed",))
    ]
    assert roles == [{"master"}, {"slave"}]


def test_a_cluster_reports_the_state_of_this_member_for_each_interface(played: Played) -> None:
    samples = played("nested")
    states = {
        part: samples.states(f"lantime_cluster_{part}", **VIF0)
        for part in ("clock_class", "clock_state", "ntp_state", "reconfiguration")
    }
    assert states == {
        "clock_class": {"gps"},
        "clock_state": {"normal-operation"},
        "ntp_state": {"synchronized"},
        "reconfiguration": {"normal"},
    }
    assert samples.one("lantime_cluster_enabled", **VIF0) == 1
    assert samples.one("lantime_cluster_enabled", interface="vif1", family="ipv6") == 0


def test_a_cluster_that_is_off_exports_nothing_else(collect: Callable[..., Samples]) -> None:
    off = {"enabled": False, "port-state": "master", "master-priority": 5}
    samples = collect({"data": {"network": {"interfaces": [{"object-id": "vif0", "cluster": {"ipv4": off}}]}}})
    assert [name for name in samples if name.startswith("lantime_cluster")] == ["lantime_cluster_enabled"]


def test_a_rubidium_reports_conditions_temperatures_and_supplies(played: Played) -> None:
    healthy, faulty = played("nested"), played("nested", "rubidium-fault")
    cell = {"slot": "clk1", "condition": "generic-cell-error"}
    assert [samples.one("lantime_xhe_condition", **cell) for samples in (healthy, faulty)] == [0, 1]
    assert faulty.one("lantime_xhe_condition", slot="clk1", condition="pps-lock") == 0
    assert faulty.one("lantime_xhe_alarm", slot="clk1", alarm="alarm-led") == 1
    assert {dict(labels)["sensor"] for labels in healthy["lantime_xhe_temperature_celsius"]} == {
        *("chassis", "xtal", "cell", "lamp"),
    }
    assert healthy.one("lantime_xhe_power_supply_ok", slot="clk1", supply="psu1") == 1


def test_a_rubidium_that_is_not_there_reports_nothing(shown: Callable[..., Samples]) -> None:
    assert [name for name in shown(m300()) if name.startswith("lantime_xhe")] == []


def test_power_supplies_report_whether_they_deliver(played: Played, subtests: pytest.Subtests) -> None:
    for spelling in SPELLINGS:
        with subtests.test(spelling=spelling):
            healthy, lost = played(spelling), played(spelling, "psu-lost@pwr2")
            slots = ("pwr1", "pwr2", "pwr3", "pwr4")
            assert [healthy.one("lantime_power_supply_ok", slot=slot) for slot in slots] == [1, 1, 1, 1]
            assert [lost.one("lantime_power_supply_ok", slot=slot) for slot in slots] == [1, 0, 1, 1]
            assert healthy.one("lantime_power_supply_capacity_watts", slot="pwr2") == 100
            assert lost.one("lantime_power_supply_capacity_watts", slot="pwr2") is None
            assert [samples.one("lantime_slot_occupied", slot="pwr2", type="pwr") for samples in (healthy, lost)] == [
                1,
                0,
            ]


def test_raw_numbers_and_words_of_a_cluster_are_the_same(
    collect: Callable[..., Samples], subtests: pytest.Subtests
) -> None:
    def samples(section: str, value: object) -> Samples:
        cluster: dict[str, Any] = {"ipv4": {"enabled": True, section: value}}
        return collect({"data": {"network": {"interfaces": [{"object-id": "vif0", "cluster": cluster}]}}})

    for section, key, number, word in [
        ("port-state", "port_state", 3, "listening"),
        ("clock-class", "clock_class", 4, "pzf"),
        ("ntp-status", "ntp_state", 1, "not-synchronized"),
        ("reconfig-state", "reconfiguration", 2, "master-to-slave"),
    ]:
        with subtests.test(section=section):
            assert samples(section, number) == samples(section, word)
            assert samples(section, number).states(f"lantime_cluster_{key}", **VIF0) == {word}
