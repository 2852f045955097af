"""Fixtures of the collectors' tests: documents in, parsed samples out, and the response of an M600."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_simulator.description import SimulatedDevice, SimulatedSlot
from lantime_simulator.description import SimulatedModule as Card
from lantime_simulator.devices import m600
from lantime_simulator.document import document
from lantime_simulator.lantime import Lantime
from lantime_simulator.scenarios import Episode
from lantime_simulator.scenarios import parse as parse_scenario
from prometheus_client.parser import text_string_to_metric_families

from tests.captures import m600_response

Labels = frozenset[tuple[str, str]]


class Samples(dict[str, dict[Labels, float]]):
    """Samples by metric name, then by the set of their ``(label, value)`` pairs."""

    def one(self, name: str, **labels: str) -> float | None:
        """Return the sample with exactly these labels, None if there is none."""
        return self.get(name, {}).get(frozenset(labels.items()))

    def states(self, name: str, **labels: str) -> set[str]:
        """Return the values of the label ``state`` whose series is 1, among those with these labels."""
        wanted = frozenset(labels.items())
        return {dict(found)["state"] for found, value in self.get(name, {}).items() if wanted <= found and value == 1}


def samples_of(page: bytes) -> Samples:
    """Return the samples of a page in the text format; each series must occur once."""
    found = Samples()
    for family in text_string_to_metric_families(page.decode()):
        for sample in family.samples:
            labels = frozenset(sample.labels.items())
            series = found.setdefault(sample.name, {})
            assert labels not in series, f"{sample.name}{dict(labels)} occurs twice"
            series[labels] = sample.value
    return found


@pytest.fixture(scope="session")
def catalogue() -> CollectorRegistry:
    """Return all collectors."""
    return load()


@pytest.fixture(scope="session")
def collect(catalogue: CollectorRegistry) -> Callable[..., Samples]:
    """Return a function from a document, or the body of a response, to its samples.

    Keywords are settings of the configuration's module; ``slots`` limits the result to some slots.
    """

    @cache
    def mapper(**settings: Any) -> Mapper:
        return Mapper(catalogue, Module(**settings))

    def mapped(response: dict[str, Any] | bytes, slots: tuple[str, ...] = (), **settings: Any) -> Samples:
        document = parse(response) if isinstance(response, bytes) else response
        families = mapper(**settings).map(document, slots).families
        return samples_of(Page(families).render(openmetrics=False))

    return mapped


@pytest.fixture(scope="session")
def cards(collect: Callable[..., Samples]) -> Callable[..., Samples]:
    """Return a function from modules by slot (``io1={...}``) to the samples of a chassis with them."""

    def mapped(**modules: dict[str, Any]) -> Samples:
        slots = [{"slot-id": slot, "slot-type": "io", "module": module} for slot, module in modules.items()]
        return collect({"data": {"chassis0": {"slots": slots}}})

    return mapped


@pytest.fixture(scope="session")
def played(collect: Callable[..., Samples]) -> Callable[..., Samples]:
    """Return a function from a simulated family, its model, spelling and scenarios to the samples of ``io1``."""

    @cache
    def mapped(family: str, model: str, spelling: str, *scenarios: str, raw: bool = False) -> Samples:
        device = m600()
        card = SimulatedSlot(name="io1", kind="io", module=Card(family=family, model=model, spelling=spelling))
        lantime = Lantime(replace(device, slots=(*device.slots, card)), clock=lambda: 1000.0, wall=lambda: 1.8e9)
        lantime.activate(*scenarios)
        return collect(lantime.document(raw=raw), ("io1",))

    return mapped


@pytest.fixture(scope="session")
def shown(collect: Callable[..., Samples]) -> Callable[..., Samples]:
    """Return a function from a simulated device and scenarios, which began some seconds ago, to its samples."""

    @cache
    def mapped(device: SimulatedDevice, *scenarios: str, raw: bool = False, after: float = 0.0) -> Samples:
        episodes = tuple(
            Episode(scenario, 0.0) for text in scenarios if (scenario := parse_scenario(text, device)) is not None
        )
        return collect(document(device, episodes, after, 1.8e9, raw=raw))

    return mapped


@pytest.fixture(scope="session")
def response() -> bytes:
    """Return the response of an M600 to ``GET /api/status``, of a real one if possible."""
    return m600_response()
