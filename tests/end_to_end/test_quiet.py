"""An hour of every healthy simulated model, evaluated by the rules with the stricter thresholds for PTP."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from lantime_simulator import CATALOGUE

from tests.end_to_end.shipped import rule_files
from tools.backfill import (
    FleetDevice,
    PrometheusServer,
    ScrapeSpan,
    backfill,
    device_samples,
    exporter_samples,
    replay,
    run_prometheus,
)

STEP = 240.0

CONTROL = "groups: [{name: control, rules: [{alert: Control, expr: lantime_up == 1}]}]"
"""An alert that fires, as a control."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A Prometheus with the hour and the results of the rules."""

    server: PrometheusServer
    span: ScrapeSpan

    def ask(self, expression: str) -> list[dict[str, str]]:
        """Return the labels of the result of an expression at the end of the hour."""
        return [series["metric"] for series in self.server.query(expression, self.span.until)]


@pytest.fixture(scope="module")
def span() -> ScrapeSpan:
    return ScrapeSpan(until=time.time() // STEP * STEP, step=STEP)


@pytest.fixture(scope="module")
def samples(program: Callable[[str], str], span: ScrapeSpan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The storage with the samples of devices and exporter."""
    program("promtool")
    fleet = [FleetDevice(name, make()) for name, make in CATALOGUE.items()]
    folder = tmp_path_factory.mktemp("samples")
    backfill(chain(device_samples(fleet, span), exporter_samples(fleet, span)), folder)
    return folder


@pytest.fixture(scope="module")
def hour(program: Callable[[str], str], samples: Path, span: ScrapeSpan) -> Iterator[Hour]:
    """The hour, evaluated by the rules."""
    program("prometheus")
    replay(samples, [file.read_text() for file in rule_files()] + [CONTROL], span)
    with run_prometheus(samples) as server:
        yield Hour(server, span)


def test_every_model_is_watched_through_the_hour(hour: Hour) -> None:
    scrapes = int(hour.span.length / STEP) + 1
    watched = hour.ask(f"count_over_time(lantime_up[1h]) >= {scrapes - 1} and min_over_time(lantime_up[1h]) == 1")
    assert {labels["instance"] for labels in watched} == set(CATALOGUE)


def test_the_recording_rules_return_series(hour: Hour) -> None:
    assert hour.ask('{__name__=~".+:.+"}')


def test_no_alert_fires(hour: Hour) -> None:
    raised = hour.ask("count by (alertname, instance) (count_over_time(ALERTS[1h]))")
    assert {labels["alertname"] for labels in raised} == {"Control"}
