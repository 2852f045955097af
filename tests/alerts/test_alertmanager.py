"""The example for Alertmanager: its routes and inhibitions, in a real Alertmanager."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
import yaml

from tests.alerts.alerts_manager import Manager
from tests.alerts.alerts_programs import succeeds
from tests.alerts.alerts_rules import ALERTS, NAMES, Alert, seconds
from tests.alerts.conftest import EXAMPLE
from tests.programs import newer

ROUTES = {
    "severity=critical": "on-call",
    "severity=warning": "tickets",
    "severity=info": "record",
    "alertname=Other": "default",
}
"""The receiver of alerts with a label."""


@pytest.mark.parametrize("generation", ["installed", "newer"])
def test_alertmanager_example_is_accepted_and_routes_by_severity(
    generation: str, program: Callable[[str], str]
) -> None:
    amtool = program("amtool") if generation == "installed" else newer("amtool")
    succeeds(amtool, "check-config", EXAMPLE)
    for label, receiver in ROUTES.items():
        succeeds(
            *(amtool, "config", "routes", "test", f"--config.file={EXAMPLE}"),
            *(f"--verify.receivers={receiver}", label),
        )


def test_alertmanager_rules_name_alerts_that_exist() -> None:
    named = set(re.findall(r"Lantime\w+", EXAMPLE.read_text()))
    assert named <= set(NAMES)


def test_alertmanager_notifies_nobody_until_it_is_configured() -> None:
    receivers: list[Mapping[str, Any]] = yaml.safe_load(EXAMPLE.read_text())["receivers"]
    assert [list(receiver) for receiver in receivers] == [["name"]] * len(receivers)


NO_DATA = "LantimeExporterDown|LantimeDeviceUnreachable|LantimeAuthenticationFailed"
"""These fire after 5 minutes without data, when the alerts that they explain have ended."""


def test_alertmanager_an_alert_that_explains_another_is_kept_as_long() -> None:
    offenders = [
        f"{source} -> {target}"
        for rule in yaml.safe_load(EXAMPLE.read_text())["inhibit_rules"]
        if f'alertname=~"{NO_DATA}"' not in rule["source_matchers"]
        for source in matching(rule["source_matchers"])
        for target in matching(rule["target_matchers"])
        if "alertname" not in rule.get("equal", ()) or source.name == target.name
        if length(source.keep) < length(target.keep)
    ]
    assert offenders == []


def matching(matchers: Sequence[str]) -> list[Alert]:
    """Return the alerts whose name and severity match; matchers of other labels narrow them further."""
    known = [matcher for matcher in matchers if matcher.startswith(("alertname", "severity"))]
    return [alert for alert in ALERTS if all(matches(alert, matcher) for matcher in known)]


def matches(alert: Alert, matcher: str) -> bool:
    label, operator, pattern = re.fullmatch(r'(\w+)(=|=~|!~)"(.*)"', matcher).groups()  # type: ignore[union-attr]
    value = {"alertname": alert.name, "severity": str(alert.severity)}[label]
    found = re.fullmatch(pattern, value) if "~" in operator else value == pattern
    return bool(found) != operator.startswith("!")


def length(duration: str) -> float:
    return seconds(duration) if duration else 0


def alert(name: str, severity: str, **labels: str) -> dict[str, str]:
    return {"alertname": name, "severity": severity, "job": "lantime", **labels}


SILENCED = [
    *(
        (alert(source, severity, instance="{}"), alert("LantimeRelayError", "warning", instance="{}", slot="rel1"))
        for source, severity in (
            ("LantimeExporterDown", "critical"),
            ("LantimeDeviceUnreachable", "critical"),
            ("LantimeAuthenticationFailed", "warning"),
        )
    ),
    (
        alert("LantimePtpOffsetHigh", "critical", instance="{}", slot="io1"),
        alert("LantimePtpOffsetHigh", "warning", instance="{}", slot="io1"),
    ),
    (
        alert("LantimePtpGrandmasterChanged", "warning", instance="{}", slot="io1"),
        alert("LantimePtpGrandmasterChanged", "info", instance="{}", slot="io1"),
    ),
    (
        alert("LantimeClockNotSynchronized", "critical", instance="{}", state="not-synchronized"),
        alert("LantimeClockNotSynchronized", "warning", instance="{}", slot="clk2"),
    ),
    *(
        (
            alert("LantimeAntennaDisconnected", "warning", instance="{}", **antenna),
            alert("LantimeHoldover", "warning", instance="{}", **clock),
        )
        for antenna, clock in (
            ({"slot": "clk1"}, {"slot": "clk1"}),
            ({"state": "disconnected"}, {"slot": "clk1"}),
            ({"state": "disconnected"}, {"state": "holdover"}),
        )
    ),
    *(
        (alert("LantimeClockNotSynchronized", "critical", instance="{}"), alert(name, "warning", instance="{}"))
        for name in ("LantimeGnssFewSatellites", "LantimeNtpStratumHigh", "LantimeTimeQualityDegraded")
    ),
    (
        alert("LantimeClockNotSynchronized", "critical", instance="{}"),
        alert("LantimePtpClockClassDegraded", "critical", instance="{}", slot="io1"),
    ),
    *(
        (
            alert(source, severity, instance="{}", slot="pwr2"),
            alert(target, "warning", instance="{}", slot="rel1"),
        )
        for source, severity in (("LantimePowerSupplyFailed", "warning"), ("LantimePtpStopped", "critical"))
        for target in ("LantimeAlarmLedOn", "LantimeRelayError")
    ),
    (
        {"alertname": "LantimeExporterAbsent", "severity": "critical", "test": "{}"},
        alert("LantimeTargetGone", "warning", instance="{}"),
    ),
    (
        alert("LantimePowerConsumptionExceeded", "critical", instance="{}", event="power-consumption-exceeded"),
        alert("LantimePowerRedundancyLost", "warning", instance="{}"),
    ),
    (
        alert("LantimePowerSupplyFailed", "warning", instance="{}", slot="pwr2"),
        alert("LantimePowerRedundancyLost", "warning", instance="{}"),
    ),
    *(
        (
            alert(source, "warning", instance="{}", slot="clk1"),
            alert("LantimeReferenceLost", "warning", instance="{}", slot="clk1"),
        )
        for source in ("LantimeAntennaDisconnected", "LantimeAntennaShortCircuit", "LantimeGnssNoSatellites")
    ),
    *(
        (
            alert(source, "critical", instance="{}", slot="io1", ptp_instance="ptp1"),
            alert(target, "warning", instance="{}", slot="io1", ptp_instance="ptp1"),
        )
        for source in ("LantimePtpStopped", "LantimePtpPortFaulty", "LantimePtpLinkDown")
        for target in (
            "LantimePtpUnexpectedState",
            "LantimePtpNoClients",
            "LantimePtpAnnounceLost",
            "LantimePtpOffsetHigh",
        )
    ),
    (
        alert("LantimeHoldoverTooLong", "critical", instance="{}"),
        alert("LantimeHoldover", "warning", instance="{}", state="holdover"),
    ),
    (
        alert("LantimePtpStopped", "critical", instance="{}", slot="io1", ptp_instance="ptp1"),
        alert("LantimeModuleVanished", "warning", instance="{}", slot="io1", type="io"),
    ),
    (
        alert("LantimeModuleVanished", "warning", instance="{}", slot="io1", type="io"),
        alert("LantimeDataMissing", "warning", instance="{}"),
    ),
    (
        alert("LantimeHoldover", "warning", instance="{}"),
        alert("LantimePtpClockClassDegraded", "warning", instance="{}", slot="io1"),
    ),
    (
        alert("LantimeAntennaDisconnected", "warning", instance="{}", slot="clk1"),
        alert("LantimeGnssNoSatellites", "warning", instance="{}", slot="clk1"),
    ),
]

HEARD = [
    (
        alert("LantimeAntennaDisconnected", "warning", instance="{}", slot="clk2"),
        alert("LantimeHoldover", "warning", instance="{}", slot="clk1"),
    ),
    (
        alert("LantimeTemperatureHigh", "critical", instance="{}", slot="io1", sensor="cpu"),
        alert("LantimeTemperatureHigh", "warning", instance="{}", slot="io1", sensor="board"),
    ),
    (
        alert("LantimePtpStopped", "critical", instance="{}", slot="io1", ptp_instance="ptp1"),
        alert("LantimePtpLinkDown", "critical", instance="{}", slot="io1", ptp_instance="ptp2", port="port1"),
    ),
    (
        alert("LantimeCertificateExpiring", "warning", instance="{}"),
        alert("LantimeAlarmLedOn", "warning", instance="{}", led="alarm", state="red"),
    ),
    (
        alert("LantimeReferenceChanged", "info", instance="{}"),
        alert("LantimeAlarmLedOn", "warning", instance="{}", led="alarm"),
    ),
    (
        alert("LantimeDeviceUnreachable", "critical", instance="{}"),
        alert("LantimeRelayError", "warning", instance="{}-other"),
    ),
    (
        alert("LantimeDeviceUnreachable", "critical", instance="{}"),
        alert("LantimeAuthenticationFailed", "warning", instance="{}"),
    ),
    (alert("LantimeDeviceUnreachable", "critical", instance="{}"), alert("NodeDown", "critical", instance="{}")),
    (
        alert("LantimePtpOffsetHigh", "critical", instance="{}"),
        alert("LantimeTemperatureHigh", "warning", instance="{}"),
    ),
    (
        alert("LantimeClockNotSynchronized", "warning", instance="{}", slot="clk2"),
        alert("LantimeNtpStratumHigh", "warning", instance="{}"),
    ),
    (
        alert("LantimeClockNotSynchronized", "critical", instance="{}"),
        alert("LantimeAntennaDisconnected", "warning", instance="{}", slot="clk1"),
    ),
    (
        alert("LantimeHoldover", "warning", instance="{}"),
        alert("LantimePtpClockClassDegraded", "critical", instance="{}"),
    ),
    (
        alert("LantimeAntennaDisconnected", "warning", instance="{}", slot="clk1"),
        alert("LantimeGnssNoSatellites", "warning", instance="{}", slot="clk2"),
    ),
    (
        alert("LantimePtpStopped", "critical", instance="{}", slot="io1", ptp_instance="ptp1"),
        alert("LantimePtpNoClients", "warning", instance="{}", slot="io2", ptp_instance="ptp1"),
    ),
]


def test_alertmanager_silences_what_another_alert_explains_and_nothing_else(
    manager: Manager, subtests: pytest.Subtests
) -> None:
    for number, pair in enumerate((*SILENCED, *HEARD)):
        source, target = ({key: value.format(f"lt{number}") for key, value in labels.items()} for labels in pair)
        silent = number < len(SILENCED)
        with subtests.test(source=source["alertname"], target=target["alertname"]):
            manager.raises(source, target)
            assert (manager.inhibits(target) if silent else manager.inhibited(target)) == silent
            assert not manager.inhibited(source)


def test_alertmanager_names_every_device_of_a_fleet_that_lost_its_reference(manager: Manager) -> None:
    fleet = {"alertname": "LantimeFleetDesynchronized", "severity": "critical", "job": "outage"}
    devices = [
        {**alert("LantimeHoldover", "warning", instance=f"many{number}"), "job": "outage"} for number in range(3)
    ]
    manager.raises(fleet, *devices)
    assert not any(manager.inhibited(device) for device in devices)


def test_alertmanager_sends_one_message_for_a_device() -> None:
    route = yaml.safe_load(EXAMPLE.read_text())["route"]
    assert route["group_by"] == ["job", "instance"]
    own = [each["matchers"] for each in route["routes"] if "group_by" in each]
    assert own == [['alertname="LantimeExporterDown"']]
