"""What it costs to meet a shape for the first time, beside one that is known."""

import time
from collections.abc import Callable, Sequence
from statistics import median

from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry

from tests.load.bench.probes import Figures

ROUNDS = 5


def measure(bodies: Sequence[bytes], catalogue: CollectorRegistry) -> Figures:
    """Return milliseconds of CPU of the mapping: new and known, and how many of the bodies were new to it."""
    document = parse(bodies[0])
    new = [_milliseconds(lambda: Mapper(catalogue, Module()).map(document)) for _ in range(ROUNDS)]
    mapper = Mapper(catalogue, Module())
    mapper.map(document)
    known = [_milliseconds(lambda: mapper.map(document)) for _ in range(ROUNDS * 10)]
    return {"new_ms": median(new), "known_ms": median(known)}


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000
