"""The cost of mapping a response of a new shape, and of one that differs from the last in values only."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import median

from lantime_exporter.bounds import NEVER
from lantime_exporter.cli.serve import ALLOCATIONS_BETWEEN_COLLECTIONS
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import parse
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.plan_cache import LastPlans
from lantime_exporter.mapping.registry import CollectorRegistry

from tests.load.bench.probes import Figures

ROUNDS = 15


def measure(bodies: Sequence[bytes], catalogue: CollectorRegistry) -> Figures:
    """Return the milliseconds of CPU for new and known shapes, without those for parsing."""
    first, document = bodies[0], parse(bodies[0])
    with _garbage_collection_as_served():
        mappers = [(Mapper(catalogue, Module()), LastPlans()) for _ in range(ROUNDS)]
        new = [
            _milliseconds(partial(mapper.map_response, first, lambda: document, (), NEVER, plans))
            for mapper, plans in mappers
        ]
        mapper, plans = mappers[0]
        known = [
            _milliseconds(partial(mapper.map_response, body, partial(parse, body), (), NEVER, plans))
            for body in (*bodies, *bodies)
        ]
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
