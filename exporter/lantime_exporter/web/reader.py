"""Reading a socket within a time and a number of bytes."""

import io
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING

from lantime_exporter.deadline import Deadline
from lantime_exporter.web.http1 import MalformedRequest

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


_PRECISION = 0.01


def set_timeout(sock: socket.socket, seconds: float) -> None:
    """Set the timeout of a socket, unless it is as good as set; to set it is a system call, which yields to others."""
    current = sock.gettimeout()
    if current is None or not seconds - _PRECISION <= current <= seconds + _PRECISION:
        sock.settimeout(seconds)


class BoundedReader(io.RawIOBase):
    """The bytes of a socket, until the deadline and up to the number of bytes that ``allow`` sets.

    The timeout of a socket is no such bound: it starts anew with every byte.
    Raises TimeoutError after the deadline and MalformedRequest (431) beyond the number of bytes.
    """

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._socket = sock
        self._deadline = Deadline.after(0)
        self._size = 0

    def allow(self, *, seconds: float | None = None, size: int) -> None:
        """Allow that many bytes more, for that many seconds from now (None: the deadline stays)."""
        self._size = size
        if seconds is not None:
            self._deadline = Deadline.after(seconds)

    def readable(self) -> bool:
        """Say that this is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Wait for bytes and return how many were put into the buffer; 0 at the end."""
        if self._size <= 0:
            raise MalformedRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "request line and headers are too long")
        remaining = self._deadline.remaining()
        if not remaining:
            raise TimeoutError("the client is too slow")
        set_timeout(self._socket, remaining)
        count = self._socket.recv_into(memoryview(buffer)[: self._size])
        self._size -= count
        return count
