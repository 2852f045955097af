"""Looking up a device's name within a deadline."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeAlias

from lantime_exporter.deadline import Deadline

Address: TypeAlias = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""What ``socket.getaddrinfo`` returns: family, type, protocol, canonical name and the address to connect to."""

Lookup: TypeAlias = Callable[[str, int], Sequence[Address]]


def system_lookup(host: str, port: int) -> Sequence[Address]:
    """Ask the system's resolver, which knows no timeout; raises socket.gaierror."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Resolver:
    """Looks up one host.

    The system's resolver cannot be interrupted, so a name is looked up in a thread of its own, of which there is never
    more than one: who asks while it runs waits for its answer. IP addresses need no thread.
    """

    def __init__(self, host: str, port: int, lookup: Lookup = system_lookup) -> None:
        self._host = host
        self._port = port
        self._lookup = lookup
        self._lock = threading.Lock()
        self._running: Future[Sequence[Address]] | None = None

    def addresses(self, deadline: Deadline) -> Sequence[Address]:
        """Return the addresses of the host; raises OSError, and TimeoutError when they are not known in time."""
        if _is_address(self._host):
            return self._lookup(self._host, self._port)
        with self._lock:
            if self._running is None or self._running.done():
                self._running = Future()
                threading.Thread(target=self._run, args=(self._running,), name="resolver", daemon=True).start()
            running = self._running
        return running.result(deadline.remaining())

    def _run(self, answer: Future[Sequence[Address]]) -> None:
        try:
            answer.set_result(self._lookup(self._host, self._port))
        except OSError as error:
            answer.set_exception(error)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
