"""A fair bound on how many threads map and render at the same time."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

MAX_PROCESSING = 4
"""Threads that compute at the same time. Python runs one of them; the others are compressing, or read and write."""

MAX_WAIT = 1.0
"""Seconds after which a thread computes without a slot, so that a document that takes long delays nobody further."""


class ProcessingSlots:
    """Admits threads to work that takes CPU, a few at a time and in the order in which they came.

    Otherwise all threads compete for Python's global lock, and one that needs it for a moment, such as a health check,
    waits behind hundreds.
    """

    def __init__(self, count: int = MAX_PROCESSING, max_wait: float = MAX_WAIT) -> None:
        self._free = count
        self._max_wait = max_wait
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold a slot for the time of a ``with`` block; without one after ``max_wait`` seconds."""
        has_slot = self._acquire()
        try:
            yield
        finally:
            if has_slot:
                self._release()

    def _acquire(self) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=self._max_wait):
            return True
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        return True  # the slot came at the last moment

    def _release(self) -> None:
        """Hand the slot to the thread that waits for longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
