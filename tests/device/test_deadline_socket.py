"""The deadline is kept within 0.2 s, however slow a device is."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module, Tls
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.exchange import Fetch

from tests.device.device_fakes import Behaviour, FakeDevice, Peer, answer, answering

SECONDS = 0.35
TOLERANCE = 0.2
ANY = Module(tls=Tls(insecure_skip_verify=True))  # loads no authorities during the measurement


def never_answer(peer: Peer) -> None:
    peer.read_request()
    peer.wait()


def drip_headers(peer: Peer) -> None:
    peer.read_request()
    peer.drip(answer(), 0.3)


def drip_body(peer: Peer) -> None:
    peer.read_request()
    peer.send(answer(b"{", length=1000))
    peer.drip(b" " * 1000, 0.1)


def drip_chunk_sizes(peer: Peer) -> None:
    peer.read_request()
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    peer.drip(b"1;" + b"x" * 1000, 0.1)


def send_endless_trailers(peer: Peer) -> None:
    peer.read_request()
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n")
    while not peer.device.is_over.wait(0.05):
        peer.send(b"A: b\r\n")


def send_endless_interim_answers(peer: Peer) -> None:
    peer.read_request()
    while not peer.device.is_over.wait(0.05):
        peer.send(b"HTTP/1.1 100 Continue\r\n\r\n")


def drip_handshake(peer: Peer) -> None:
    peer.drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 1000, 0.1)


def assert_ends_in_time(ask: Callable[[], Fetch], stage: str) -> None:
    start = time.monotonic()
    result = ask()
    took = time.monotonic() - start
    assert SECONDS - 0.05 <= took <= SECONDS + TOLERANCE
    assert result.error is not None
    assert result.error.reason == "timeout"
    assert str(result.error).endswith(stage)


ANSWERS = [
    (never_answer, "waiting for the response"),
    (drip_headers, "reading the response"),
    (drip_body, "reading the response"),
    (drip_chunk_sizes, "reading the response"),
    (send_endless_trailers, "reading the response"),
    (send_endless_interim_answers, "reading the response"),
]


@pytest.mark.parametrize(("behave", "stage"), ANSWERS)
def test_http_ends_at_the_deadline(fetch: Callable[..., Fetch], behave: Behaviour, stage: str) -> None:
    with FakeDevice(behave) as device:
        assert_ends_in_time(lambda: fetch(device.address, seconds=SECONDS), stage)


@pytest.mark.parametrize(("behave", "stage"), ANSWERS)
def test_https_ends_at_the_deadline(
    fetch: Callable[..., Fetch], behave: Behaviour, stage: str, server_tls: ssl.SSLContext, ca_file: Path
) -> None:
    module = Module(tls=Tls(ca_file=ca_file))
    with FakeDevice(behave, server_tls) as device:
        assert_ends_in_time(lambda: fetch(device.address, seconds=SECONDS, module=module), stage)


@pytest.mark.parametrize("behave", [Peer.wait, drip_handshake])
def test_a_slow_handshake_ends_at_the_deadline(fetch: Callable[..., Fetch], behave: Behaviour) -> None:
    with FakeDevice(behave) as device:
        address = device.address.replace("http:", "https:")
        assert_ends_in_time(lambda: fetch(address, seconds=SECONDS, module=ANY), "negotiating TLS")


@pytest.fixture
def full_port() -> Iterator[int]:
    """Yield a port that accepts no connections: its backlog is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.settimeout(0)
            sock.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for sock in waiting:
            sock.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_connection_that_is_not_accepted_ends_at_the_deadline(
    fetch: Callable[..., Fetch], full_port: int, scheme: str
) -> None:
    assert_ends_in_time(lambda: fetch(f"{scheme}://127.0.0.1:{full_port}", seconds=SECONDS, module=ANY), "connecting")


def test_a_kept_connection_keeps_the_deadline_of_each_request(open_client: Callable[..., DeviceClient]) -> None:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(answer())
        never_answer(peer)

    with FakeDevice(behave) as device:
        client = open_client(device.address)
        assert client.fetch("/api/status", Deadline.after(5)).error is None
        assert_ends_in_time(lambda: client.fetch("/api/status", Deadline.after(SECONDS)), "waiting for the response")


def test_a_deadline_in_the_past_sends_nothing(fetch: Callable[..., Fetch]) -> None:
    with FakeDevice(answering(answer())) as device:
        result = fetch(device.address, seconds=-1)
        assert result.error is not None
        assert result.error.reason == "timeout"
        assert device.requests == []


def test_a_response_just_before_the_deadline_is_accepted(fetch: Callable[..., Fetch]) -> None:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.drip(answer(b"{}"), 0.005)

    with FakeDevice(behave) as device:
        assert fetch(device.address).body == b"{}"
