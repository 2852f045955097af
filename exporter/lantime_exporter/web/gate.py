"""A bound on what runs at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets as many in as the caller's limit says at that moment, and turns the others away at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0

    @contextmanager
    def entered(self, limit: int) -> Iterator[bool]:
        """Enter for the time of a ``with`` block; it is given False, and nothing is counted, when the gate is full."""
        with self._lock:
            admitted = self._inside < limit
            self._inside += admitted
        try:
            yield admitted
        finally:
            with self._lock:
                self._inside -= admitted
