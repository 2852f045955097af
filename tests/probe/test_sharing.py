"""Concurrent probes of a device share a fetch, and min_interval reuses a response."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module, Target, Tls
from lantime_exporter.device.client import Clocks
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.errors import DeadlineError
from lantime_exporter.probe.device_states import (
    MAX_CACHED_BYTES,
    MAX_CACHED_RESPONSE_BYTES,
    ResponseCache,
    SingleFlight,
)

from tests.device.device_fakes import FakeDevice, Peer, answer
from tests.probe.conftest import Clock, Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import watching
from tests.probe.test_failures import BODY

RESOURCE = "/api/status"
GOOD = Fetch(body=b"{}")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


class Sender:
    """A fetch that the test controls."""

    def __init__(self, *outcomes: Fetch | Exception) -> None:
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.requested = 0
        self._outcomes = iter(outcomes)

    def __call__(self, _resource: str, _deadline: Deadline) -> Fetch:
        self.requested += 1
        self.begun.release()
        assert self.may_end.wait(10)
        outcome = next(self._outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def lead(self, pool: ThreadPoolExecutor, flight: SingleFlight) -> Future[Fetch]:
        """Start a fetch that others can join."""
        future = pool.submit(flight.fetch, RESOURCE, Deadline.after(10), self)
        assert self.begun.acquire(timeout=10)
        return future


def test_two_probes_of_a_slow_device_make_one_request(
    watch: Watch, simulate: Simulate, pool: ThreadPoolExecutor
) -> None:
    server = simulate("slow@0.4")
    exporter = watch(watching(server.url))
    first, second = pool.map(lambda _: probe(exporter), range(2))
    assert server.traffic.count() == 1
    assert first.one("lantime_up") == second.one("lantime_up") == 1
    assert first.keys() == second.keys()


def test_modules_that_connect_alike_share_a_request(watch: Watch, simulate: Simulate, pool: ThreadPoolExecutor) -> None:
    server = simulate("slow@0.4")
    modules = {"default": Module(), "clocks": Module(timeout=5.0, collectors=("clock",))}
    exporter = watch(watching(server.url, modules=modules))
    whole, clocks = pool.map(lambda module: probe(exporter, module=module), modules)
    assert server.traffic.count() == 1
    assert "lantime_clock_synchronized" in clocks.names < whole.names


def test_modules_that_connect_differently_do_not_share(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    modules = {"default": Module(), "other": Module(tls=Tls(insecure_skip_verify=True))}
    exporter = watch(watching(server.url, modules=modules))
    for module in modules:
        probe(exporter, module=module)
    assert server.traffic.connections == 2


def test_devices_do_not_share(watch: Watch, simulate: Simulate, pool: ThreadPoolExecutor) -> None:
    servers = [simulate("slow@0.2"), simulate("slow@0.2")]
    exporter = watch(watching(*(server.url for server in servers)))
    list(pool.map(lambda number: probe(exporter, f"lantime-{number}"), (1, 2)))
    assert [server.traffic.count() for server in servers] == [1, 1]


class Gated:
    """A device that responds when the test allows it."""

    def __init__(self) -> None:
        self.requested = threading.Event()
        self.may_answer = threading.Event()

    def __call__(self, peer: Peer) -> None:
        while peer.read_request():
            self.requested.set()
            assert self.may_answer.wait(10)
            peer.send(answer(BODY))


def test_a_probe_that_joins_waits_for_its_own_deadline_only(watch: Watch, pool: ThreadPoolExecutor) -> None:
    behave = Gated()
    with FakeDevice(behave) as device:
        exporter = watch(watching(device.address))
        leading = pool.submit(probe, exporter)
        assert behave.requested.wait(10)
        assert probe(exporter, scrape_timeout=0.4).reason == "timeout"
        behave.may_answer.set()
        assert leading.result().reason == "none"
        assert len(device.requests) == 1


def test_a_probe_with_more_time_sends_a_request_after_the_shared_one_timed_out(
    watch: Watch, pool: ThreadPoolExecutor
) -> None:
    requested = threading.Event()

    def silent_at_first(peer: Peer) -> None:
        while peer.read_request():
            if not requested.is_set():
                requested.set()
                peer.wait()
                return
            peer.send(answer(BODY))

    modules = {"default": Module(timeout=5.0), "hasty": Module(timeout=0.3)}
    with FakeDevice(silent_at_first) as device:
        exporter = watch(watching(device.address, modules=modules))
        hasty = pool.submit(probe, exporter, module="hasty")
        assert requested.wait(10)
        assert probe(exporter).reason == "none"
        assert hasty.result().reason == "timeout"


def test_a_probe_with_little_time_left_sends_no_second_request(pool: ThreadPoolExecutor) -> None:
    flight, sender = SingleFlight(), Sender(Fetch(error=DeadlineError("late")), GOOD)
    leading = sender.lead(pool, flight)
    joining = pool.submit(flight.fetch, RESOURCE, Deadline.after(0.9), sender)
    sender.may_end.set()
    assert isinstance(leading.result().error, DeadlineError)
    assert isinstance(joining.result().error, DeadlineError)
    assert sender.requested == 1


def test_a_fault_of_the_exporter_hits_only_the_probe_that_has_it(pool: ThreadPoolExecutor) -> None:
    flight, sender = SingleFlight(), Sender(ZeroDivisionError(), GOOD)
    leading = sender.lead(pool, flight)
    joining = pool.submit(flight.fetch, RESOURCE, Deadline.after(10), sender)
    sender.may_end.set()
    with pytest.raises(ZeroDivisionError):
        leading.result()
    assert joining.result() == GOOD


def test_different_resources_do_not_wait_for_each_other(pool: ThreadPoolExecutor) -> None:
    flight, sender = SingleFlight(), Sender(GOOD)
    leading = sender.lead(pool, flight)
    shared = flight.fetch("/api/status/chassis0/slots/clk1", Deadline.after(10), lambda *_: GOOD)
    assert shared == GOOD
    assert not leading.done()
    sender.may_end.set()


@pytest.fixture
def module() -> Module:
    return Module(min_interval=30.0)


def test_a_response_younger_than_min_interval_is_reused_with_its_age(
    watch: Watch, simulate: Simulate, clock: Clock, clocks: Clocks, module: Module
) -> None:
    server = simulate()
    exporter = watch(watching(server.url, module=module), clocks=clocks)
    assert probe(exporter).one("lantime_document_age_seconds") is None
    clock.now += 29
    again = probe(exporter)
    assert server.traffic.count() == 1
    assert again.one("lantime_document_age_seconds") == 29
    assert again.one("lantime_up") == 1


def test_after_min_interval_the_device_gets_a_new_request(
    watch: Watch, simulate: Simulate, clock: Clock, clocks: Clocks, module: Module
) -> None:
    server = simulate()
    exporter = watch(watching(server.url, module=module), clocks=clocks)
    probe(exporter)
    clock.now += 30
    assert probe(exporter).one("lantime_document_age_seconds") is None
    assert server.traffic.count() == 2


def test_a_failure_is_not_reused(
    watch: Watch, simulate: Simulate, clock: Clock, clocks: Clocks, module: Module
) -> None:
    server = simulate("status-500")
    exporter = watch(watching(server.url, module=module), clocks=clocks)
    probe(exporter)
    server.lantime.activate()
    assert probe(exporter).reason == "none"


def test_a_failure_ends_the_reuse_of_a_response(
    watch: Watch, simulate: Simulate, clock: Clock, clocks: Clocks, module: Module
) -> None:
    server = simulate()
    exporter = watch(watching(server.url, module=module), clocks=clocks)
    probe(exporter)
    clock.now += 30
    server.lantime.activate("status-500")
    probe(exporter)
    assert probe(exporter).reason == "status"


def test_without_min_interval_every_probe_sends_a_request(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(server.url))
    probe(exporter)
    probe(exporter)
    assert server.traffic.count() == 2


def test_devices_of_one_configuration_have_their_own_interval(
    watch: Watch, simulate: Simulate, clocks: Clocks, module: Module
) -> None:
    server = simulate()
    targets = (Target(name="slow", address=server.url, module="slow"),)
    exporter = watch(watching(targets=targets, modules={"default": Module(), "slow": module}), clocks=clocks)
    for _ in range(3):
        probe(exporter, "slow")
    assert server.traffic.count() == 1


def test_a_large_response_is_not_kept(clock: Clock) -> None:
    flight = SingleFlight(clock)
    large = Fetch(body=b" " * (MAX_CACHED_RESPONSE_BYTES + 1))
    assert [flight.fetch(RESOURCE, Deadline.after(10), lambda *_: large, 60.0).age for _ in range(2)] == [None, None]


def test_the_reused_responses_of_all_devices_are_bounded(clock: Clock) -> None:
    cache = ResponseCache()
    shared = [SingleFlight(clock, cache) for _ in range(2 * MAX_CACHED_BYTES // MAX_CACHED_RESPONSE_BYTES)]
    for flight in shared:
        flight.fetch(RESOURCE, Deadline.after(10), lambda *_: Fetch(body=bytes(MAX_CACHED_RESPONSE_BYTES)), 60.0)
    assert cache.bytes <= MAX_CACHED_BYTES
    newest = shared[-1].fetch(RESOURCE, Deadline.after(10), lambda *_: GOOD, 60.0)
    oldest = shared[0].fetch(RESOURCE, Deadline.after(10), lambda *_: GOOD, 60.0)
    assert (newest.age, oldest.age) == (0, None)
