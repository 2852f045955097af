"""The four faults of the demo cause one message per device, and one page."""

import re
import time
from collections.abc import Callable

import pytest
from lantime_exporter.cli.demo import DEVICES, TIMETABLES
from lantime_simulator import CATALOGUE

from tests.end_to_end.shipped import ROOT
from tests.end_to_end.shortened import FACTOR
from tests.end_to_end.world import world

LASTS = 1300
"""Seconds of the demo until every fault has been notified."""


@pytest.fixture(scope="module")
def messages(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Receiver, device and alert of each first message above severity info."""
    devices = {name: CATALOGUE[name]() for name in DEVICES}
    with world(program, tmp_path_factory.mktemp("demo"), devices, TIMETABLES) as running:
        time.sleep(LASTS / FACTOR)
        return list(
            dict.fromkeys(
                (each.receiver, each.labels.get("instance", ""), each.labels["alertname"])
                for each in running.webhook.arrivals
                if each.status == "firing" and each.labels["severity"] != "info"
            )
        )


def test_the_messages_are_those_of_the_page_on_alerts(messages: list[tuple[str, str, str]]) -> None:
    page = (ROOT / "docs/alerts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ min \| (on-call|tickets) \| (\w+) \| (\w+)", page, re.MULTILINE)
    assert sorted(messages) == sorted(rows)  # their order depends on seconds


def test_only_the_device_that_does_not_answer_pages(messages: list[tuple[str, str, str]]) -> None:
    assert [message for message in messages if message[0] == "on-call"] == [
        ("on-call", "m500", "LantimeDeviceUnreachable")
    ]
