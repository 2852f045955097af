"""Responses of 16 MiB do not stay in memory."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.probe.probe import ProbeRequest
from lantime_exporter.probe.service import ProbeService

from tests.device.device_fakes import FakeDevice, Peer, answer, answering
from tests.probe.probe_settings import watching

LARGE = 16 * 1024 * 1024 - 100
MAX_GROWTH = 64
"""MiB; one response exists for a moment, as bytes and decoded."""

CUT_SHORT = b'{"data": {"system": "' + b"x" * LARGE
BLANKS = b'{"data": {"system": {"uptime": 1}}' + b" " * LARGE + b"}"


def begins(peer: Peer) -> None:
    """Send the first 2 MiB of a larger response, and no more."""
    peer.read_request()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + CUT_SHORT[: 2 * 1024 * 1024])
    peer.wait()


def test_large_responses_of_many_devices_are_not_held_at_the_same_time() -> None:
    small = answering(answer(b'{"data": {"system": {"uptime": 1}}}'))
    behaviours = (begins, answering(answer(BLANKS)), small)
    with ExitStack() as stack:
        addresses = [stack.enter_context(FakeDevice(behave)).address for behave in behaviours]
        service = ProbeService(lambda: watching(*addresses, module=Module(timeout=4.0)), load())
        stack.callback(service.close)
        pool = stack.enter_context(ThreadPoolExecutor(1))
        held = pool.submit(service.probe, ProbeRequest(target="lantime-1"))
        while not service._states.large_responses._lock.locked():
            time.sleep(0.01)
        waiting = service.probe(ProbeRequest(target="lantime-2", scrape_timeout=1.0))
        assert "other large responses" in str(waiting.error)
        assert service.probe(ProbeRequest(target="lantime-3")).reason == "none"
        assert held.result().reason == "timeout"
        assert service.probe(ProbeRequest(target="lantime-2")).reason == "none"


def resident_mebibytes() -> float:
    (kibibytes,) = re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(kibibytes) / 1024


@pytest.mark.parametrize(
    ("body", "devices", "rounds", "module"),
    [
        pytest.param(CUT_SHORT, 1, 12, Module(), id="rejected responses of one device"),
        pytest.param(CUT_SHORT, 10, 1, Module(), id="rejected responses of ten devices"),
        pytest.param(BLANKS, 10, 1, Module(min_interval=60.0), id="responses that min_interval would keep"),
    ],
)
def test_large_responses_are_not_kept(body: bytes, devices: int, rounds: int, module: Module) -> None:
    with ExitStack() as stack:
        fakes = [stack.enter_context(FakeDevice(answering(answer(body)))) for _ in range(devices)]
        service = ProbeService(lambda: watching(*(fake.address for fake in fakes), module=module), load())
        stack.callback(service.close)
        service.probe(ProbeRequest(target="lantime-1"))
        before = resident_mebibytes()
        for number in [*range(1, devices + 1)] * rounds:
            service.probe(ProbeRequest(target=f"lantime-{number}"))
        assert resident_mebibytes() - before < MAX_GROWTH
