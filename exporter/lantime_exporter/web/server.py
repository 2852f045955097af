"""The HTTP server: listening sockets, and a thread for each connection."""

import _thread
import errno
import logging
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from lantime_exporter.bounds import LargeResponses
from lantime_exporter.errors import ConfigError
from lantime_exporter.web import listen_address
from lantime_exporter.web.listen_address import ListenAddress
from lantime_exporter.web.message import Handler
from lantime_exporter.web.request_handler import ConnectionContext, Connections, Limits, RequestHandler
from lantime_exporter.web.server_tls import ServerTls

log = logging.getLogger(__name__)

DEFAULT_LIMITS = Limits()
GRACE = 10.0
"""Seconds that running requests may take after ``stop``."""

_POLL_INTERVAL = 0.1
_PAUSE = 0.1
_WARNING_INTERVAL = 60.0
_ENDED_IDLE = 8
"""Idle connections to close when file descriptors or memory run out."""
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


def no_tls() -> None:
    """Return None: connections are plain HTTP."""
    return


class Server:
    """An HTTP/1.1 server.

    ``handler`` returns the response to a request, ``count`` is called with the status of every response that was sent,
    ``tls`` for every new connection. ``large_responses`` limits the large responses that are sent at the same time.
    Raises ConfigError if it cannot listen on an address.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        handler: Handler,
        *,
        count: Callable[[int], None],
        tls: Callable[[], ServerTls | None] = no_tls,
        limits: Limits = DEFAULT_LIMITS,
        large_responses: LargeResponses | None = None,
    ) -> None:
        self._connections = Connections(limits.connections)
        context = ConnectionContext(
            handler=handler,
            count=count,
            tls=tls,
            limits=limits,
            large_responses=large_responses or LargeResponses(),
            connections=self._connections,
        )
        self._listeners: list[Listener] = []
        try:
            for text in addresses:
                self._listeners.append(Listener(listen_address.resolve(text), context))
        except BaseException:
            self._close()
            raise

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses as bound, ``host:port`` each."""
        return tuple(listener.bound for listener in self._listeners)

    def start(self) -> None:
        """Accept connections from now on; returns at once."""
        for listener in self._listeners:
            listener.start()

    def stop(self, grace: float = GRACE) -> None:
        """Accept no more connections, let requests finish for up to ``grace`` seconds, then close everything."""
        self._close()
        self._connections.drain(grace)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _close(self) -> None:
        for listener in self._listeners:
            listener.stop()


class Listener(ThreadingHTTPServer):
    """Accepts connections on one address. Raises ConfigError if it cannot listen there.

    ``bound`` is the address as ``host:port``, with the port that the system chose for port 0.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: ListenAddress, context: ConnectionContext) -> None:
        self.address_family = address.family
        self._dual_stack = address.dual_stack
        self._connections = context.connections
        self._pause = threading.Event()
        self._warned_at = -_WARNING_INTERVAL
        try:
            super().__init__(address.sockaddr, partial(RequestHandler, context))
        except OSError as error:
            raise ConfigError(f"--web.listen-address {address.text}: {error.strerror or error}") from error
        self.bound = listen_address.describe(self.socket)
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def start(self) -> None:
        """Accept connections from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Accept no more connections; open ones stay open."""
        if self._thread.is_alive():
            self._pause.set()
            self.shutdown()
            self._thread.join()
        self.server_close()

    def server_bind(self) -> None:
        """Bind; an address of both families serves IPv4 and IPv6."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, not self._dual_stack)
        socketserver.TCPServer.server_bind(self)  # HTTPServer would look up its own name in DNS

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection. If file descriptors or memory run out, close idle ones and pause."""
        try:
            return super().get_request()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self._warn("cannot accept a connection: %s", error.strerror)
                self._connections.end_idle(_ENDED_IDLE)
                self._pause.wait(_PAUSE)
            raise

    def verify_request(self, request: object, client_address: Any) -> bool:  # noqa: ARG002 - socketserver's hook
        """Refuse connections beyond the limit."""
        return self._connections.admit(client_address[0])

    def process_request(self, request: socket.socket, client_address: Any) -> None:  # type: ignore[override]
        """Start the thread of a connection.

        Thread.start() would wait for the new thread behind all busy threads, and forever if it fails for lack of
        memory.
        """
        try:
            _thread.start_new_thread(self.process_request_thread, (request, client_address))
        except (RuntimeError, MemoryError) as error:
            self._warn("cannot serve a connection: %s", error)
            request.close()
            self._connections.release(client_address[0])

    def process_request_thread(self, request: socket.socket, client_address: Any) -> None:  # type: ignore[override]
        """Serve a connection from start to end."""
        try:
            self.finish_request(request, client_address)
        except OSError as error:
            log.debug("connection of %s ended: %s", client_address, error)
        except Exception:
            log.exception("connection of %s ended by an internal error", client_address)
        finally:
            request.close()
            self._connections.release(client_address[0])

    def _accept(self) -> None:
        """Accept connections until the listener stops, whatever errors occur."""
        while not self._pause.is_set():
            try:
                self.serve_forever(_POLL_INTERVAL)
            except Exception:  # lack of memory can occur anywhere
                log.exception("an attempt to accept a connection failed")
                self._pause.wait(_PAUSE)

    def _warn(self, text: str, reason: object) -> None:
        """Log a lack of resources, at most once a minute."""
        now = time.monotonic()
        is_due = now - self._warned_at >= _WARNING_INTERVAL
        if is_due:
            self._warned_at = now
        log.log(logging.WARNING if is_due else logging.DEBUG, text, reason)
