"""One request as it happens: how long it may still take, and what is known of it so far."""

import time
from dataclasses import dataclass, field

from lantime_exporter.deadline import Deadline
from lantime_exporter.errors import ContentError

_FRAMING_BYTES = 1024 * 1024
"""More than headers and chunk sizes of any sensible answer take."""


@dataclass(slots=True)
class Trace:
    """What the layers below the client note about one request; moments are on the monotonic clock.

    ``max_body_bytes`` bounds the body before and after decompression.
    """

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
    status: int | None = None
    body_bytes: int = 0

    @property
    def stage(self) -> str:
        """Return what the request was doing last, to end "the deadline passed while ..."."""
        if self.first_byte_at is not None:
            return "reading the answer"
        if self.sent_at is not None:
            return "waiting for the answer"
        if self.reused is not None:
            return "sending the request"
        return "shaking hands over TLS" if "connect" in self.phases else "connecting"

    def patience(self) -> float:
        """Return the seconds that the next socket operation may take; raises TimeoutError when none are left."""
        remaining = self.deadline.remaining()
        if not remaining:
            raise TimeoutError
        return remaining

    def received(self, count: int) -> None:
        """Note bytes read from the connection; raises ContentError when there are more than any answer may have.

        The body is measured where it is read; this bound keeps endless headers, chunk sizes and trailers out of memory.
        """
        if count and self.first_byte_at is None and self.sent_at is not None:
            self.first_byte_at = time.monotonic()
            self.phases["wait"] = self.first_byte_at - self.sent_at
        self.received_bytes += count
        if self.received_bytes > self.max_body_bytes + _FRAMING_BYTES:
            raise too_large(self.max_body_bytes)

    def read(self, count: int) -> None:
        """Note bytes of the body as sent; raises ContentError when there are more than it may have."""
        self.body_bytes += count
        if self.body_bytes > self.max_body_bytes:
            raise too_large(self.max_body_bytes)

    def connected(self) -> None:
        """Note that TCP, and the proxy's tunnel if there is one, stands."""
        self.phases["connect"] = time.monotonic() - self.started_at

    def secured(self, certificate_not_after: float | None) -> None:
        """Note that the TLS handshake is over."""
        self.phases["tls"] = time.monotonic() - self.started_at - self.phases["connect"]
        self.certificate_not_after = certificate_not_after

    def sent(self) -> None:
        """Note that the request is on its way."""
        self.sent_at = time.monotonic()

    def complete(self) -> None:
        """Note that the last byte of the answer was read."""
        now = time.monotonic()
        if self.sent_at is not None and self.first_byte_at is not None:
            self.phases["transfer"] = now - self.first_byte_at
            self.rtt = now - self.sent_at


def too_large(max_bytes: int) -> ContentError:
    """Return the error for an answer whose body has more bytes than this, as sent or decompressed."""
    return ContentError(f"the answer is larger than {max_bytes} bytes (max_response_bytes)")
