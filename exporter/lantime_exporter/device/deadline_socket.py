"""Sockets with one deadline for all reads of a response, however slowly the bytes arrive.

The timeout of a plain socket applies to each operation, so a device that trickles bytes could hold a reader forever.
Here every read first reduces the timeout to the time left. Connecting, sending and the TLS handshake are single
operations.
"""

import io
import socket
import ssl
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from lantime_exporter.bounds import Deadline, set_timeout
from lantime_exporter.errors import ContentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_FRAMING_BYTES = 1024 * 1024
"""Bytes besides the body: more than the headers and chunk sizes of any normal response."""

READ_BYTES = 65536
"""Bytes read at once; http.client's 8 KiB would take several system calls for most responses."""


@dataclass(slots=True)
class RequestTiming:
    """Measurements of one request; times are seconds on the monotonic clock."""

    deadline: Deadline
    max_body_bytes: int
    started_at: float = field(default_factory=time.monotonic)
    phases: dict[str, float] = field(default_factory=dict)
    reused: bool | None = None
    certificate_not_after: float | None = None
    sent_at: float | None = None
    first_byte_at: float | None = None
    rtt: float | None = None
    received_bytes: int = 0

    @property
    def stage(self) -> str:
        """Return what the request was doing last, to end "the deadline passed while ..."."""
        if self.first_byte_at is not None:
            return "reading the response"
        if self.sent_at is not None:
            return "waiting for the response"
        if self.reused is not None:
            return "sending the request"
        return "negotiating TLS" if "connect" in self.phases else "connecting"

    def remaining(self) -> float:
        """Return the seconds that the next socket operation may take; raises TimeoutError if none are left."""
        seconds = self.deadline.remaining()
        if not seconds:
            raise TimeoutError
        return seconds

    def connected(self) -> None:
        """Note that TCP, and the tunnel of a proxy, is established."""
        self.phases["connect"] = time.monotonic() - self.started_at

    def secured(self) -> None:
        """Note that the TLS handshake is complete."""
        self.phases["tls"] = time.monotonic() - self.started_at - self.phases["connect"]

    def sent(self) -> None:
        """Note that the request was sent."""
        self.sent_at = time.monotonic()

    def received(self, count: int) -> None:
        """Count bytes read from the connection; raises ContentError for more than any response may have.

        The client measures the body. This bound keeps endless headers, chunk sizes and trailers out of memory.
        """
        if count and self.first_byte_at is None and self.sent_at is not None:
            self.first_byte_at = time.monotonic()
            self.phases["wait"] = self.first_byte_at - self.sent_at
        self.received_bytes += count
        if self.received_bytes > self.max_body_bytes + MAX_FRAMING_BYTES:
            raise too_large(self.max_body_bytes)

    def completed(self) -> None:
        """Note that the last byte of the response was read."""
        now = time.monotonic()
        if self.sent_at is not None and self.first_byte_at is not None:
            self.phases["transfer"] = now - self.first_byte_at
            self.rtt = now - self.sent_at


current_timing: ContextVar[RequestTiming] = ContextVar("current_timing")
"""The request of this thread; urllib3 does not pass it to its connections."""


def too_large(max_bytes: int) -> ContentError:
    """Return the error for a body that has more bytes than this."""
    return ContentError(f"the response is larger than {max_bytes} bytes (max_response_bytes)")


class DeadlineSocket(socket.socket):
    """A TCP socket that serves one request after the other; ``timing`` is the current one."""

    timing: RequestTiming

    def begin(self, timing: RequestTiming) -> None:
        """Serve this request from now on; raises TimeoutError if its deadline has passed."""
        self.timing = timing
        set_timeout(self, timing.remaining())

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0) -> int:
        """Read as ``socket.recv_into`` does; raises TimeoutError at the deadline, ContentError for too many bytes."""
        set_timeout(self, self.timing.remaining())
        count = super().recv_into(buffer, nbytes or 0, flags)
        self.timing.received(count)
        return count

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:  # type: ignore[override]  # as http.client calls it
        """Return the stream from which http.client reads the response."""
        return cast("io.BufferedReader", super().makefile("rb", READ_BYTES))


class DeadlineTlsSocket(DeadlineSocket, ssl.SSLSocket):
    """The same over TLS."""
