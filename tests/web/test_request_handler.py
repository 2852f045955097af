"""Connections over real sockets, with correct, incorrect and silent clients."""

import http.client
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.web.message import Response, plain
from lantime_exporter.web.request_handler import ConnectionContext, Limits
from lantime_exporter.web.server import Server

if TYPE_CHECKING:
    from tests.web.conftest import Serve

MAX_WAIT = 10.0

Connect = Callable[[Server], socket.socket]


def read_all(sock: socket.socket) -> bytes:
    """Read until the server closes the connection."""
    chunks = []
    while chunk := sock.recv(65536):
        chunks.append(chunk)
    return b"".join(chunks)


def client_of(server: Server) -> http.client.HTTPConnection:
    host, _, port = server.addresses[0].rpartition(":")
    return http.client.HTTPConnection(host.strip("[]"), int(port), timeout=MAX_WAIT)


@pytest.fixture
def client() -> Iterator[Callable[[Server], http.client.HTTPConnection]]:
    with ExitStack() as stack:

        def opened(server: Server) -> http.client.HTTPConnection:
            connection = client_of(server)
            stack.callback(connection.close)
            return connection

        yield opened


Client = Callable[[Server], http.client.HTTPConnection]


def test_several_requests_share_a_connection(serve: "Serve", client: Client) -> None:
    connection = client(serve())
    connection.connect()
    sock = connection.sock
    for number in range(3):
        connection.request("GET", f"/{number}")
        assert connection.getresponse().read() == f"GET /{number}\n".encode()
    assert connection.sock is sock


def test_head_is_answered_without_a_body(serve: "Serve", client: Client) -> None:
    connection = client(serve())
    connection.request("HEAD", "/a")
    response = connection.getresponse()
    assert (response.getheader("Content-Length"), response.read()) == ("8", b"")
    connection.request("GET", "/b")
    assert connection.getresponse().read() == b"GET /b\n"


def test_body_of_a_post_is_read_so_that_the_next_request_is_found(serve: "Serve", client: Client) -> None:
    connection = client(serve())
    connection.request("POST", "/a", body=b"GET /evil HTTP/1.1\r\nHost: a\r\n\r\n" * 100)
    assert connection.getresponse().read() == b"POST /a\n"
    connection.request("GET", "/b")
    assert connection.getresponse().read() == b"GET /b\n"


def test_client_that_waits_for_continue_gets_it(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve())
    sock.sendall(
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    )
    assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    sock.sendall(b"ok")
    assert b"POST /\n" in read_all(sock)


def test_unknown_method_is_refused(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve())
    sock.sendall(b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert read_all(sock).startswith(b"HTTP/1.1 501 ")


def test_pipelined_requests_are_answered_in_order(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve())
    sock.sendall(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    data = read_all(sock)
    assert data.index(b"GET /1\n") < data.index(b"GET /2\n")


def test_garbage_after_a_request_is_refused_after_its_answer(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve())
    sock.sendall(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n\x00\x01garbage\r\n\r\n")
    data = read_all(sock)
    assert data.index(b"GET /1\n") < data.index(b"HTTP/1.1 400 ")


def test_http_1_0_client_gets_its_answer_and_the_end(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve())
    sock.sendall(b"GET /a HTTP/1.0\r\n\r\n")
    assert b"\r\nConnection: close\r\n" in read_all(sock)


def test_too_much_is_refused_with_a_readable_answer(
    serve: "Serve", connect: Connect, subtests: pytest.Subtests
) -> None:
    cases: list[tuple[bytes, int]] = [
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"A: " + b"b" * 100_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"A: b\r\n" * 20_000 + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + b"a" * 1_000_000, 413),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 411),
    ]
    for data, status in cases:
        with subtests.test(data=data):
            counted: list[int] = []
            sock = connect(serve(count=counted.append))
            sock.sendall(data)
            assert read_all(sock).startswith(f"HTTP/1.1 {status} ".encode())
            assert counted == [status]


def test_headers_that_trickle_are_cut_off(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve(limits=Limits(request=0.3, lingering=0.1)))
    start = time.monotonic()
    sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nA: ")
    stop = threading.Event()

    def trickle() -> None:
        while not stop.wait(0.05):
            try:
                sock.sendall(b"b")
            except OSError:
                return

    thread = threading.Thread(target=trickle)
    thread.start()
    answer = sock.recv(1000)
    stop.set()
    thread.join()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert 0.2 < time.monotonic() - start < 1.5


def test_body_that_does_not_come_is_not_waited_for(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve(limits=Limits(request=0.2, lingering=0.1)))
    sock.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
    assert read_all(sock).startswith(b"HTTP/1.1 408 ")


def test_idle_connection_ends_without_a_word(serve: "Serve", connect: Connect) -> None:
    sock = connect(serve(limits=Limits(idle=0.1)))
    assert read_all(sock) == b""


def test_client_that_hangs_up_leaves_no_noise(
    serve: "Serve", connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve()
    sock = connect(server)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # close with a reset
    sock.sendall(b"GET /a HT")
    sock.close()
    server.stop()
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []


def test_large_response_over_a_kept_connection_is_not_delayed(serve: "Serve", client: Client) -> None:
    connection = client(serve(lambda _: Response(body=b"x" * 50_000)))
    spans = []
    for _ in range(5):
        start = time.perf_counter()
        connection.request("GET", "/")
        assert len(connection.getresponse().read()) == 50_000
        spans.append(time.perf_counter() - start)
    assert min(spans) < 0.03  # Nagle's algorithm with delayed acknowledgements takes 0.04


def test_client_that_reads_slowly_is_cut_off(serve: "Serve", connect: Connect) -> None:
    ended = threading.Event()
    server = serve(lambda _: Response(body=b"x" * 20_000_000), count=lambda _: ended.set(), limits=Limits(write=0.3))
    sock = connect(server)
    sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    for _ in range(50):
        assert sock.recv(1000)
        time.sleep(0.01)
    with suppress(ConnectionError):
        assert len(read_all(sock)) < 19_000_000
    assert not ended.is_set()


@pytest.fixture(scope="module")
def enduring() -> Iterator[Server]:
    """Return one server for all inputs."""
    limits = Limits(idle=0.5, request=0.5, lingering=0.1)
    context = ConnectionContext(handler=lambda _: plain("ok"), count=lambda _: None, limits=limits)
    server = Server(("127.0.0.1:0",), context)
    server.start()
    yield server
    server.stop()


@given(
    data=st.binary(max_size=300) | st.binary(max_size=100).map(lambda tail: b"GET /a HTTP/1.1\r\nHost: a\r\n" + tail)
)
@settings(deadline=None)
def test_any_bytes_are_answered_or_dropped_in_bounded_time(enduring: Server, data: bytes) -> None:
    host, _, port = enduring.addresses[0].rpartition(":")
    start = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=MAX_WAIT) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        answer = read_all(sock)
    assert not answer or answer.startswith(b"HTTP/1.1 ")
    assert time.monotonic() - start < 2
