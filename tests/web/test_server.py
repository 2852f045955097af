"""The server over real sockets: limits, stop, addresses."""

import _thread
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from lantime_exporter.errors import ConfigError
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Request, Response, plain
from lantime_exporter.web.request_handler import Connections, Limits
from lantime_exporter.web.routes import endpoints
from lantime_exporter.web.server import Server, resolve

if TYPE_CHECKING:
    from tests.web.conftest import FakeApplication, Serve

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


def test_connections_beyond_the_limit_are_closed(
    serve: "Serve", connect: Connect, application: "FakeApplication"
) -> None:
    handler = endpoints(application, ExporterMetrics(now=0), str)
    server = serve(handler, connections=Connections(1), limits=Limits(lingering=0.1))
    first = connect(server)
    first.sendall(b"GET /probe?target=hang HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert application.hanging.acquire(timeout=MAX_WAIT)
    assert read_all(connect(server)) == b""
    application.unhang.set()
    assert read_all(first).endswith(b"lantime_up 1\n")


def get(sock: socket.socket, path: str) -> bytes:
    """Send a request over a kept connection."""
    sock.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    received = sock.recv(65536)
    assert received.startswith(b"HTTP/1.1 200 ")
    return received


def test_idle_connections_make_room_those_without_a_request_first(serve: "Serve", connect: Connect) -> None:
    server = serve(connections=Connections(6), limits=Limits(lingering=0.1))
    used = connect(server)
    get(used, "/1")
    silent = [connect(server) for _ in range(2)]
    wait_for(lambda: len(server._connections._idle) == 3)
    new = [connect(server) for _ in range(2)]
    for sock in new:
        get(sock, "/2")
    assert [read_all(sock) for sock in silent] == [b"", b""]
    get(used, "/3")


def test_one_client_cannot_take_all_connections(serve: "Serve", connect: Connect) -> None:
    server = serve(connections=Connections(4), limits=Limits(lingering=0.1))
    slow = [connect(server) for _ in range(2)]
    for sock in slow:
        sock.sendall(b"GET /slow HTTP/1.1\r\n")
    wait_for(lambda: server._connections._clients["127.0.0.1"] == 2 and not server._connections._idle)
    assert read_all(connect(server)) == b""
    host, _, port = server.addresses[0].rpartition(":")
    with socket.create_connection((host, int(port)), timeout=MAX_WAIT, source_address=("127.0.0.2", 0)) as other:
        get(other, "/other")


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MAX_WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_place_of_a_closed_connection_is_free_again(serve: "Serve", connect: Connect) -> None:
    server = serve(connections=Connections(1), limits=Limits(lingering=0.1))
    connect(server).close()
    deadline = time.monotonic() + MAX_WAIT
    answer = b""
    while not answer and time.monotonic() < deadline:
        sock = connect(server)
        try:
            sock.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            answer = read_all(sock)
        except ConnectionError:
            continue
    assert b"GET /a" in answer


# The exporter behind the server


def test_health_is_reported_while_every_place_for_probes_is_taken(
    serve: "Serve", connect: Connect, client: Client, application: "FakeApplication"
) -> None:
    application.configure(max_concurrent_probes=100)
    metrics = ExporterMetrics(now=0)
    handler = endpoints(application, metrics, str)
    server = serve(handler, count=metrics.count_response)
    probes = [connect(server) for _ in range(100)]
    for sock in probes:
        sock.sendall(b"GET /probe?target=hang HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    for _ in probes:
        assert application.hanging.acquire(timeout=MAX_WAIT)
    connection = client(server)
    spans = []
    for path, status in (("/-/healthy", 200), ("/-/ready", 200), ("/metrics", 200), ("/probe?target=a", 503)) * 3:
        start = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        spans.append(time.perf_counter() - start)
        assert response.status == status
    assert b"max_concurrent_probes" in body
    assert sorted(spans)[len(spans) // 2] < 0.05
    application.unhang.set()
    assert all(read_all(sock).endswith(b"lantime_up 1\n") for sock in probes)


def test_stopping_lets_running_requests_finish(
    serve: "Serve", connect: Connect, application: "FakeApplication"
) -> None:
    handler = endpoints(application, ExporterMetrics(now=0), str)
    server = serve(handler)
    idle, busy = connect(server), connect(server)
    busy.sendall(b"GET /probe?target=hang HTTP/1.1\r\nHost: a\r\n\r\n")
    assert application.hanging.acquire(timeout=MAX_WAIT)
    stopping = threading.Thread(target=server.stop)
    stopping.start()
    assert read_all(idle) == b""
    application.unhang.set()
    answer = read_all(busy)
    stopping.join(MAX_WAIT)
    assert answer.endswith(b"lantime_up 1\n")
    assert b"\r\nConnection: close\r\n" in answer
    with pytest.raises(ConnectionRefusedError):
        connect(server)


def test_stopping_does_not_wait_longer_than_the_grace(
    serve: "Serve", connect: Connect, application: "FakeApplication"
) -> None:
    handler = endpoints(application, ExporterMetrics(now=0), str)
    server = serve(handler)
    sock = connect(server)
    sock.sendall(b"GET /probe?target=hang HTTP/1.1\r\nHost: a\r\n\r\n")
    assert application.hanging.acquire(timeout=MAX_WAIT)
    start = time.monotonic()
    server.stop(grace=0.2)
    assert time.monotonic() - start < 1


def test_fault_in_a_handler_ends_only_its_connection(
    serve: "Serve", connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(request: Request) -> Response:
        if request.path == "/fault":
            raise ZeroDivisionError
        return plain("ok")

    server = serve(answer)
    first, second = connect(server), connect(server)
    first.sendall(b"GET /fault HTTP/1.1\r\nHost: a\r\n\r\n")
    assert read_all(first) == b""
    second.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert read_all(second).endswith(b"ok\n")
    server.stop()
    assert "ZeroDivisionError" in caplog.text


# Addresses


def test_bad_address_is_a_clear_error(subtests: pytest.Subtests) -> None:
    for text in ("", "host", ":", "host:", ":x", ":65536", ":-1", "::1:10124", "[::1]", "a b:1"):
        with subtests.test(text=text), pytest.raises(ConfigError, match=r"^--web\.listen-address "):
            resolve(text)


def test_zone_of_a_link_local_address_is_kept() -> None:
    family, sockaddr = resolve("[fe80::1%lo]:10124")
    assert family == socket.AF_INET6
    assert sockaddr[1:] == (10124, 0, socket.if_nametoindex("lo"))


def test_unknown_zone_is_a_clear_error() -> None:
    with pytest.raises(ConfigError, match=r"^--web\.listen-address \[fe80::1%nowhere\]:10124: unknown host"):
        resolve("[fe80::1%nowhere]:10124")


def test_name_prefers_ipv4() -> None:
    assert resolve("localhost:10124")[0] == socket.AF_INET


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_all_interfaces_means_both_families(serve: "Serve", host: str) -> None:
    server = serve(addresses=(":0",))
    port = int(server.addresses[0].rpartition(":")[2])
    with socket.create_connection((host, port), timeout=MAX_WAIT) as sock:
        sock.sendall(b"GET /a HTTP/1.0\r\n\r\n")
        assert b"GET /a" in read_all(sock)


def test_several_addresses_are_served(serve: "Serve") -> None:
    server = serve(addresses=("127.0.0.1:0", "[::1]:0"))
    assert [text.rpartition(":")[0] for text in server.addresses] == ["127.0.0.1", "[::1]"]
    for text in server.addresses:
        connection = http.client.HTTPConnection(text, timeout=MAX_WAIT)
        connection.request("GET", "/a")
        assert connection.getresponse().read() == b"GET /a\n"
        connection.close()


def test_address_in_use_is_a_clear_error(serve: "Serve") -> None:
    taken = serve().addresses[0]
    with pytest.raises(ConfigError, match=rf"^--web\.listen-address {taken}: Address already in use$"):
        serve(addresses=(taken,))


def test_lack_of_file_descriptors_is_waited_out(
    serve: "Serve", connect: Connect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    accept = socket.socket.accept
    failures = iter([OSError(24, "Too many open files")])

    def scarce(sock: socket.socket) -> object:
        if error := next(failures, None):
            raise error
        return accept(sock)

    server = serve()
    monkeypatch.setattr(socket.socket, "accept", scarce)
    sock = connect(server)
    sock.sendall(b"GET /a HTTP/1.0\r\n\r\n")
    assert b"GET /a" in read_all(sock)
    assert "cannot accept a connection: Too many open files" in caplog.text


def test_lack_of_file_descriptors_ends_idle_connections_and_is_logged_once(
    serve: "Serve", connect: Connect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    accept = socket.socket.accept
    server = serve()
    idle = connect(server)
    wait_for(lambda: len(server._connections._idle) == 1)

    def scarce(sock: socket.socket) -> object:
        if server._connections._idle:
            raise OSError(24, "Too many open files")
        return accept(sock)

    monkeypatch.setattr(socket.socket, "accept", scarce)
    for _ in range(3):
        sock = connect(server)
        sock.sendall(b"GET /a HTTP/1.0\r\n\r\n")
        assert b"GET /a" in read_all(sock)
    assert read_all(idle) == b""
    assert caplog.text.count("WARNING") == 1


@pytest.mark.parametrize("error", [RuntimeError("can't start new thread"), MemoryError()])
def test_thread_that_cannot_be_started_costs_its_connection_only(
    serve: "Serve", connect: Connect, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    server = serve(connections=Connections(1))
    start = _thread.start_new_thread
    failures = iter([error] * 3)

    def scarce(function: Callable[..., object], arguments: tuple[object, ...]) -> object:
        if failure := next(failures, None):
            raise failure
        return start(function, arguments)

    monkeypatch.setattr(_thread, "start_new_thread", scarce)
    assert [read_all(connect(server)) for _ in range(3)] == [b""] * 3
    get(connect(server), "/a")


def test_accepting_goes_on_after_any_failure(serve: "Serve", connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve()
    accept = socket.socket.accept
    failures = iter([MemoryError()])

    def scarce(sock: socket.socket) -> object:
        if error := next(failures, None):
            raise error
        return accept(sock)

    monkeypatch.setattr(socket.socket, "accept", scarce)
    get(connect(server), "/a")
