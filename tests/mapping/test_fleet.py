"""Devices of a kind share one plan: no decision depends on values that differ or change."""

from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.table import Row
from lantime_simulator import CATALOGUE, document

from tests.mapping.mapping_documents import Counted

ROW = Row(gauge("lantime_row", "A row that no collector has."), number("uptime"))


def times_bound(kind: str) -> int:
    """Return how often the documents of some healthy devices of a kind had to be bound."""
    counted = Counted()
    mapper = Mapper(CollectorRegistry((*load().collectors, counted.collector(ROW))), Module())
    for device in (1, 2, 3):
        for elapsed in (100.0, 5000.0):
            mapper.map(document(CATALOGUE[kind](device), (), elapsed, 1.8e9 + elapsed))
    return counted.times


def test_healthy_devices_of_a_kind_are_bound_once() -> None:
    assert {kind: times for kind in CATALOGUE if (times := times_bound(kind)) != 1} == {}
