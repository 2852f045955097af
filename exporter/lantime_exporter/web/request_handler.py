"""One connection, from the TLS handshake to the lingering close; and the set of open connections."""

import io
import logging
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPMethod, HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer
from typing import Any

from lantime_exporter.bounds import Deadline, LargeResponses
from lantime_exporter.web.message import Handler, Request, Response, encode_head, one_line
from lantime_exporter.web.request_parser import (
    BadRequest,
    DeadlineReader,
    body_length,
    lingering_close,
    read_request,
    send_all,
)
from lantime_exporter.web.server_tls import ServerTls

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one connection, in seconds."""

    handshake: float = 10.0
    """For the whole TLS handshake."""
    idle: float = 30.0
    """Until the first byte of a request."""
    request: float = 10.0
    """From the first to the last byte of a request, its body included."""
    write: float = 30.0
    """For the client to receive a response."""
    lingering: float = 1.0
    """For the client to close after a response that ends the connection."""


MAX_CONNECTIONS = 1024
"""Open connections on all addresses together, half of them of one client; more are closed without a response."""


class Connections:
    """Counts and limits connections, and closes idle ones.

    A connection is *idle* while it waits for the next request. One client (an address) has at most half of all
    connections.
    """

    def __init__(self, limit: int = MAX_CONNECTIONS) -> None:
        self._limit = limit
        self._clients: Counter[str] = Counter()
        self.is_draining = False
        """True while the server is stopping: every connection closes after its response."""
        self._idle: dict[socket.socket, tuple[bool, str]] = {}
        """In the order in which they became idle: whether they had a request before, and the client."""
        self._changed = threading.Condition()  # its lock is reentrant

    def admit(self, client: str) -> bool:
        """Count one more connection; False if there are too many or the server is stopping.

        If there are too many, or half of them are the client's, an idle one is closed in favour of the new one.
        """
        with self._changed:
            if self.is_draining:
                return False
            if self._clients[client] >= max(1, self._limit // 2):
                is_admitted = self.end_idle(1, client)
            else:
                is_admitted = self._clients.total() < self._limit or self.end_idle(1)
            if is_admitted:
                self._clients[client] += 1
            return is_admitted

    def end_idle(self, count: int, client: str | None = None) -> bool:
        """Close idle connections, of one client or of all, and return whether there was any.

        Those without any request are closed first, then those that have been idle longest.
        """
        with self._changed:
            candidates = [sock for sock, (_, owner) in self._idle.items() if client in (None, owner)]
            ending = sorted(candidates, key=lambda sock: self._idle[sock][0])[:count]
            for sock in ending:
                del self._idle[sock]
                _end_reading(sock)
            return bool(ending)

    def release(self, client: str) -> None:
        """Count one connection less."""
        with self._changed:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]
            self._changed.notify_all()

    def mark_idle(self, sock: socket.socket, client: str, *, was_used: bool) -> None:
        """Mark a connection as idle: when the server stops, a read from it returns at once."""
        with self._changed:
            self._idle[sock] = (was_used, client)
            if self.is_draining:
                _end_reading(sock)

    def mark_busy(self, sock: socket.socket) -> None:
        """Mark a connection as not idle."""
        with self._changed:
            self._idle.pop(sock, None)

    def drain(self, grace: float) -> None:
        """Close idle connections now, and wait for up to ``grace`` seconds while others close after their response."""
        with self._changed:
            self.is_draining = True
            self.end_idle(len(self._idle))
            self._changed.wait_for(lambda: not self._clients, grace)


def _end_reading(sock: socket.socket) -> None:
    # The method of the plain socket: that of SSLSocket would remove the TLS state that the reading thread uses.
    with suppress(OSError):  # the client was faster
        socket.socket.shutdown(sock, socket.SHUT_RD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionContext:
    """Shared by all connections.

    ``handler`` returns the response to a request, ``count`` is called with the status of every response that was sent,
    ``tls`` for every new connection. ``large_responses`` limits the large responses that are sent at the same time.
    """

    handler: Handler
    count: Callable[[int], None]
    tls: Callable[[], ServerTls | None] | None = None
    limits: Limits = Limits()
    large_responses: LargeResponses = field(default_factory=LargeResponses)
    connections: Connections = field(default_factory=Connections)


class RequestHandler(BaseHTTPRequestHandler):
    """Serves one connection; the constructor serves all its requests. Raises OSError if the connection breaks."""

    disable_nagle_algorithm = True
    rfile: io.BufferedReader
    was_used = False

    def __init__(self, context: ConnectionContext, request: socket.socket, client_address: Any, server: BaseServer):
        self.context = context
        super().__init__(request, client_address, server)

    def setup(self) -> None:
        """Perform the TLS handshake, and limit what is read from the connection."""
        tls = self.context.tls() if self.context.tls else None
        if tls is not None:
            self.request = tls.handshake(self.request, self.context.limits.handshake)
        super().setup()
        self.rfile.close()
        self.reader = DeadlineReader(self.connection)
        self.rfile = io.BufferedReader(self.reader)

    def finish(self) -> None:
        """Close the connection."""
        super().finish()
        close_notify(self.connection)
        self.connection.close()

    def handle_one_request(self) -> None:
        """Wait for a request and serve it."""
        self.close_connection = True
        if not self._await_request():
            return
        try:
            request = self._read_request()
        except BadRequest as error:
            log.debug("refused a request: %d %s", error.status, error)
            self._send(one_line(str(error), error.status))
            return
        if request is None:
            return
        self.close_connection = not request.keep_alive
        self.was_used = True
        try:
            response = self.context.handler(request)
            self._send(response, head_only=request.method == "HEAD")
        finally:
            self.context.large_responses.release()
        log.debug("%s %s %d %d bytes", request.method, request.path, response.status, len(response.body))

    def _await_request(self) -> bool:
        """Wait for the first byte of a request; False if none arrives."""
        self.reader.deadline = Deadline.after(self.context.limits.idle)
        self.context.connections.mark_idle(self.connection, self.client_address[0], was_used=self.was_used)
        try:
            return bool(self.rfile.peek(1))
        except BadRequest:
            return False
        finally:
            self.context.connections.mark_busy(self.connection)

    def _read_request(self) -> Request | None:
        """Read a request, and its body, which no endpoint uses; None if the client closes the connection first.

        Raises BadRequest.
        """
        self.reader.deadline = Deadline.after(self.context.limits.request)
        request = read_request(self.rfile, self.client_address[0])
        if request is None:
            return None
        if request.method not in HTTPMethod.__members__:
            raise BadRequest(f"unsupported method {request.method}", HTTPStatus.NOT_IMPLEMENTED)
        length = body_length(request.headers)
        if length and "expect" in request.headers:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return request if len(self.rfile.read(length)) == length else None

    def _send(self, response: Response, *, head_only: bool = False) -> None:
        """Send a response; then close the connection if the request or the end of the server requires it."""
        self.close_connection = self.close_connection or self.context.connections.is_draining
        head = encode_head(response, keep_alive=not self.close_connection)
        send_all(self.connection, head, b"" if head_only else response.body, self.context.limits.write)
        self.context.count(response.status)
        if self.close_connection:
            close_notify(self.connection)
            lingering_close(self.connection, self.context.limits.lingering)


def close_notify(sock: socket.socket) -> None:
    """Send close_notify to a TLS client without waiting for its reply."""
    if isinstance(sock, ssl.SSLSocket):
        sock.settimeout(0)
        with suppress(OSError, ValueError):  # sent, and no reply yet; or the connection is gone already
            sock.unwrap()
