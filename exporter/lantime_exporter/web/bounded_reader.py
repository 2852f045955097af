"""Reading a socket within a time and a number of bytes."""

import io
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING

from lantime_exporter.deadline import Deadline
from lantime_exporter.web.request_parser import BadRequest

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_TIMEOUT_TOLERANCE = 0.01


class BoundedReader(io.RawIOBase):
    """The bytes of a socket, until the deadline and up to the number of bytes that ``allow`` sets.

    The timeout of a socket alone is no such bound: it starts anew with every byte. Raises BadRequest with status 408
    after the deadline, and with the status of ``allow`` beyond the number of bytes.
    """

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._socket = sock
        self._deadline = Deadline.after(0)
        self._size = 0
        self._too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE

    def allow(self, size: int, *, seconds: float | None = None, too_large: HTTPStatus) -> None:
        """Allow that many bytes more, for that many seconds from now (None: the deadline stays)."""
        self._size = size
        self._too_large = too_large
        if seconds is not None:
            self._deadline = Deadline.after(seconds)

    def readable(self) -> bool:
        """Return True: this is a stream to read from."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Wait for bytes and return how many were put into the buffer; 0 at the end."""
        if self._size <= 0:
            raise BadRequest(self._too_large, "the request is too long")
        remaining = self._deadline.remaining()
        if not remaining:
            raise BadRequest(HTTPStatus.REQUEST_TIMEOUT, "the request took too long to arrive")
        set_timeout(self._socket, remaining)
        try:
            count = self._socket.recv_into(memoryview(buffer)[: self._size])
        except TimeoutError as error:
            raise BadRequest(HTTPStatus.REQUEST_TIMEOUT, "the request took too long to arrive") from error
        self._size -= count
        return count


def set_timeout(sock: socket.socket, seconds: float) -> None:
    """Set the timeout of a socket, unless it is within the tolerance: settimeout() is a system call."""
    current = sock.gettimeout()
    if current is None or abs(current - seconds) > _TIMEOUT_TOLERANCE:
        sock.settimeout(seconds)
