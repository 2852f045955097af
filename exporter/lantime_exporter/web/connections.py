"""The open connections of the server: their number, which of them are idle, and how they are closed."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lantime_exporter.bounds import Deadline

_MAX_LINGER_BYTES = 1024 * 1024


class Connections:
    """Counts and limits connections, and closes them without truncating responses when the server stops.

    A connection is *idle* while it waits for the next request.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._draining = False
        self._open: set[socket.socket] = set()
        self._idle: dict[socket.socket, bool] = {}
        """In the order in which they became idle; the value is whether they had a request before."""
        self._changed = threading.Condition()

    @property
    def draining(self) -> bool:
        """True while the server is stopping: every connection closes after its response."""
        return self._draining

    def admit(self) -> bool:
        """Count one more connection; False if there are too many or the server is stopping.

        If there are too many, an idle one is closed in favour of the new one.
        """
        with self._changed:
            if self._draining or (self._count >= self._limit and not self._end_idle(1)):
                return False
            self._count += 1
            return True

    def end_idle(self, count: int) -> None:
        """Close some idle connections: those without any request first, then those that have been idle longest."""
        with self._changed:
            self._end_idle(count)

    def _end_idle(self, count: int) -> bool:
        """Return whether there was any."""
        ending = sorted(self._idle, key=lambda sock: self._idle[sock])[:count]
        for sock in ending:
            del self._idle[sock]
            _shut(sock, socket.SHUT_RD)
        return bool(ending)

    def release(self) -> None:
        """Count one connection less."""
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    @contextmanager
    def opened(self, sock: socket.socket) -> Iterator[None]:
        """Register a connection that is ready for requests, so that ``drain`` can close it."""
        with self._changed:
            self._open.add(sock)
        try:
            yield
        finally:
            with self._changed:
                self._open.discard(sock)

    @contextmanager
    def idle(self, sock: socket.socket, *, was_used: bool) -> Iterator[None]:
        """Mark a connection as idle: when the server stops, a read from it returns at once."""
        with self._changed:
            self._idle[sock] = was_used
            if self._draining:
                _shut(sock, socket.SHUT_RD)
        try:
            yield
        finally:
            with self._changed:
                self._idle.pop(sock, None)

    def drain(self, grace: float) -> None:
        """Close idle connections now, others after their response, and all after ``grace`` seconds."""
        with self._changed:
            self._draining = True
            for sock in self._idle:
                _shut(sock, socket.SHUT_RD)
            self._changed.wait_for(lambda: not self._count, grace)
            for sock in self._open:
                _shut(sock, socket.SHUT_RDWR)


def _shut(sock: socket.socket, how: int) -> None:
    # The method of the plain socket: that of SSLSocket would remove the TLS state that the reading thread uses.
    try:
        socket.socket.shutdown(sock, how)
    except OSError:
        return  # the client was faster


def close_notify(sock: socket.socket) -> None:
    """Send close_notify to a TLS client without waiting for its reply."""
    if isinstance(sock, ssl.SSLSocket):
        sock.settimeout(0)
        try:
            sock.unwrap()
        except (OSError, ValueError):
            return  # sent, and no reply yet; or the connection is gone already


def lingering_close(sock: socket.socket, seconds: float) -> None:
    """Send no more, and read until the client closes, at most for some seconds and about a MiB.

    Closing a socket with unread bytes resets the connection, and the client may lose the response. Raises OSError if
    the connection breaks.
    """
    # The methods of the plain socket: TLS has ended, only bytes to skip are left.
    socket.socket.shutdown(sock, socket.SHUT_WR)
    deadline = Deadline.after(seconds)
    left = _MAX_LINGER_BYTES
    while left > 0 and (remaining := deadline.remaining()):
        sock.settimeout(remaining)
        try:
            count = len(socket.socket.recv(sock, 64 * 1024))
        except TimeoutError:
            return
        if not count:
            return
        left -= count
