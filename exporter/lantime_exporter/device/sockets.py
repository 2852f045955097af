"""Sockets that keep a deadline over all their reads together, however slowly the bytes come.

A socket's own timeout bounds one operation, so one byte now and then holds a reader for as long as it likes. Here every
read first shrinks the timeout to what is left, give or take a hundredth of a second. Connecting, sending and the TLS
handshake are single operations. No thread watches, so a request that is in time pays two readings of the clock for each
read.
"""

import io
import socket
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from lantime_exporter.device.resolver import Address
from lantime_exporter.device.trace import Trace

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


PRECISION = 0.01
"""Seconds by which a timeout may be off; to set it is a system call, which lets other threads in."""


ANSWER_BYTES = 65536
"""Bytes read at once: most answers come whole, where http.client's 8 KiB would take several system calls."""


class DeadlineSocket(socket.socket):
    """A TCP socket that serves one request after the other; ``trace`` is the one at hand."""

    trace: Trace

    def serve(self, trace: Trace) -> None:
        """Work for this request from now on; raises TimeoutError when its deadline has passed."""
        self.trace = trace
        self._be_patient()

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0) -> int:
        """Read as ``socket.recv_into`` does; raises TimeoutError at the deadline, ContentError when it is too much."""
        self._be_patient()
        count = super().recv_into(buffer, nbytes or 0, flags)
        self.trace.received(count)
        return count

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:  # type: ignore[override]  # as http.client asks for it
        """Return the stream from which ``http.client.HTTPResponse`` reads the answer."""
        return cast("io.BufferedReader", super().makefile("rb", ANSWER_BYTES))

    def _be_patient(self) -> None:
        left = self.trace.patience()
        current = self.gettimeout()
        if current is None or abs(current - left) > PRECISION:
            self.settimeout(left)


class DeadlineTlsSocket(DeadlineSocket, ssl.SSLSocket):
    """The same over TLS."""


def dial(addresses: Sequence[Address], trace: Trace) -> DeadlineSocket:
    """Connect to the first address that answers; each gets an equal share of the time left.

    Raises OSError, that of the last address, or TimeoutError.
    """
    failure = OSError("the name has no address")
    for tries_left, (family, kind, protocol, _, address) in zip(range(len(addresses), 0, -1), addresses, strict=True):
        sock = DeadlineSocket(family, kind, protocol)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(trace.patience() / tries_left)
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
        else:
            sock.serve(trace)
            return sock
    raise failure
