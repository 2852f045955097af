"""Consecutive probes over some connections, and their times.

``python -m tests.load.bench.load`` reads a ``Load`` as JSON from its standard input and writes the result as a line
of JSON. One thread serves all connections, so that the load uses little CPU itself.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle

HEAD_END = b"\r\n\r\n"

MAX_WAIT = 30.0
"""Seconds without any response, after which a load fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Requests of paths in turn: how many, over how many connections, for how many seconds at most."""

    port: int
    paths: tuple[str, ...]
    requests: int
    seconds: float
    concurrency: int = 1
    headers: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the load as JSON."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult:
    """Number of responses, failures, bytes of the last response, and seconds."""

    requests: int
    failures: int
    bytes: int
    seconds: float
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Return the responses per second."""
        return self.requests / self.seconds


class Client:
    """One connection with one request at a time. The server may close it after its response."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._received = bytearray()
        self._expected: int | None = None
        self.started = 0.0

    def send(self, request: bytes) -> socket.socket:
        """Send a request and return the socket of its response."""
        self.started = time.perf_counter()
        self._received.clear()
        self._expected = None
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        return self._socket

    def receive(self) -> bytes | None:
        """Read available bytes, and return the response when it is complete."""
        assert self._socket is not None
        data = self._socket.recv(1 << 20)
        self._received += data
        if self._expected is None:
            self._expected = _length(self._received)
        if data and (self._expected is None or len(self._received) < self._expected):
            return None
        if not data or self._received.startswith(b"HTTP/1.0"):
            self.close()
        return bytes(self._received)

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _length(received: bytearray) -> int | None:
    """Return the length of the response, None if it is not known yet or ends with the connection."""
    head, end, _ = bytes(received).partition(HEAD_END)
    for line in head.split(b"\r\n") if end else ():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(head) + len(end) + int(value)
    return None


def run(load: Load) -> LoadResult:
    """Send requests until their number or the time is reached. Raises TimeoutError without responses."""
    requests = cycle([_request(path, load.headers) for path in load.paths])
    times: list[float] = []
    failures = size = sent = 0
    selector = selectors.DefaultSelector()
    started = time.perf_counter()

    def send_next(client: Client) -> None:
        selector.register(client.send(next(requests)), selectors.EVENT_READ, client)

    for _ in range(min(load.concurrency, load.requests)):
        send_next(Client(load.port))
        sent += 1
    while selector.get_map():
        for key, client in _ready(selector):
            response = client.receive()
            if response is None:
                continue
            selector.unregister(key)
            now = time.perf_counter()
            times.append(now - client.started)
            failures += not _is_success(response)
            size = len(response)
            if sent < load.requests and now - started < load.seconds:
                send_next(client)
                sent += 1
            else:
                client.close()
    seconds = time.perf_counter() - started
    p50, p95, p99 = percentiles(times)
    return LoadResult(requests=len(times), failures=failures, bytes=size, seconds=seconds, p50=p50, p95=p95, p99=p99)


def _ready(selector: selectors.BaseSelector) -> Iterator[tuple[socket.socket, Client]]:
    events = selector.select(MAX_WAIT)
    if not events:
        raise TimeoutError(f"no response in {MAX_WAIT:g} s")
    for key, _ in events:
        assert isinstance(key.fileobj, socket.socket)
        yield key.fileobj, key.data


def _request(path: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: bench", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def _is_success(response: bytes) -> bool:
    """Return whether it is the page of a successful probe; a compressed page counts as one."""
    return b" 200 " in response[:16] and b"\nlantime_up 0" not in response


def percentiles(times: list[float]) -> tuple[float, float, float]:
    """Return the 50th, 95th and 99th percentile."""
    ordered = sorted(times)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, len(ordered) * part // 100)] for part in (50, 95, 99))
    return p50, p95, p99


def main() -> None:
    """Run the load in the standard input."""
    sys.stdout.write(json.dumps(asdict(run(Load(**json.loads(sys.stdin.readline()))))) + "\n")


if __name__ == "__main__":
    main()
