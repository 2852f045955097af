"""A name is resolved within the deadline, and the first of its addresses that works is used."""

import errno
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.device.deadline_socket import DeadlineSocket, RequestTiming
from lantime_exporter.device.resolver import DEAD_SECONDS, Resolver, SocketAddress
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import ConnectError

from tests.device.conftest import Clock


class HangingLookup:
    """A resolver that responds when the test allows it."""

    def __init__(self) -> None:
        self.calls = 0
        self.go = threading.Event()

    def __call__(self, _: str, port: int) -> Sequence[SocketAddress]:
        self.calls += 1
        self.go.wait(10)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


def test_a_name_that_cannot_be_looked_up_in_time_ends_at_the_deadline() -> None:
    lookup = HangingLookup()
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        Resolver(Endpoint("https", "lt1.example", 443), lookup).addresses(Deadline.after(0.2))
    assert time.monotonic() - start < 0.4
    lookup.go.set()


def test_a_hanging_lookup_is_not_started_again_while_it_runs() -> None:
    lookup = HangingLookup()
    resolver = Resolver(Endpoint("https", "lt1.example", 443), lookup)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            resolver.addresses(Deadline.after(0.01))
    assert lookup.calls == 1
    lookup.go.set()


def test_a_new_connection_looks_the_name_up_again() -> None:
    lookup = HangingLookup()
    lookup.go.set()
    resolver = Resolver(Endpoint("https", "lt1.example", 443), lookup)
    for _ in range(2):
        assert resolver.addresses(Deadline.after(5))
    assert lookup.calls == 2


def test_a_lookup_that_found_no_thread_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup = HangingLookup()
    lookup.go.set()
    resolver = Resolver(Endpoint("https", "lt1.example", 443), lookup)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", no_thread)
        with pytest.raises(OSError, match="cannot start a thread"):
            resolver.addresses(Deadline.after(5))
    assert resolver.addresses(Deadline.after(5))


@pytest.mark.parametrize("failure", [UnicodeError("label too long"), MemoryError(), KeyError("x")])
def test_any_exception_of_a_lookup_is_an_error_and_the_next_one_starts(failure: Exception) -> None:
    outcomes: Iterator[Exception | None] = iter([failure, None])

    def lookup(_: str, port: int) -> Sequence[SocketAddress]:
        if (raised := next(outcomes)) is not None:
            raise raised
        return [address("127.0.0.1", port)]

    resolver = Resolver(Endpoint("https", "lt1.example", 443), lookup)
    with pytest.raises(ConnectError, match=f"cannot be resolved: {type(failure).__name__}"):
        resolver.addresses(Deadline.after(2))
    assert resolver.addresses(Deadline.after(2))


def test_a_lack_of_file_descriptors_does_not_count_against_an_address(
    open_port: int, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [address("127.0.0.1", open_port), address("127.0.0.2", open_port)]
    resolver = Resolver(Endpoint("https", "lt1", 443), lambda *_: addresses, clock)
    with monkeypatch.context() as patch:
        patch.setattr(DeadlineSocket, "__init__", no_descriptor)
        with pytest.raises(OSError, match="Too many open files"):
            resolver.connect(timing())
    with resolver.connect(timing()) as sock:
        assert sock.getpeername()[0] == "127.0.0.1"


def no_descriptor(*_: object) -> None:
    raise OSError(errno.EMFILE, "Too many open files")


def no_thread(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


MISSING_FAMILY: Any = 99


def address(host: str, port: int, family: Any = socket.AF_INET) -> SocketAddress:
    return (family, socket.SOCK_STREAM, 6, "", (host, port))


@pytest.fixture
def open_port() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def timing(seconds: float = 5) -> RequestTiming:
    return RequestTiming(Deadline.after(seconds), 1000)


@pytest.mark.parametrize("failing", [address("::1", 1, MISSING_FAMILY), address("127.0.0.2", 1)])
def test_the_next_address_is_tried_after_a_failure(open_port: int, failing: SocketAddress) -> None:
    resolver = Resolver(Endpoint("https", "lt1", 443), lambda *_: [failing, address("127.0.0.1", open_port)])
    with resolver.connect(timing()) as sock:
        assert sock.getpeername()[0] == "127.0.0.1"


def test_every_address_that_failed_is_named_with_its_reason() -> None:
    failing = [address("127.0.0.2", 1), address("::1", 1, MISSING_FAMILY)]
    with pytest.raises(ConnectError) as error:
        Resolver(Endpoint("https", "lt1", 443), lambda *_: failing).connect(timing())
    assert str(error.value) == ("127.0.0.2: connection refused; ::1: address family not supported by protocol")


def test_the_only_address_keeps_its_error() -> None:
    with pytest.raises(ConnectionRefusedError):
        Resolver(Endpoint("https", "127.0.0.2", 1)).connect(timing())


def test_a_name_without_addresses_is_an_error() -> None:
    with pytest.raises(ConnectError, match="no address"):
        Resolver(Endpoint("https", "lt1", 443), lambda *_: []).connect(timing())


def test_a_dead_address_is_tried_last_for_a_while(
    open_port: int, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def connect(sock: DeadlineSocket, to: tuple[str, int]) -> None:
        tried.append(to[0])
        socket.socket.connect(sock, to)

    monkeypatch.setattr(DeadlineSocket, "connect", connect)
    both = [address("127.0.0.2", open_port), address("127.0.0.1", open_port)]
    resolver = Resolver(Endpoint("https", "lt1", 443), lambda *_: both, clock)
    for pause in (0.0, DEAD_SECONDS - 1, 2.0):
        clock.now += pause
        resolver.connect(timing()).close()
    assert tried == ["127.0.0.2", "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.1"]
