"""A bound on how many requests of one kind run at the same time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ConcurrencyLimiter:
    """Admits as many at once as the caller's limit says at that moment."""

    def __init__(self) -> None:
        self._running = 0
        self._ended = threading.Condition()

    @contextmanager
    def slot(self, limit: int, *, wait: float = 0.0) -> Iterator[bool]:
        """Hold a slot for the time of a ``with`` block, after at most ``wait`` seconds.

        Yields False, and holds none, when all slots stay taken.
        """
        with self._ended:
            is_admitted = self._ended.wait_for(lambda: self._running < limit, wait)
            self._running += is_admitted
        try:
            yield is_admitted
        finally:
            if is_admitted:
                with self._ended:
                    self._running -= 1
                    self._ended.notify()
