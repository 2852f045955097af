"""A fair bound on how many threads do one kind of work at the same time."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class ConcurrencyLimiter:
    """Admits threads in order of arrival, up to the limit that the caller gives."""

    def __init__(self) -> None:
        self._running = 0
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def slot(self, limit: int, *, wait: float = 0.0) -> Iterator[bool]:
        """Hold a slot for a ``with`` block, after at most ``wait`` seconds.

        Yields False, and holds none, if no slot became free.
        """
        is_admitted = self._acquire(limit, wait)
        try:
            yield is_admitted
        finally:
            if is_admitted:
                self._release()

    def _acquire(self, limit: int, wait: float) -> bool:
        with self._lock:
            if self._running < limit:
                self._running += 1
                return True
            if not wait:
                return False
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=wait):
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
