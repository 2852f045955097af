"""One connection from its first request to its last."""

import io
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from lantime_exporter.web import goodbye, http1
from lantime_exporter.web.connections import Connections
from lantime_exporter.web.limits import Limits
from lantime_exporter.web.message import Handler, Request, one_line
from lantime_exporter.web.reader import BoundedReader, set_timeout

logger = logging.getLogger(__name__)

Stream: TypeAlias = "io.BufferedReader[BoundedReader]"


@dataclass(frozen=True, slots=True)
class Conversation:
    """How connections are served: requests go to ``answer``, the status of every response to ``count``."""

    answer: Handler
    count: Callable[[int], None]
    limits: Limits
    connections: Connections

    def hold(self, sock: socket.socket) -> None:
        """Answer the requests of one connection until either side ends it.

        Raises OSError when the connection breaks. The socket stays open for the caller to close.
        """
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        source = BoundedReader(sock)
        headers = http1.Headers()
        with self.connections.opened(sock), io.BufferedReader(source) as stream:
            while self._await_request(sock, source, stream) and self._exchange(sock, source, stream, headers):
                pass

    def _await_request(self, sock: socket.socket, source: BoundedReader, stream: Stream) -> bool:
        """Wait for the first byte of a request; False when none comes."""
        source.allow(seconds=self.limits.idle, size=self.limits.head)
        with self.connections.idle(sock):
            try:
                return bool(stream.peek(1))
            except TimeoutError:
                return False

    def _exchange(self, sock: socket.socket, source: BoundedReader, stream: Stream, headers: http1.Headers) -> bool:
        """Read one request and send the response; return whether the connection stays open."""
        source.allow(seconds=self.limits.request, size=self.limits.head)
        try:
            request = self._read(sock, source, stream, headers)
        except http1.MalformedRequest as error:
            return self._refuse(sock, error.status, str(error))
        except TimeoutError:
            return self._refuse(sock, HTTPStatus.REQUEST_TIMEOUT, "the request took too long to arrive")
        if request is None:
            return False
        response = self.answer(request)
        keep_alive = request.keep_alive and not self.connections.draining
        self._send(sock, http1.encode(response, keep_alive=keep_alive, head_only=request.method == "HEAD"))
        self.count(response.status)
        logger.debug("%s %s %d %d bytes", request.method, request.path, response.status, len(response.body))
        if not keep_alive:
            self._hang_up(sock)
        return keep_alive

    def _read(
        self, sock: socket.socket, source: BoundedReader, stream: Stream, headers: http1.Headers
    ) -> Request | None:
        """Read a request and pass over its body; None when the client hangs up."""
        request = http1.read_request(stream, self.limits.request_line, headers)
        if request is None:
            return None
        length = http1.body_length(request.headers, self.limits.body)
        if length:
            if http1.awaits_continue(request.headers):
                self._send(sock, b"HTTP/1.1 100 Continue\r\n\r\n")
            source.allow(size=length)
            if len(stream.read(length)) < length:
                return None
        return request

    def _refuse(self, sock: socket.socket, status: int, text: str) -> bool:
        self._send(sock, http1.encode(one_line(text, status), keep_alive=False))
        self.count(status)
        logger.debug("refused a request: %d %s", status, text)
        self._hang_up(sock)
        return False

    def _send(self, sock: socket.socket, data: bytes) -> None:
        set_timeout(sock, self.limits.write)
        sock.sendall(data)

    def _hang_up(self, sock: socket.socket) -> None:
        goodbye.close_notify(sock)
        goodbye.linger(sock, self.limits.linger)
