"""The M300 follows the known differences between API 10 and API 20, not a capture."""

from typing import Any

import pytest
from lantime_simulator import document, m300, m600

from tests.simulator.simulator_differences import leaves

WALL = 1_792_000_000.0
M300 = document(m300(), (), 100.0, WALL)
DATA = M300["data"]
LEAVES = dict(leaves(M300))
SYSTEM_KEYS = set(document(m600(), (), 100.0, WALL)["data"]["system"])


def test_envelope() -> None:
    information = M300["system-information"]
    assert information["API Version"] == "LANTIME REST API V10.21.016"
    assert information["version"] == DATA["chassis0"]["firmware-image"] == "fw_7.06.014-light"
    assert (information["model"], DATA["chassis0"]["backplane-revision"]) == ("M300", "V45")
    assert M300["links"]["self"] == "http://localhost/api/status"


def test_responses_are_computed_on_request() -> None:
    assert DATA["system"]["current-time"].startswith(M300["system-information"]["time-stamp"])


def test_lacks_fields_of_api_20(subtests: pytest.Subtests) -> None:
    for missing in [
        "api-last-update",
        "port-available",
        "statistics",
        "bonding-slave",
        "poll-status",
        "dac-cal",
        "grc",
        "satellites",
    ]:
        with subtests.test(missing=missing):
            assert not any(f"/{missing}" in path for path in LEAVES)


def test_interfaces_have_no_cluster_and_an_address_by_dhcp() -> None:
    interfaces = DATA["network"]["interfaces"]
    assert all("cluster" not in interface for interface in interfaces)
    assert (interfaces[0]["addresses"][0]["object-id"], interfaces[0]["addresses"][0]["iftype"]) == (
        "ipv4-dhcp",
        "dhcp",
    )
    assert "addresses" not in interfaces[1]


def test_ports() -> None:
    lan0, lan1 = DATA["network"]["ports"]
    assert (lan0["link"], lan0["speed"], lan0["duplex"]) == (True, "100", "full")
    assert (lan1["link"], lan1["speed"], lan1["duplex"]) == (False, "-", "-")
    assert all((port["slot-id"], port["card-name"]) == (7, "c05f1-v31") for port in (lan0, lan1))
    assert lan1["mac-address"] != "00:00:00:00:00:00"


def test_system() -> None:
    system = DATA["system"]
    assert system.keys() == SYSTEM_KEYS - {"api-last-update"}
    assert system["sync-status"]["reference"] == "clk1-pzf"
    assert system["sync-status"]["ref-type"] == "dcf77-pzf-receiver"
    assert system["sync-status"]["osc-type"] == "tcxo"
    assert system["last-position-update"] == "1970-01-01 00:00:00"
    assert system["last-config-change"] < system["uptime"]
    assert {entry["object-id"] for entry in system["storage"]} == {"rootfs", "var", "www", "dev_sda5", "dev_sda7"}
    assert len(system["firmware"]["packages"]) == 12


def test_leds() -> None:
    leds = DATA["system"]["front-leds"]
    assert (leds["led-alarm"]["current-color"], leds["led-alarm"]["current-state"]) == ("blue", False)
    assert (leds["led-network"]["current-color"], leds["led-network"]["current-state"]) == ("green", True)


def test_update() -> None:
    update = DATA["system"]["firmware"]["update"]
    assert update["last-update-successful"] is False
    assert update["last-update-started"] == update["last-update-ended"] == "never"
    assert update["last-update-error"].startswith("CPU Module Mismatch: ")


def test_ntp() -> None:
    system, reference = DATA["ntp"]
    assert (system["leap"], reference["leap"], reference["reach"]) == ("0", "0", 0)
    assert (system["status"], reference["status"]) == ("02f8", "971a")
    assert (system["status-sys-clock-source"], system["status-sys-event-code"]) == ("lf-radio", "no-system-peer")
    assert (system["status-sys-event-counter"], reference["status-peer-event-counter"]) == (15, 1)
    assert (system["refid"], reference["refid"], reference["status-peer-event-code"]) == ("PZF", "PZF", "sys-peer")
    assert reference["status-peer-reach-ok"] is True


def test_events() -> None:
    events = {event["object-id"]: event for event in DATA["notification"]["events"]}
    assert len(events) == 28
    assert {"leap-second-announced", "faillock:-user-banned"} <= events.keys()
    assert events.keys().isdisjoint({"antenna-short-circuit", "oscillator-adjusted", "auto-update-avail"})
    assert {name for name, event in events.items() if event["triggered"]} == {
        "normal-operation",
        "ntp-sync",
        "refclock-1-sync",
        "antenna-reconnect",
        "network-link-up",
        "self-signed-https-certificate-in-use",
    }


def test_services() -> None:
    assert DATA["services"]["network"].keys() >= {"mbgdevman", "snmp"}
    assert DATA["services"]["network"].keys().isdisjoint({"mms", "ptp"})
    assert DATA["services"]["global"].keys().isdisjoint({"clidaemon", "sendmail", "autoupdate", "syncmon", "bird"})


def test_syncmon_and_syncteam() -> None:
    assert DATA["syncmon"] == {"last-updated": "never", "nodes": []}
    assert DATA["syncteam"]["leapsecond-state"] == "no-leap-second"


def slot(name: str) -> Any:
    return next(slot for slot in DATA["chassis0"]["slots"] if slot["slot-id"] == name)


def test_slots_in_their_order() -> None:
    order = [slot["slot-id"] for slot in DATA["chassis0"]["slots"]]
    assert order == ["pwr1", "pwr2", "cpu", "clk1", "clk2", "int1", "int2", "int3", "int4"]
    assert slot("cpu")["module"]["info"]["software-revision"] == "7.06.014"
    assert "module" not in slot("clk2")


def test_clock() -> None:
    module = slot("clk1")["module"]
    assert (module["info"]["model"], module["info"]["software-revision"]) == ("pzf511", "v2.08")
    assert module["info"]["serial-number"].endswith("    ")
    assert module["supported-string-types"] == []
    assert module["mrs"] == [
        {
            "object-id": "priority0",
            "info": {"settings": {"bias": 0.0, "precision": 0.0, "id": {"type": "gps", "instance": 0}}},
        }
    ]


def test_long_wave_receiver() -> None:
    dcf77 = slot("clk1")["module"]["dcf77"]
    assert (dcf77["ref-type"], dcf77["type"]) == ("dcf77-pzf-receiver", "pzf")
    assert 0 <= dcf77["correlation"] <= 100
    assert 0 <= dcf77["field-strength"] <= 100
    assert [name for name, on in dcf77["pcps"].items() if on] == ["syncd"]
    assert len(dcf77["pcps"]) == 8


def test_the_external_rubidium_is_listed_without_one() -> None:
    (xhe,) = DATA["chassis-xhe"]
    assert xhe["object-id"] == "clk1"
    assert not any(value for path, value in leaves(xhe) if "/comstat/" in path)
    assert xhe["xhe-sys-status"]["status"]["pps-lock"] is True
    assert xhe["xhe-psu-status"]["psu-status"] == {"psu1": "ok", "psu2": "ok"}
