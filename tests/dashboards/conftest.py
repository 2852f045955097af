"""An hour of a fleet with faults and of a healthy one, each in a real Prometheus, for all tests of this folder."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.dashboards.dashboards_read import filled
from tests.programs import installed
from tools.backfill import (
    HEALTHY,
    TROUBLED,
    FleetDevice,
    PrometheusServer,
    ScrapeSpan,
    backfill,
    device_samples,
    exporter_samples,
    replay,
    rule_texts,
    run_prometheus,
)

STEP = 120.0

LOOKBACK = f"{1.5 * STEP:.0f}s"
"""Time for which a sample counts as present: unlike scraped series, imported ones have no staleness marker."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A Prometheus with an hour of samples, and the queries of panels."""

    server: PrometheusServer
    span: ScrapeSpan

    def over_time(self, expr: str, **variables: str) -> list[dict[str, Any]]:
        """Return the series of a panel's query over the hour."""
        return self.server.query_range(self._query(expr, variables), self.span.begin, self.span.until, STEP)

    def at_the_end(self, expr: str, **variables: str) -> list[tuple[dict[str, str], float]]:
        """Return labels and value of each series at the end of the hour."""
        found = self.server.query(self._query(expr, variables), self.span.until)
        return [(series["metric"], float(series["value"][1])) for series in found]

    def _query(self, expr: str, variables: dict[str, str]) -> str:
        return filled(expr, **{"__rate_interval": "8m", **variables})


@pytest.fixture(scope="session")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hour]:
    """Return the hour with all faults."""
    yield from hour(TROUBLED, tmp_path_factory.mktemp("troubled"))


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hour]:
    """Return the hour without faults."""
    yield from hour(HEALTHY, tmp_path_factory.mktemp("healthy"))


def hour(fleet: Sequence[FleetDevice], directory: Path) -> Iterator[Hour]:
    for program in ("prometheus", "promtool"):
        installed(program)
    span = ScrapeSpan(until=time.time() // STEP * STEP, step=STEP)
    backfill((*device_samples(fleet, span), *exporter_samples(fleet, span)), directory)
    replay(directory, rule_texts(), span, LOOKBACK)
    with run_prometheus(directory, lookback=LOOKBACK) as server:
        yield Hour(server, span)
