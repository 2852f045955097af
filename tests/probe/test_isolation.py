"""Devices that hang do not affect others."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from lantime_exporter.probe.service import ProbeService

from tests.device.device_fakes import FakeDevice, Peer
from tests.probe.conftest import Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import watching

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


def test_devices_do_not_share_failures(watch: Watch, simulate: Simulate) -> None:
    scenarios = ["status-500", "", "html", "wrong-password", "", "unreachable", "empty"]
    servers = [simulate(*filter(None, [scenario])) for scenario in scenarios]
    exporter = watch(watching(*(server.url for server in servers)))
    for _ in range(2):
        failed = [probe(exporter, f"lantime-{number}").reason != "none" for number in range(1, len(scenarios) + 1)]
        assert failed == [scenario != "" for scenario in scenarios]
