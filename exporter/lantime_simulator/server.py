"""Simulated LANTIMEs on real sockets: HTTP/1.1 on ports of the loopback interface that the system chooses.

All servers that share an ``EventLoop`` share its one thread, so a thousand devices need only a thousand sockets.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar

from lantime_simulator.access import Access
from lantime_simulator.api import respond
from lantime_simulator.faults import apply_faults
from lantime_simulator.http import MAX_HEAD, HttpRequest, page, read_request
from lantime_simulator.lantime import Lantime
from lantime_simulator.scenarios import Scenario

T = TypeVar("T")

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of 0 s: closing sends a reset."""


class EventLoop:
    """An asyncio loop in a separate thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulator", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the loop and return its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Stop the loop and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


TLS_SHUTDOWN_TIMEOUT = 0.2
"""Seconds that a TLS client has to reply when the server closes the connection."""


@dataclass(slots=True)
class Traffic:
    """Counters of a server: requests by (method, path, status); connections in total, open now, and open at most.

    A request without a response has status 0.
    """

    requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    connections: int = 0
    open: int = 0
    most_open: int = 0

    def count(self, path: str | None = None, *, status: int | None = None) -> int:
        """Return the number of requests, of one path and with one status if they are given."""
        return sum(
            number
            for (_, seen, responded), number in self.requests.items()
            if path in {None, seen} and status in {None, responded}
        )

    def opened(self) -> None:
        """Count a connection."""
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)

    def closed(self) -> None:
        """Count the end of a connection."""
        self.open -= 1


class SimulatedServer:
    """One simulated LANTIME on a port.

    ``credentials`` are user name and password, None to admit everyone; ``tls`` makes it HTTPS; tokens are valid
    ``token_lifetime`` seconds on ``clock``. Use it as a context manager, or ``start`` and ``stop`` it.
    """

    def __init__(
        self,
        lantime: Lantime,
        *,
        credentials: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        token_lifetime: float = 3600.0,
        clock: Callable[[], float] = time.monotonic,
        loop: EventLoop | None = None,
    ) -> None:
        self.lantime = lantime
        self.access = Access(credentials, token_lifetime=token_lifetime, clock=clock)
        self.traffic = Traffic()
        self._tls = tls
        self._shared_loop = loop
        self._loop: EventLoop | None = None
        self._listener: socket.socket | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """Host and port, while started."""
        if self._listener is None:
            raise RuntimeError("the server is not started")
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    @property
    def url(self) -> str:
        """The base URL, while started."""
        return f"{'http' if self._tls is None else 'https'}://{self.address}"

    def start(self) -> None:
        """Listen; returns when connections are accepted."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listener.settimeout(0)
        self._loop = self._shared_loop or EventLoop()
        self._loop.run(self._begin(self._listener))

    def stop(self) -> None:
        """Close the port and every connection; does nothing unless started."""
        if self._loop is None or self._listener is None:
            return
        self._loop.run(self._end(self._listener))
        if self._shared_loop is None:
            self._loop.close()
        self._listener.close()
        self._loop = self._listener = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _begin(self, listener: socket.socket) -> None:
        asyncio.get_running_loop().add_reader(listener, self._accept, listener)

    async def _end(self, listener: socket.socket) -> None:
        asyncio.get_running_loop().remove_reader(listener)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:  # the client already closed the connection
            return
        connection.settimeout(0)
        task = asyncio.get_running_loop().create_task(self._connection(connection))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # A task that is cancelled before its first step cannot close its socket.
        task.add_done_callback(partial(_close, connection))

    async def _connection(self, connection: socket.socket) -> None:
        self.traffic.opened()
        try:
            if _unreachable(self.lantime.scenarios):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                connection.close()
                return
            with contextlib.suppress(OSError):  # the client closed the connection, or did not complete the handshake
                await self._serve(*await _streams(connection, self._tls))
        finally:
            self.traffic.closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (ValueError, asyncio.IncompleteReadError):
            response = page(HTTPStatus.BAD_REQUEST)
            writer.write(response.head(keep_alive=False) + response.body)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve one request; return whether the connection stays open."""
        request = await read_request(reader)
        if request is None:
            return False
        scenarios = self.lantime.scenarios
        if _unreachable(scenarios):
            self._count(request, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()
            return False
        delivery = apply_faults(respond(self.lantime, self.access, request), scenarios)
        self._count(request, delivery.response.status.value)
        if delivery.delay:
            await asyncio.sleep(delivery.delay)
        keep_alive = request.keep_alive and delivery.sent is None
        body = b"" if request.method == "HEAD" else delivery.response.body[: delivery.sent]
        writer.write(delivery.response.head(keep_alive=keep_alive) + body)
        await writer.drain()
        return keep_alive

    def _count(self, request: HttpRequest, status: int) -> None:
        self.traffic.requests[request.method, request.path, status] += 1


def _unreachable(scenarios: Iterable[Scenario]) -> bool:
    return any(scenario.name == "unreachable" for scenario in scenarios)


def _close(connection: socket.socket, _: asyncio.Task[None]) -> None:
    connection.close()


async def _streams(
    connection: socket.socket, tls: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return the streams of an accepted connection; with TLS after the handshake. asyncio sets TCP_NODELAY."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=MAX_HEAD)
    protocol = asyncio.StreamReaderProtocol(reader)
    timeout = None if tls is None else TLS_SHUTDOWN_TIMEOUT
    transport, _ = await loop.connect_accepted_socket(
        lambda: protocol, connection, ssl=tls, ssl_shutdown_timeout=timeout
    )
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


class SimulatedNetwork:
    """Many simulated LANTIMEs, each on its own port, in one thread that runs until ``stop``."""

    def __init__(
        self,
        lantimes: Iterable[Lantime],
        *,
        credentials: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._loop = EventLoop()
        self.servers = tuple(
            SimulatedServer(lantime, credentials=credentials, tls=tls, loop=self._loop) for lantime in lantimes
        )

    def start(self) -> None:
        """Listen on every port."""
        for server in self.servers:
            server.start()

    def stop(self) -> None:
        """Close every port and the thread."""
        for server in self.servers:
            server.stop()
        self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
