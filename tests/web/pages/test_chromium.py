"""The pages as a real browser renders them."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import DeadlineError
from lantime_exporter.mapping.result import CollectorResult
from lantime_exporter.probe.service import LastProbe, TargetStatus
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.routes import endpoints

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication, Serve

NOW = 1_795_216_205.5
HOSTILE = "<img src=x onerror=alert(1)>"

Dump = Callable[[str], str]


@pytest.fixture
def dump(application: "FakeApplication", serve: "Serve", program: Callable[[str], str], tmp_path: Path) -> Dump:
    chromium = program("chromium")
    handler = endpoints(application, ExporterMetrics(now=0), str, clock=lambda: NOW)
    server = serve(handler)

    def dump_dom(path: str) -> str:
        command = [
            chromium,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            f"http://{server.addresses[0]}{path}",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603 - fixed words
        assert "Content Security Policy" not in done.stderr
        return done.stdout

    return dump_dom


def test_landing_page_is_rendered(dump: Dump, application: "FakeApplication") -> None:
    last = LastProbe(
        ended_at=NOW - 12,
        duration=9.5,
        reason="timeout",
        error=HOSTILE,
        collectors=(CollectorResult("ntp", 0.001),),
    )
    application.statuses = (
        TargetStatus(name=HOSTILE, address="https://10.0.0.1", module="default", auth="hq", last=last),
    )
    dom = dump("/")
    assert "<h1>Targets</h1>" in dom
    assert '<span class="chip bad">timeout</span>' in dom
    assert "&lt;img src=x onerror=alert(1)&gt;</a>" in dom
    assert "<img" not in dom
    assert '<form action="probe" method="get">' in dom


def test_sessions_page_is_rendered(dump: Dump, application: "FakeApplication") -> None:
    exchange = Exchange(resource="/api/status", requested_at=NOW, error=DeadlineError(HOSTILE))
    application.exchanges = {"studio-a": (exchange,)}
    dom = dump("/sessions")
    assert "<h1>HTTP sessions</h1>" in dom
    assert '<td data-label="Request time (UTC)">2026-11-20 23:10:05.500</td>' in dom
    assert "<img" not in dom
