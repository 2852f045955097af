"""Devices that hang, and the others."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from exporter.config.settings import Module
from tests.device.device_fakes import FakeDevice, Peer
from tests.probe.conftest import Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import watching

HANGING = 20


def silent(peer: Peer) -> None:
    while peer.read_request():
        peer.wait()


def test_devices_that_hang_slow_no_other(watch: Watch, simulate: Simulate) -> None:
    with ExitStack() as stack:
        hanging = [stack.enter_context(FakeDevice(silent)) for _ in range(HANGING)]
        addresses = [simulate().url, *(device.address for device in hanging)]
        exporter = watch(watching(*addresses, module=Module(timeout=1.5)))
        pool = stack.enter_context(ThreadPoolExecutor(HANGING))
        probe(exporter)
        running = [pool.submit(probe, exporter, f"lantime-{number}") for number in range(2, HANGING + 2)]
        seconds = []
        while not all(device.requests for device in hanging):
            began = time.monotonic()
            assert probe(exporter).reason == "none"
            seconds.append(time.monotonic() - began)
        for _ in range(20):
            began = time.monotonic()
            assert probe(exporter).reason == "none"
            seconds.append(time.monotonic() - began)
        assert not any(hung.done() for hung in running)
        assert statistics.median(seconds) < 0.05
        assert {hung.result().reason for hung in running} == {"timeout"}


def test_devices_do_not_share_failures(watch: Watch, simulate: Simulate) -> None:
    scenes = ["status-500", "", "html", "wrong-password", "", "unreachable", "empty"]
    servers = [simulate(*filter(None, [scene])) for scene in scenes]
    exporter = watch(watching(*(server.url for server in servers)))
    for _ in range(2):
        failed = [probe(exporter, f"lantime-{number}").reason != "none" for number in range(1, len(scenes) + 1)]
        assert failed == [scene != "" for scene in scenes]
