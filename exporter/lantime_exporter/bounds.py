"""Bounds on waiting and memory: a deadline, a timeout, threads of one kind of work, of one key, of large responses."""

import math
import socket
import threading
import time
from collections import deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from lantime_exporter.errors import DeadlineError

TIMEOUT_PRECISION = 0.01
"""Seconds by which the timeout of a socket may be off: settimeout() is a system call and releases the GIL."""

LARGE_PAGE_BYTES = 1024 * 1024
"""Bytes of a large page of the exporter; the page of a full chassis has 400 kB."""

LARGE_STATUS_BYTES = 384 * 1024
"""Bytes of a large response of a device, which takes more memory; the status of a LANTIME has 30 to 300 kB."""


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


NEVER = Deadline(math.inf)
"""The deadline that never passes."""


def set_timeout(sock: socket.socket, seconds: float) -> None:
    """Set the timeout of a socket, unless it is as long already."""
    current = sock.gettimeout()
    if current is None or abs(current - seconds) > TIMEOUT_PRECISION:
        sock.settimeout(seconds)


class ConcurrencyLimiter:
    """Admits up to ``limit`` threads; each waits at most ``wait`` seconds.

    Clients take turns, so that one with many requests does not delay the others; each is served in order of arrival.
    """

    def __init__(self, limit: int, wait: float) -> None:
        self._limit = limit
        self._wait = wait
        self._running = 0
        self._waiting: dict[str, deque[threading.Lock]] = {}
        """By client, the next one first."""
        self._lock = threading.Lock()

    @contextmanager
    def slot(self, client: str = "") -> Iterator[bool]:
        """Hold a slot for a ``with`` block. Yields False, and holds none, if no slot became free."""
        is_admitted = self._acquire(client)
        try:
            yield is_admitted
        finally:
            if is_admitted:
                self._release()

    def __enter__(self) -> None:
        """Hold a slot for a ``with`` block; if none became free, one beyond the limit."""
        if not self._acquire(""):
            with self._lock:
                self._running += 1

    def __exit__(self, *_: object) -> None:
        self._release()

    def _acquire(self, client: str) -> bool:
        with self._lock:
            if self._running < self._limit:
                self._running += 1
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.setdefault(client, deque()).append(turn)
        if turn.acquire(timeout=self._wait):
            return True
        with self._lock:
            turns = self._waiting.get(client, deque())
            if turn not in turns:
                return True  # the slot became free at the last moment
            turns.remove(turn)
            if not turns:
                del self._waiting[client]
            return False

    def _release(self) -> None:
        """Pass the slot to the next client, which then queues behind the others; not one beyond the limit."""
        with self._lock:
            if not self._waiting or self._running > self._limit:
                self._running -= 1
                return
            client = next(iter(self._waiting))
            turns = self._waiting.pop(client)
            turns.popleft().release()
            if turns:
                self._waiting[client] = turns


class PriorityLock:
    """A lock that goes to the waiting thread of the lowest rank; no two threads may have the same rank."""

    def __init__(self) -> None:
        self._is_held = False
        self._waiting: dict[tuple[float, ...], threading.Lock] = {}
        """By rank."""
        self._lock = threading.Lock()

    def acquire(self, rank: tuple[float, ...], wait: float) -> bool:
        """Return whether the lock became free within ``wait`` seconds."""
        with self._lock:
            if not self._is_held:
                self._is_held = True
                return True
            turn = self._waiting[rank] = threading.Lock()
            turn.acquire()
        if turn.acquire(timeout=min(wait, threading.TIMEOUT_MAX)):
            return True
        with self._lock:
            return self._waiting.pop(rank, None) is None  # without an entry, it became free at the last moment

    def release(self) -> None:
        """Pass the lock on."""
        with self._lock:
            if self._waiting:
                self._waiting.pop(min(self._waiting)).release()
            else:
                self._is_held = False

    def is_wanted_before(self, rank: tuple[float, ...]) -> bool:
        """Return whether a thread of a lower rank waits."""
        with self._lock:
            return bool(self._waiting) and min(self._waiting) < rank


class KeyedLock:
    """A lock for each key; it exists while a thread holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Hashable, threading.Lock] = WeakValueDictionary()
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, key: Hashable, wait: float) -> Iterator[bool]:
        """Hold the lock of a key for a ``with`` block. Yields False, without the lock, after ``wait`` seconds."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        is_held = lock.acquire(timeout=min(wait, threading.TIMEOUT_MAX))
        try:
            yield is_held
        finally:
            if is_held:
                lock.release()


class LargeResponses:
    """Lets one thread at a time hold a large response, of a device or of the exporter, until it is sent.

    A response can take six times its size while it is decoded. Other threads wait with the first part of theirs.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None

    def check(self, size: int, limit: int, deadline: Deadline) -> None:
        """Wait until this thread may hold so many bytes, which are few up to the limit. Raises DeadlineError."""
        if size <= limit or self._holder == threading.get_ident():
            return
        if not self._lock.acquire(timeout=min(deadline.remaining(), threading.TIMEOUT_MAX)):
            raise DeadlineError("the deadline passed while other large responses were processed or sent")
        self._holder = threading.get_ident()

    def release(self) -> None:
        """Let another thread continue, if this one holds a large response."""
        if self._holder == threading.get_ident():
            self._holder = None
            self._lock.release()
