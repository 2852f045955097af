"""Modular devices as a whole: redundancy, and effects on several cards."""

import pytest
from lantime_simulator import CATALOGUE, SimulatedDevice, document, m500, m1000, m3000
from lantime_simulator.devices import Make
from lantime_simulator.scenarios import Episode, Scenario

from tests.simulator.simulator_differences import ELAPSED, WALL, changes, played

EVENTS = "/notification/events"
SCU1 = "/chassis0/slots/scu1/module"


def families(device: SimulatedDevice) -> set[str]:
    return {slot.module.family for slot in device.slots if slot.module is not None}


def test_the_m3000_has_every_family_of_cards() -> None:
    assert families(m3000()) == {
        *("psu", "clock", "rsc", "cpu", "mri", "esi", "ptp", "rel", "lno", "bpe", "cpe", "liu", "lsg", "fdm", "pio"),
        *("scg", "vsg", "vsi", "lne", "n2x", "acm"),
    }


def test_the_m3000_has_two_clocks_four_supplies_and_an_empty_bay() -> None:
    device = m3000()
    assert [slot.name for slot in device.fitted("clock")] == ["clk1", "clk2"]
    assert len(list(device.fitted("psu"))) == 4
    assert device.slot("io16") is not None
    assert [slot.module.roles for slot in device.fitted("ptp") if slot.module] == [("master", "slave"), ("master",)]


def test_the_m3000_has_nodes_a_team_a_cluster_and_a_rubidium() -> None:
    data = document(m3000(), (), ELAPSED, WALL)["data"]
    assert {node["type"] for node in data["syncmon"]["nodes"]} == {"ntp", "ptp", "pps"}
    assert data["syncteam"]["online-members"] == len(data["syncteam"]["members"]) == 3
    assert data["network"]["interfaces"][0]["cluster"]["ipv4"]["port-state"] == "master"
    assert data["chassis-xhe"][0]["xhe-info"]["comstat"]["rub-id"] is True


@pytest.mark.parametrize(("make", "api", "firmware"), [(m1000, 16, "7.08"), (m500, 17, "7.08"), (m3000, 20, "7.10")])
def test_api_generations(make: Make, api: int, firmware: str) -> None:
    device = make()
    assert device.api_major == api
    assert device.firmware.startswith(firmware)


def test_the_m500_passes_one_clock_through() -> None:
    now = played(m500())
    assert now["/chassis0/slots/spt/module/spt/selected-clock"] == "clk1"
    assert not any("/spt/mode" in path or "/shs/" in path for path in now)


def test_the_first_clock_lost_changes_over() -> None:
    changed = changes(m3000(), "clock1-lost")
    assert changed[f"{SCU1}/rsc/selected-clock"] == "clk2"
    assert changed[f"{SCU1}/rsc/inputs/clk1/time-sync"] is False
    assert changed[f"{SCU1}/rsc/inputs/clk2/usage"] == "primary"
    assert changed[f"{SCU1}/rsc/shs/state"] == "fatal"
    assert changed["/system/sync-status/reference"] == "clk2-gps"
    assert changed["/system/sync-status/clock-idx"] == 1
    assert changed["/chassis0/slots/clk1/module/sync-status/clock-idx"] == "not-selected"
    assert changed["/chassis0/slots/clk2/module/sync-status/clock-idx"] == "selected"
    assert changed["/chassis0/slots/io3/module/relays/relay-a/state"] == "nc"
    assert changed[f"{EVENTS}/refclock-1-not-sync/triggered"] == 1


def test_the_device_stays_synchronized_by_the_second_clock() -> None:
    changed = changes(m3000(), "clock1-lost")
    assert "/system/sync-status/clock-status/clock" not in changed
    assert "/ntp/sys/leap" not in changed
    assert not any(path.startswith(f"{EVENTS}/ntp-") for path in changed)


def test_the_change_over_is_not_revertive() -> None:
    assert played(m3000(), "clock1-lost", healed=50.0)[f"{SCU1}/rsc/selected-clock"] == "clk2"


def test_manual_mode_does_not_change_over() -> None:
    now = played(m3000(), "rsc-manual", "clock1-lost")
    assert now[f"{SCU1}/rsc/selected-clock"] == "clk1"
    assert now[f"{SCU1}/rsc/outputs-enabled"] is True
    assert now["/system/sync-status/clock-status/clock"] == "not-synchronized"
    assert (now["/ntp/sys/leap"], now[f"{EVENTS}/ntp-not-sync/triggered"]) == (3, 1)


