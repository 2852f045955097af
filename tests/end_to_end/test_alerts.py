"""End to end: simulated devices, the exporter, Prometheus with the real rules, Alertmanager, a webhook.

All scenes happen at the same time, each on a separate device, and the period of the demo on its devices beside them; a
second stands for a minute.
"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from lantime_simulator import CATALOGUE, demo_devices

from tests.end_to_end.scenes import ALREADY, BYSTANDER, DEVICES, SCENES, UNREACHABLE
from tests.end_to_end.shipped import ROOT, rule_files
from tests.end_to_end.shortened import FACTOR
from tests.end_to_end.world import World, world

ALERTS = [(scene, expected) for scene in SCENES for expected in scene.alerts]


@pytest.fixture(scope="module")
def watched(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything, while all is well."""
    devices = {**DEVICES, **{name: CATALOGUE[name]() for name in demo_devices.DEVICES}}
    with world(program, tmp_path_factory.mktemp("world"), devices, demo_devices.TIMETABLES) as running:
        yield running


@pytest.fixture(scope="module")
def kept_back(watched: World) -> set[str]:
    """The inhibited alerts of the unreachable device, once all scenarios are active."""
    return watched.trouble()


@pytest.fixture(scope="module")
def troubled(watched: World, kept_back: set[str]) -> World:
    """All programs, once all scenarios are active."""
    return watched


@pytest.fixture(scope="module")
def recovered(troubled: World) -> World:
    """All programs, once all scenarios are over."""
    troubled.recover()
    return troubled


def test_every_alert_arrives_with_its_labels_and_texts_where_its_severity_asks(
    troubled: World, subtests: pytest.Subtests
) -> None:
    for scene, expected in ALERTS:
        with subtests.test(scene=scene.name, alert=expected.name, severity=expected.severity):
            arrival = troubled.arrived("firing", expected.name, expected.severity, scene.name)
            assert arrival.labels == {
                "alertname": expected.name,
                "severity": expected.severity,
                "job": "lantime",
                "instance": scene.name,
                **expected.labels,
            }
            texts = arrival.annotations
            assert texts["summary"] == expected.summary
            assert re.fullmatch(expected.description, texts["description"]), texts["description"]
            assert texts["runbook_url"].endswith(f"#{expected.name.lower()}")
            assert texts["dashboard_url"].endswith(f"?var-job=lantime&var-instance={scene.name}")
            assert arrival.receiver == {"critical": "on-call", "warning": "tickets"}[expected.severity]


def test_other_alerts_of_an_unreachable_device_are_kept_back(kept_back: set[str]) -> None:
    assert kept_back == {ALREADY}


LAST = [
    (scene, expected)
    for scene in SCENES
    for expected in scene.alerts
    if not any(other.name == expected.name and other.severity < expected.severity for other in scene.alerts)
]
"""Alerts without lower levels, which Alertmanager inhibits and may not resolve."""


def test_every_alert_arrives_resolved(recovered: World, subtests: pytest.Subtests) -> None:
    for scene, expected in LAST:
        with subtests.test(scene=scene.name, alert=expected.name):
            arrival = recovered.arrived("resolved", expected.name, expected.severity, scene.name)
            assert arrival.labels.items() >= expected.labels.items()


def test_no_other_alert_arrives_while_a_device_is_unreachable(recovered: World) -> None:
    recovered.arrived("resolved", "LantimeDeviceUnreachable", "critical", UNREACHABLE)
    received = [
        (each.status, each.labels["alertname"])
        for each in recovered.webhook.arrivals
        if each.labels.get("instance") == UNREACHABLE and each.labels["severity"] != "info"
    ]
    assert received == [("firing", "LantimeDeviceUnreachable"), ("resolved", "LantimeDeviceUnreachable")]


def test_nothing_arrives_of_a_healthy_device(recovered: World) -> None:
    assert [each for each in recovered.webhook.arrivals if each.labels.get("instance") == BYSTANDER] == []


def test_every_rule_can_be_evaluated_all_the_time(recovered: World) -> None:
    groups = recovered.prometheus._api("rules")["groups"]
    assert len(groups) == len(rule_files())
    assert {rule["name"]: rule["lastError"] for group in groups for rule in group["rules"] if "lastError" in rule} == {}


DEMO_LASTS = 1300
"""Seconds of the demo until every fault has been notified."""


def test_the_demo_sends_the_messages_of_the_page_on_alerts_and_only_one_page(recovered: World) -> None:
    time.sleep(max(0.0, DEMO_LASTS - recovered.timetable()) / FACTOR)
    until = (recovered.timetable.started or 0.0) + DEMO_LASTS / FACTOR
    messages = {
        (each.receiver, each.labels["instance"], each.labels["alertname"])
        for each in recovered.webhook.arrivals
        if each.labels.get("instance") in demo_devices.DEVICES
        and (each.status, each.labels["severity"] != "info", each.at < until) == ("firing", True, True)
    }
    page = (ROOT / "docs/alerts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ min \| (on-call|tickets) \| (\w+) \| (\w+)", page, re.MULTILINE)
    assert sorted(messages) == sorted(rows)  # their order depends on seconds
    pages = [message for message in messages if message[0] == "on-call"]
    assert pages == [("on-call", "m500", "LantimeDeviceUnreachable")]
