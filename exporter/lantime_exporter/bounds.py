"""Bounds on waiting: a deadline, the timeout of a socket, and how many threads do one kind of work at once."""

import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

TIMEOUT_PRECISION = 0.01
"""Seconds by which the timeout of a socket may be off: settimeout() is a system call and releases the GIL."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point on the monotonic clock after which waiting is over."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Return the deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Return the seconds left, never less than zero."""
        return max(0.0, self.at - time.monotonic())


def set_timeout(sock: socket.socket, seconds: float) -> None:
    """Set the timeout of a socket, unless it is as long already."""
    current = sock.gettimeout()
    if current is None or abs(current - seconds) > TIMEOUT_PRECISION:
        sock.settimeout(seconds)


class ConcurrencyLimiter:
    """Admits up to ``limit`` threads in order of arrival; each waits at most ``wait`` seconds."""

    def __init__(self, limit: int, wait: float) -> None:
        self._limit = limit
        self._wait = wait
        self._running = 0
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Hold a slot for a ``with`` block. Yields False, and holds none, if no slot became free."""
        is_admitted = self._acquire()
        try:
            yield is_admitted
        finally:
            if is_admitted:
                self._release()

    def _acquire(self) -> bool:
        with self._lock:
            if self._running < self._limit:
                self._running += 1
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=self._wait):
            return True
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        return True  # the slot became free at the last moment

    def _release(self) -> None:
        """Pass the slot to the thread that has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._running -= 1
