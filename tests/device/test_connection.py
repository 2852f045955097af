"""Connections are kept, and dead ones cost nothing."""

import errno
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module, Tls
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.connection import OpenConnections
from lantime_exporter.device.deadline_socket import DeadlineSocket
from lantime_exporter.device.exchange import Fetch

from tests.device.device_fakes import FakeDevice, Peer, answer, answering

OpenClient = Callable[..., DeviceClient]


def ask(client: DeviceClient) -> Fetch:
    return client.fetch("/api/status", Deadline.after(5))


def reuse(fetch: Fetch) -> list[bool | None]:
    return [exchange.reused for exchange in fetch.exchanges]


def test_a_connection_is_kept_and_used_again(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer())) as device:
        client = open_client(device.address)
        assert [reuse(ask(client)) for _ in range(3)] == [[False], [True], [True]]
        assert device.connections == 1


def test_a_tls_connection_is_kept_and_used_again(
    open_client: OpenClient, server_tls: ssl.SSLContext, ca_file: Path
) -> None:
    with FakeDevice(answering(answer()), server_tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        assert [reuse(ask(client)) for _ in range(3)] == [[False], [True], [True]]


def test_a_kept_connection_has_no_phases_of_connecting(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer())) as device:
        client = open_client(device.address)
        ask(client)
        assert list(ask(client).exchanges[0].phases) == ["wait", "transfer"]


def test_a_connection_that_the_device_ends_is_not_kept(
    open_client: OpenClient, open_connections: OpenConnections
) -> None:
    with FakeDevice(answering(answer(headers=["Connection: close"]))) as device:
        client = open_client(device.address)
        assert [reuse(ask(client)) for _ in range(2)] == [[False], [False]]
        assert open_connections.count == 0


def test_an_error_page_does_not_end_the_connection(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer(status=404), answer())) as device:
        client = open_client(device.address)
        assert [reuse(ask(client)) for _ in range(2)] == [[False], [True]]


def test_an_unrequested_interim_response_ends_the_connection(open_client: OpenClient) -> None:
    with FakeDevice(answering(b"HTTP/1.1 103 Early Hints\r\n\r\n", answer())) as device:
        client = open_client(device.address)
        assert [reuse(ask(client)) for _ in range(2)] == [[False], [False]]


def one_answer_each(peer: Peer) -> None:
    """Respond to one request, then close the connection without a response to the next, like a restart."""
    peer.read_request()
    peer.send(answer())
    peer.read_request()


def test_a_request_on_a_dead_connection_is_repeated_once_on_a_new_one(open_client: OpenClient) -> None:
    with FakeDevice(one_answer_each) as device:
        client = open_client(device.address)
        ask(client)
        result = ask(client)
        assert result.error is None
        assert reuse(result) == [True, False]


def test_the_exchange_on_the_dead_connection_is_recorded_with_its_error(open_client: OpenClient) -> None:
    with FakeDevice(one_answer_each) as device:
        client = open_client(device.address)
        ask(client)
        errors = [exchange.error for exchange in ask(client).exchanges]
        assert [error and error.reason for error in errors] == ["connect", None]


def test_a_request_on_a_new_connection_is_not_repeated(open_client: OpenClient) -> None:
    def hang_up(peer: Peer) -> None:
        peer.read_request()

    with FakeDevice(hang_up) as device:
        assert reuse(ask(open_client(device.address))) == [False]
        assert len(device.requests) == 1


def test_a_request_is_not_repeated_once_something_was_received(open_client: OpenClient) -> None:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(answer())
        peer.read_request()
        peer.send(answer(length=1000))

    with FakeDevice(behave) as device:
        client = open_client(device.address)
        ask(client)
        result = ask(client)
        assert result.error is not None
        assert (result.error.reason, reuse(result)) == ("connect", [True])


def test_a_connection_with_unexpected_bytes_is_not_used_again(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer() + b"x" * 300_000)) as device:  # more than one read returns
        client = open_client(device.address)
        assert [reuse(ask(client)) for _ in range(2)] == [[False], [False]]


def test_concurrent_requests_have_their_own_connections(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer())) as device, ThreadPoolExecutor(8) as threads:
        client = open_client(device.address)
        results = list(threads.map(lambda _: ask(client), range(40)))
        assert [result.error for result in results] == [None] * 40


def test_only_a_few_connections_are_kept(open_client: OpenClient, open_connections: OpenConnections) -> None:
    with FakeDevice(answering(answer())) as device, ThreadPoolExecutor(8) as threads:
        client = open_client(device.address)
        list(threads.map(lambda _: ask(client), range(40)))
        assert open_connections.count <= 2


def test_closing_the_client_closes_its_connections(open_client: OpenClient, open_connections: OpenConnections) -> None:
    with FakeDevice(answering(answer())) as device:
        client = open_client(device.address)
        ask(client)
        client.close()
        assert open_connections.count == 0


def test_without_a_file_descriptor_idle_connections_are_closed(
    open_client: OpenClient, open_connections: OpenConnections, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeDevice(answering(answer())) as device:
        kept, client = open_client(device.address), open_client(device.address)
        ask(kept)
        open_connections.close_idle = kept.close_idle
        descriptors = iter([False, True])
        create = DeadlineSocket.__init__

        def create_if_possible(sock: DeadlineSocket, *arguments: int) -> None:
            if not next(descriptors):
                raise OSError(errno.EMFILE, "Too many open files")
            create(sock, *arguments)

        monkeypatch.setattr(DeadlineSocket, "__init__", create_if_possible)
        assert ask(client).error is None
        assert open_connections.count == 1


@pytest.mark.parametrize(("size", "remembered"), [(0, 0), (2, 2), (10, 3)])
def test_the_last_exchanges_are_remembered(open_client: OpenClient, size: int, remembered: int) -> None:
    with FakeDevice(answering(answer())) as device:
        client = open_client(device.address, sessions=size)
        fetched = [ask(client).exchanges[0] for _ in range(3)]
        assert client.sessions == tuple(fetched[3 - remembered :])
