"""Shared by the tests of probes: simulated devices, an exporter for them, a clock that tests set."""

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
    """A clock that tests advance."""

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
    """Return a function that starts a simulated M600 with scenarios; all stop after the test."""
    with ExitStack() as stack:

        def start(*scenarios: str, **options: Any) -> SimulatedServer:
            lantime = Lantime(m600())
            lantime.activate(*scenarios)
            return stack.enter_context(SimulatedServer(lantime, credentials=(USER, PASSWORD), **options))

        yield start


@pytest.fixture
def watch(catalogue: CollectorRegistry) -> Iterator[Watch]:
    """Return a function that creates an exporter from settings, or from a function that loads them; all are closed."""
    with ExitStack() as stack:

        def make(settings: Settings | Callable[[], Settings], **options: Any) -> ProbeService:
            load_settings = settings if callable(settings) else lambda: settings
            exporter = ProbeService(load_settings, catalogue, **options)
            stack.callback(exporter.close)
            return exporter

        yield make
