"""What the tests of probes share: simulated devices, an exporter that watches them, a clock to turn."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Settings
from lantime_exporter.device.client import Clocks
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.service import ProbeService
from lantime_simulator import Lantime, SimulatedServer, m600

from tests.probe.probe_settings import PASSWORD, USER

Simulate = Callable[..., SimulatedServer]
Watch = Callable[..., ProbeService]


@dataclass
class Clock:
    """Seconds that pass only when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clocks(clock: Clock) -> Clocks:
    return Clocks(wall=clock, monotonic=clock)


@pytest.fixture(scope="session")
def catalogue() -> CollectorRegistry:
    return load()


@pytest.fixture
def simulate() -> Iterator[Simulate]:
    """Return a function that starts a simulated M600 with the scenarios it is given; all stop after the test."""
    with ExitStack() as stack:

        def start(*scenarios: str, **options: Any) -> SimulatedServer:
            lantime = Lantime(m600())
            lantime.activate(*scenarios)
            return stack.enter_context(SimulatedServer(lantime, credentials=(USER, PASSWORD), **options))

        yield start


@pytest.fixture
def watch(catalogue: CollectorRegistry) -> Iterator[Watch]:
    """Return a function that makes an exporter of settings, or of a function that loads them; all are closed."""
    with ExitStack() as stack:

        def make(settings: Settings | Callable[[], Settings], **options: Any) -> ProbeService:
            load_settings = settings if callable(settings) else lambda: settings
            exporter = ProbeService(load_settings, catalogue, **options)
            stack.callback(exporter.close)
            return exporter

        yield make
