"""A bound on how many requests of one kind run at the same time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ConcurrencyLimiter:
    """Admits as many at once as the caller's limit says at that moment, and refuses the others at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0

    @contextmanager
    def slot(self, limit: int) -> Iterator[bool]:
        """Hold a slot for the time of a ``with`` block; yields False, and holds none, when all are taken."""
        with self._lock:
            is_admitted = self._running < limit
            self._running += is_admitted
        try:
            yield is_admitted
        finally:
            with self._lock:
                self._running -= is_admitted
