"""The cost of mapping a new shape and a known one."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import median

from lantime_exporter.cli.serve import ALLOCATIONS_BETWEEN_COLLECTIONS
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry

from tests.load.bench.probes import Figures

ROUNDS = 15


def measure(bodies: Sequence[bytes], catalogue: CollectorRegistry) -> Figures:
    """Return the milliseconds of CPU for new and known shapes."""
    document = parse(bodies[0])
    with _garbage_collection_as_served():
        mappers = [Mapper(catalogue, Module()) for _ in range(ROUNDS)]
        new = [_milliseconds(partial(mapper.map, document)) for mapper in mappers]
        known = [_milliseconds(partial(mapper.map, document)) for mapper in mappers * 10]
    return {"new_ms": median(new), "known_ms": median(known)}


@contextmanager
def _garbage_collection_as_served() -> Iterator[None]:
    """Collect garbage as rarely as the server does."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000
