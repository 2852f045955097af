"""One mapper serves many probes at once."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from threading import Barrier, Event

import pytest
from lantime_exporter.bounds import ConcurrencyLimiter, Deadline
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.tree import Leaf
from lantime_exporter.errors import DeadlineError
from lantime_exporter.mapping import limits
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import at
from lantime_exporter.mapping.limits import SharedLimits
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Mapped
from lantime_exporter.mapping.table import Collector, Table

from tests.mapping.mapping_documents import UPTIME, Counted, document, lines, mapper, slot

THREADS = 8
ROUNDS = 400


def test_probes_at_once_never_mix_their_values() -> None:
    """Each thread has separate devices, some of the same shape as those of others; every value names its device."""
    mapped = mapper(*load().collectors)
    start = Barrier(THREADS)

    def probe(thread: int) -> list[str]:
        start.wait()
        wrong = []
        for turn in range(ROUNDS):
            device = thread * 1000 + turn + 1
            invalid = {f"x{index}": device for index in range(turn % 5)}
            module = {
                "power-capacity": device,
                "mode": f"m{device}",
                "figure": device,
                "alarm": turn % 2 == 0,
                **invalid,
            }
            answer = document(slot("pwr1", module, f"psu{turn % 3}"), system={"uptime": device})
            found = lines(mapped.map(answer))
            expected = {
                f"lantime_uptime_seconds {float(device)}",
                f'lantime_power_supply_capacity_watts{{slot="pwr1"}} {float(device)}',
                f'lantime_module_info{{model="psu{turn % 3}",revision="",serial_number="",slot="pwr1"}} 1.0',
                f'lantime_module_value{{model="psu{turn % 3}",path="figure",slot="pwr1"}} {float(device)}',
                f'lantime_module_state{{model="psu{turn % 3}",path="mode",slot="pwr1",state="m{device}"}} 1.0',
                f'lantime_module_flag{{model="psu{turn % 3}",path="alarm",slot="pwr1"}} {float(turn % 2 == 0)}',
                *(
                    f'lantime_module_value{{model="psu{turn % 3}",path="{x}",slot="pwr1"}} {float(device)}'
                    for x in invalid
                ),
            }
            wrong += sorted(expected ^ {line for line in found if "slot_occupied" not in line})
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        assert [wrong for found in pool.map(probe, range(THREADS)) for wrong in found] == []


def test_concurrent_probes_of_a_new_shape_bind_it_once() -> None:
    place = Counted()
    mapped = mapper(place.collector())
    start = Barrier(THREADS)

    def probe(uptime: int) -> list[str]:
        start.wait()
        return lines(mapped.map(document(system={"uptime": uptime})))

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(probe, range(THREADS))) == [[f"lantime_uptime_seconds {n}.0"] for n in range(THREADS)]
    assert place.times == 1


@dataclass
class Slow:
    """A finder that takes until it is released for a document with the section ``slow``."""

    has_begun: Event = field(default_factory=Event)
    is_released: Event = field(default_factory=Event)

    def find(self, context: BindingContext) -> Iterator[Scope]:
        if context.data.node("slow"):
            self.has_begun.set()
            while not self.is_released.wait(0.001):
                context.limits.check_time()
        yield from at("system")(context)

    def mapper(self, slots: int) -> Mapper:
        """Return a mapper that maps so many documents at the same time, and waits for nothing else."""
        registry = CollectorRegistry((Collector("slow", (Table("system", self.find, UPTIME),)),))
        return Mapper(registry, Module(), shared_limits=SharedLimits(ConcurrencyLimiter(slots, wait=20)))


SLOW = document(system={"uptime": 1}, slow={"a": 1})


@pytest.mark.parametrize("slots", [1, 8])
def test_a_document_that_takes_long_delays_no_other(slots: int) -> None:
    slow = Slow()
    mapped = slow.mapper(slots)
    with ThreadPoolExecutor(2) as pool:
        long = pool.submit(mapped.map, SLOW)
        assert slow.has_begun.wait(10)
        others = [document(system={"uptime": 2, f"new{number}": 1}) for number in range(40)]
        found = pool.submit(lambda: [lines(mapped.map(other))[0] for other in others])
        try:
            assert found.result(10) == ["lantime_uptime_seconds 2.0"] * 40
            assert not long.done()
        finally:
            slow.is_released.set()


def test_waiting_for_the_same_shape_ends_at_the_deadline_and_takes_no_slot() -> None:
    slow = Slow()
    mapped = slow.mapper(1)
    with ThreadPoolExecutor(2) as pool:
        long = pool.submit(mapped.map, SLOW)
        assert slow.has_begun.wait(10)
        try:
            with pytest.raises(DeadlineError, match="same shape"):
                mapped.map(SLOW, deadline=Deadline.after(0.05))
        finally:
            slow.is_released.set()
        assert lines(long.result()) == ["lantime_uptime_seconds 1.0"]


@dataclass
class Busy:
    """A finder that computes for ``seconds`` of CPU time, given in the document, and records which document computes.

    ``order`` are the names of the documents, each time that one has computed for more than 0.05 s.
    """

    order: list[str] = field(default_factory=list)
    is_released: Event = field(default_factory=Event)

    def find(self, context: BindingContext) -> Iterator[Scope]:
        began = time.thread_time()
        block = context.data.node("busy")
        assert block
        [(name, leaf)] = block.items()
        seconds = float(str(leaf.value)) if isinstance(leaf, Leaf) else 0.0
        while (used := time.thread_time() - began) < seconds and not self.is_released.is_set():
            context.limits.check_time()
            if used > 0.05:
                self.order.append(name)
        yield from at("system")(context)

    def map(self, pool: ThreadPoolExecutor, times: dict[str, float]) -> dict[str, Future[Mapped]]:
        """Map a document for each name, which takes so many seconds."""
        registry = CollectorRegistry((Collector("busy", (Table("system", self.find, UPTIME),)),))
        mapped = Mapper(registry, Module(), shared_limits=SharedLimits(ConcurrencyLimiter(4, wait=20)))
        found = {}
        for name, seconds in times.items():
            found[name] = pool.submit(mapped.map, document(system={"uptime": 1}, busy={name: seconds}))
        return found


def test_documents_that_take_long_delay_no_shorter_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CPU_SECONDS", 600)
    busy = Busy()
    with ThreadPoolExecutor(12) as pool:
        found = busy.map(pool, dict.fromkeys("abcd", 600.0) | dict.fromkeys("efghijkl", 0.02))
        try:
            for name in "efghijkl":
                assert lines(found[name].result(20)) == ["lantime_uptime_seconds 1.0"]
            assert not any(found[name].done() for name in "abcd")
        finally:
            busy.is_released.set()


def test_documents_that_take_long_are_mapped_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SHARED_CHECKS", 5)
    busy = Busy()
    with ThreadPoolExecutor(4) as pool:
        busy.map(pool, dict.fromkeys("abcd", 0.2))
    assert sorted(name for name, _ in groupby(busy.order)) == list("abcd")
