"""Name resolution within a deadline, and connection to one of the addresses."""

import errno
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeAlias

from lantime_exporter.bounds import Deadline
from lantime_exporter.device.deadline_socket import DeadlineSocket, RequestTiming
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import ConnectError

SocketAddress: TypeAlias = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""What ``socket.getaddrinfo`` returns: family, type, protocol, canonical name and the address to connect to."""

Lookup: TypeAlias = Callable[[str, int], Sequence[SocketAddress]]

DEAD_SECONDS = 300.0
"""Seconds during which an unreachable address is tried last."""

NO_DESCRIPTOR = frozenset({errno.EMFILE, errno.ENFILE})
"""The process, or the system, has no file descriptor left: not a fault of the address."""


system_lookup: Lookup = partial(socket.getaddrinfo, type=socket.SOCK_STREAM)
"""The system's resolver, which has no timeout; raises socket.gaierror."""


class Resolver:
    """Looks up the host of an endpoint and connects to it.

    The system's resolver cannot be interrupted, so a name is looked up in a separate thread. There is never more than
    one: other callers wait for its result. IP addresses need no thread.
    """

    def __init__(
        self, endpoint: Endpoint, lookup: Lookup = system_lookup, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._endpoint = endpoint
        self._lookup = lookup
        self._clock = clock
        self._lock = threading.Lock()
        self._running: Future[Sequence[SocketAddress]] | None = None
        self._failed_at: dict[str, float] = {}

    def connect(self, timing: RequestTiming) -> DeadlineSocket:
        """Connect to the first address that answers; each gets an equal share of the time left.

        An address that failed in the last ``DEAD_SECONDS`` is tried last. Raises TimeoutError at the deadline,
        socket.gaierror, the OSError of a single address, or a ConnectError that lists the failures of several.
        """
        addresses = sorted(self.addresses(timing.deadline), key=self._is_dead)
        failures: list[tuple[str, OSError]] = []
        for index, (family, kind, protocol, _, address) in enumerate(addresses):
            try:
                sock = _connect(family, kind, protocol, address, timing.remaining() / (len(addresses) - index))
            except OSError as error:
                if error.errno in NO_DESCRIPTOR:
                    raise
                timing.remaining()
                failures.append((address[0], error))
                self._failed_at[address[0]] = self._clock()
            else:
                self._failed_at.pop(address[0], None)
                sock.begin(timing)
                return sock
        raise _failure(failures)

    def addresses(self, deadline: Deadline) -> Sequence[SocketAddress]:
        """Return the addresses of the host; raises OSError, ConnectError, and TimeoutError at the deadline."""
        if self._endpoint.address is not None:
            return self._lookup(self._endpoint.host, self._endpoint.port)
        with self._lock:
            if self._running is None or self._running.done():
                self._running = self._start_lookup()
            running = self._running
        return running.result(deadline.remaining())

    def _start_lookup(self) -> Future[Sequence[SocketAddress]]:
        result: Future[Sequence[SocketAddress]] = Future()
        try:
            threading.Thread(target=self._run, args=(result,), name="resolver", daemon=True).start()
        except RuntimeError:
            raise OSError(None, "cannot start a thread to resolve the name") from None
        return result

    def _run(self, result: Future[Sequence[SocketAddress]]) -> None:
        try:
            result.set_result(self._lookup(self._endpoint.host, self._endpoint.port))
        except OSError as error:
            result.set_exception(error)
        except Exception as error:  # noqa: BLE001 -- without a result, all later callers would wait forever
            result.set_exception(ConnectError(f"the name cannot be resolved: {type(error).__name__}"))

    def _is_dead(self, address: SocketAddress) -> bool:
        failed_at = self._failed_at.get(address[4][0])
        return failed_at is not None and self._clock() - failed_at < DEAD_SECONDS


def _connect(
    family: socket.AddressFamily, kind: socket.SocketKind, protocol: int, address: Any, timeout: float
) -> DeadlineSocket:
    sock = DeadlineSocket(family, kind, protocol)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(timeout)
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    return sock


def _failure(failures: Sequence[tuple[str, OSError]]) -> Exception:
    if not failures:
        return ConnectError("the name has no address")
    if len(failures) == 1:
        return failures[0][1]
    return ConnectError("; ".join(f"{host}: {_reason(error)}" for host, error in failures))


def _reason(error: OSError) -> str:
    return "no response in time" if isinstance(error, TimeoutError) else (error.strerror or "failed").lower()
