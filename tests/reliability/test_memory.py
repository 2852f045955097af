"""Responses of 16 MiB do not stay in memory, nor pages that nobody reads."""

import http.client
import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from lantime_exporter.bounds import LARGE_PAGE_BYTES
from lantime_exporter.cli.serve import serving
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.probe.probe import ProbeRequest, ProbeResult
from lantime_exporter.probe.service import ProbeService

from tests.device.device_fakes import FakeDevice, Peer, answer, answering
from tests.probe.probe_settings import watching

LARGE = 16 * 1024 * 1024 - 100
MAX_GROWTH = 64
"""MiB; one response exists for a moment, as bytes and decoded."""

MAX_PAGE_GROWTH = 96
"""MiB; a page of 8 MB, and the plan, which holds its text four times."""

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

        def probe(number: int, scrape_timeout: float | None = None) -> ProbeResult:
            try:
                return service.probe(ProbeRequest(target=f"lantime-{number}", scrape_timeout=scrape_timeout))
            finally:
                service.large_responses.release()

        pool = stack.enter_context(ThreadPoolExecutor(1))
        held = pool.submit(probe, 1)
        while not service.large_responses._lock.locked():
            time.sleep(0.01)
        assert "other large responses" in str(probe(2, scrape_timeout=1.0).error)
        assert probe(3).reason == "none"
        assert held.result().reason == "timeout"
        assert probe(2).reason == "none"


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


CLIENTS = 16


def amplified(slots: int = 20, numbers: int = 400) -> bytes:
    """Return a status of 100 kB whose page has 8 MB."""
    module = {"k" * 900: {f"v{number}": number for number in range(numbers)}}
    chassis = {"slots": [{"slot-id": f"io{slot}", "module": module} for slot in range(slots)]}
    return json.dumps({"data": {"chassis0": chassis, "system": {"uptime": 1}}}).encode()


def test_pages_that_clients_do_not_read_are_few_and_delay_no_other_probe() -> None:
    hostile, small = answering(answer(amplified())), answering(answer(b'{"data": {"system": {"uptime": 1}}}'))
    with ExitStack() as stack:
        addresses = [stack.enter_context(FakeDevice(behave)).address for behave in (hostile, small)]
        settings = watching(*addresses, module=Module(timeout=4.0))
        service = stack.enter_context(serving(lambda: settings, ("127.0.0.1:0",)))
        host, _, port = service.server.addresses[0].rpartition(":")
        clients = [stack.enter_context(socket.create_connection((host, int(port)))) for _ in range(CLIENTS)]
        before = resident_mebibytes()
        for client in clients:
            client.sendall(b"GET /probe?target=lantime-1 HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(2.0)
        other = http.client.HTTPConnection(host, int(port), timeout=1.0)
        stack.callback(other.close)
        other.request("GET", "/probe?target=lantime-2")
        assert b"lantime_up 1" in other.getresponse().read()
        heads = [client.recv(1000) for client in clients]
        assert resident_mebibytes() - before < MAX_PAGE_GROWTH
        lengths = [int(found[1]) for head in heads if (found := re.search(rb"Content-Length: (\d+)", head))]
        assert len(lengths) == CLIENTS
        assert sum(length > LARGE_PAGE_BYTES for length in lengths) == 1
