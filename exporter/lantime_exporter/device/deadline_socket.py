"""Sockets that keep a deadline over all their reads together, however slowly the bytes come.

A socket's own timeout bounds one operation, so a byte now and then holds a reader for as long as the device likes.
Here every read first shrinks the timeout to what is left. Connecting, sending and the TLS handshake are single
operations.
"""

import io
import socket
import ssl
from typing import TYPE_CHECKING, Any, cast

from lantime_exporter.device.request_timing import RequestTiming

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PRECISION = 0.01
"""Seconds by which a timeout may be off: settimeout() is a system call and releases the GIL."""

READ_BYTES = 65536
"""Bytes read at once: most responses come whole, where http.client's 8 KiB take several system calls."""


class DeadlineSocket(socket.socket):
    """A TCP socket that serves one request after the other; ``timing`` is the current one."""

    timing: RequestTiming

    def begin(self, timing: RequestTiming) -> None:
        """Serve this request from now on; raises TimeoutError if its deadline has passed."""
        self.timing = timing
        self._shrink_timeout()

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0) -> int:
        """Read as ``socket.recv_into`` does; raises TimeoutError at the deadline, ContentError for too many bytes."""
        self._shrink_timeout()
        count = super().recv_into(buffer, nbytes or 0, flags)
        self.timing.received(count)
        return count

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:  # type: ignore[override]  # as http.client calls it
        """Return the stream from which http.client reads the response."""
        return cast("io.BufferedReader", super().makefile("rb", READ_BYTES))

    def _shrink_timeout(self) -> None:
        left = self.timing.remaining()
        current = self.gettimeout()
        if current is None or abs(current - left) > PRECISION:
            self.settimeout(left)


class DeadlineTlsSocket(DeadlineSocket, ssl.SSLSocket):
    """The same over TLS."""
