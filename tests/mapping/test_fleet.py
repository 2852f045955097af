"""Devices of a kind share one plan: what differs between them, and what moves, is read and not decided upon."""

from typing import Any

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.mapping.mapper import Mapper
from lantime_simulator import CATALOGUE, document

COLLECTORS = load()


class Counting(Mapper):
    """Counts how often a document had to be traced."""

    traces = 0

    def bind(self, *args: Any, **settings: Any) -> Any:
        self.traces += 1
        return super().bind(*args, **settings)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_healthy_devices_of_a_kind_need_one_trace(kind: str) -> None:
    mapper = Counting(COLLECTORS, Module())
    for number in (1, 2, 3):
        for elapsed in (100.0, 5000.0):
            mapper.map(document(CATALOGUE[kind](number), (), elapsed, 1.8e9 + elapsed))
    assert mapper.traces == 1