def test_the_same_change_over_in_the_other_spelling() -> None:
    changed = changes(m1000(), "clock1-lost")
    assert changed[f"{SCU1}/scu-status/sel"] == 1
    assert changed[f"{SCU1}/scu-status/ts1"] is False
    assert changed["/system/sync-status/reference"] == "clk2-pzf"
    assert changed["/chassis0/slots/io1/module/rel/relay-a"] == "normally-closed"


def test_a_pulled_clock_changes_over_too() -> None:
    changed = changes(m3000(), "module-pulled@clk1")
    assert changed["/system/sync-status/reference"] == "clk2-gps"
    assert changed[f"{EVENTS}/refclock-1-not-responding/triggered"] == 1


def test_the_second_clock_has_its_own_events() -> None:
    changed = changes(m3000(), "holdover@clk2")
    assert changed[f"{EVENTS}/refclock-2-not-sync/triggered"] == 1
    assert "/system/sync-status/clock-status/clock" not in changed


def test_a_reboot_starts_with_the_first_clock_again() -> None:
    lost, boot = Scenario("clock1-lost"), Scenario("warm-up")
    episodes = (Episode(lost, 100.0, 200.0), Episode(boot, 300.0))
    slots = document(m3000(), episodes, 500.0, WALL)["data"]["system"]["sync-status"]
    assert slots["reference"] == "clk1-gnss"


def test_a_failed_supply_shows_at_the_switch_card() -> None:
    changed = changes(m3000(), "psu-lost@pwr2")
    assert changed["/chassis0/slots/pwr2/module/power-available"] is False
    assert changed[f"{SCU1}/rsc/power-supplies/psu2/ok"] is False


def test_a_pulled_network_card_takes_its_ports_along() -> None:
    changed = changes(m3000(), "module-pulled@io14")
    assert changed["/network/ports/lan2/port-available"] is False
    assert changed["/network/ports/lan2/mac-address"] == "00:00:00:00:00:00"
    assert "/network/ports/lan1/link" not in changed


@pytest.mark.parametrize(("make", "state"), [("m3000", "limit-exceeded"), ("m3000-flat", "alarm")])
def test_a_node_over_its_limit(make: str, state: str) -> None:
    changed = changes(CATALOGUE[make](), "syncmon-limit@video-server")
    node = "/syncmon/nodes/video-server"
    assert state in {changed.get(f"{node}/state"), changed.get(f"{node}/status")}
    assert changed[f"{EVENTS}/sync-monitor-alert/triggered"] == 1
    assert not any("edge-router" in path for path in changed)
    offset = changed.get(f"{node}/offset") or changed.get(f"{node}/offset-ns")
    assert int(offset or 0) > 1000


def test_a_member_offline() -> None:
    changed = changes(m3000(), "member-offline")
    assert (changed["/syncteam/online-members"], changed["/syncteam/offline-members"]) == (2, 1)
    assert changed["/syncteam/members/lantime-c/state"] == "offline"


def test_another_master_of_the_cluster() -> None:
    changed = changes(m3000(), "cluster-master-changed")
    cluster = "/network/interfaces/vif0/cluster/ipv4"
    assert changed[f"{cluster}/port-state"] == "slave"
    assert f"{cluster}/master-serial" in changed
    assert changed[f"{EVENTS}/cluster-master-changed/triggered"] == 1


def test_a_fault_of_the_rubidium() -> None:
    changed = changes(m3000(), "rubidium-fault")
    status = "/chassis-xhe/clk1/xhe-sys-status/status"
    assert (changed[f"{status}/generic-cell-error"], changed[f"{status}/pps-lock"]) == (True, False)
    assert changed[f"{EVENTS}/xhe-rub-error/triggered"] == 1


def test_a_leap_second_shows_everywhere() -> None:
    changed = changes(m3000(), "leap-announced")
    assert changed["/system/sync-status/leapsecond-announced"] is True
    assert changed["/syncteam/leapsecond-state"] == "leapsecond-announced"
    assert changed["/chassis0/slots/io1/module/ptp/instances/ptp1/time-properties-ds/leap-61"] is True


def test_a_healthy_device_has_no_alarm(subtests: pytest.Subtests) -> None:
    for elapsed in [0.0, 3_000.0, 90_000.0]:
        for name in CATALOGUE:
            with subtests.test(name=name, elapsed=elapsed):
                data = document(CATALOGUE[name](), (), elapsed, WALL)["data"]
                assert data["system"]["sync-status"]["clock-status"]["clock"] == "synchronized"
                assert data["system"]["front-leds"]["led-alarm"]["current-state"] is False
                assert {
                    event["object-id"]
                    for event in data["notification"]["events"]
                    if event["triggered"] and event["type"] in {"warning", "error", "critical"}
                } <= {"self-signed-https-certificate-in-use"}
