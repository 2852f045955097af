"""A limit on the probes that hold a large response, which can take five times its size while it is decoded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lantime_exporter.bounds import Deadline
from lantime_exporter.errors import DeadlineError

LARGE_BYTES = 1024 * 1024
"""Bytes of a large response; the status of a LANTIME has 30 to 300 kB."""

MAX_LARGE_RESPONSES = 2
"""Probes that hold a large response at the same time; the others wait with the first part of theirs."""


class LargeResponses:
    """The probes that hold a large response, each in its thread. Safe for use by several threads."""

    def __init__(self) -> None:
        self._free = threading.Semaphore(MAX_LARGE_RESPONSES)
        self._thread = threading.local()

    def check(self, size: int, deadline: Deadline) -> None:
        """Wait until this thread may hold so many bytes. Raises DeadlineError."""
        if size <= LARGE_BYTES or self._holds_one():
            return
        if not self._free.acquire(timeout=deadline.remaining()):
            raise DeadlineError("the deadline passed while other large responses were processed")
        self._thread.holds_one = True

    @contextmanager
    def released(self) -> Iterator[None]:
        """Let other threads continue after a ``with`` block, in which this one may hold a large response."""
        try:
            yield
        finally:
            if self._holds_one():
                self._thread.holds_one = False
                self._free.release()

    def _holds_one(self) -> bool:
        return getattr(self._thread, "holds_one", False)
