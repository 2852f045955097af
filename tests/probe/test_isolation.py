"""Devices that hang or fail do not affect others."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from lantime_exporter.probe.service import ProbeService
from lantime_simulator import Lantime, SimulatedNetwork, m600

from tests.device.device_fakes import FakeDevice, Peer
from tests.probe.conftest import Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import PASSWORD, USER, watching

HANGING = 20


def silent(peer: Peer) -> None:
    peer.read_request()
    peer.wait()


def test_devices_that_hang_slow_no_other(watch: Watch, simulate: Simulate) -> None:
    with ExitStack() as stack:
        hanging = [stack.enter_context(FakeDevice(silent)) for _ in range(HANGING)]
        exporter = watch(watching(simulate().url, *(device.address for device in hanging)))
        alone = statistics.median(seconds_of(exporter) for _ in range(20))
        pool = stack.enter_context(ThreadPoolExecutor(HANGING))
        running = [pool.submit(probe, exporter, f"lantime-{number}") for number in range(2, HANGING + 2)]
        seconds = [seconds_of(exporter) for _ in range(20)]
        assert not any(hung.done() for hung in running)
        assert statistics.median(seconds) < max(0.05, 4 * alone)  # the second on a busy machine
        for device in hanging:
            device.is_over.set()
        assert {hung.result().reason for hung in running} == {"connect"}


def seconds_of(exporter: ProbeService) -> float:
    began = time.monotonic()
    assert probe(exporter).reason == "none"
    return time.monotonic() - began


DEVICES = 100

SCENARIOS = {
    0: ("status-500", "status"),
    2: ("unreachable", "connect"),
    3: ("wrong-password", "auth"),
    5: ("empty", "content"),
    6: ("html", "content"),
    8: ("truncated", "connect"),
}
"""Failing devices among ten, their scenarios, and the reasons of the first probes."""


def test_each_probe_of_a_fleet_depends_only_on_its_own_device(watch: Watch) -> None:
    lantimes = [Lantime(m600(number + 1)) for number in range(DEVICES)]
    with SimulatedNetwork(lantimes, credentials=(USER, PASSWORD)) as simulated, ThreadPoolExecutor(16) as pool:
        exporter = watch(watching(*(server.url for server in simulated.servers)))
        for number, lantime in enumerate(lantimes):
            if number % 10 in SCENARIOS:
                lantime.activate(SCENARIOS[number % 10][0])

        def found(number: int) -> tuple[str, set[str]]:
            samples = probe(exporter, f"lantime-{number + 1}")
            return samples.reason, samples.labels("lantime_device_info", "serial_number")

        def expected(number: int) -> tuple[str, set[str]]:
            if number % 10 in SCENARIOS:
                return SCENARIOS[number % 10][1], set()
            return "none", {lantimes[number].device.serial_number}

        assert list(pool.map(found, range(DEVICES))) == [expected(number) for number in range(DEVICES)]
        again = list(pool.map(found, range(DEVICES)))
        assert [reason == "none" for reason, _ in again] == [number % 10 not in SCENARIOS for number in range(DEVICES)]
