"""Limits for the mapping of one document: CPU time, time, samples and text."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from lantime_exporter.bounds import LARGE_PAGE_BYTES, ConcurrencyLimiter, Deadline, LargeResponses, PriorityLock
from lantime_exporter.config.settings import Module
from lantime_exporter.errors import ContentError, DeadlineError

SECONDS_BETWEEN_CHECKS = 0.005
"""Time between two readings of the CPU time, which take thirty times as long as reading the clock."""

MAX_CPU_SECONDS = 1.5
"""CPU time that mapping one document may take; a chassis full of cards takes less than a tenth of a second."""

MAX_SHARED_CHECKS = 25
"""Checks after which a mapping gives way to shorter ones only, so that only one at a time grows further in memory.

They take 0.1 s, and are counted because the CPU time of a short mapping can include a garbage collection."""


@dataclass(frozen=True, slots=True)
class SharedLimits:
    """The limits that all mappings share.

    ``processing`` limits the threads that map. A mapping that takes longer than ``SECONDS_BETWEEN_CHECKS`` gives its
    place to others and continues with the lock ``long_mappings``, which goes to the mapping that has run shortest.
    ``large_responses`` limits the threads that hold a large page.
    """

    processing: ConcurrencyLimiter = field(default_factory=lambda: ConcurrencyLimiter(1, wait=0))
    large_responses: LargeResponses = field(default_factory=LargeResponses)
    long_mappings: PriorityLock = field(default_factory=PriorityLock)


class MappingLimits:
    """The limits of one document, from its first step; the module sets those of samples and text."""

    def __init__(self, module: Module, shared: SharedLimits, deadline: Deadline) -> None:
        self._module = module
        self._shared = shared
        self._deadline = deadline
        self._began = time.monotonic()
        self._cpu_began = time.thread_time()
        self._next_check = 0.0
        self._checks = 0
        self._turn = ExitStack()
        self._is_long = False
        self._is_large = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let this thread compute in a ``with`` block."""
        self._is_long, self._next_check = False, 0.0
        try:
            with self._turn:
                self._turn.enter_context(self._shared.processing)
                yield
        finally:
            self._next_check = math.inf  # nobody would release what a later visit of the tree takes

    def check_time(self) -> None:
        """Raise ContentError beyond the CPU time, DeadlineError beyond the deadline. Shorter mappings go first."""
        if time.monotonic() < self._next_check:
            return
        used = time.thread_time() - self._cpu_began
        if used > MAX_CPU_SECONDS:
            raise ContentError(f"the status takes more than {MAX_CPU_SECONDS:g} s to map: it is rejected")
        self._checks += 1
        if used > SECONDS_BETWEEN_CHECKS:
            self._take_long_turn((min(self._checks, MAX_SHARED_CHECKS), self._began, threading.get_ident()))
        self._next_check = time.monotonic() + SECONDS_BETWEEN_CHECKS
        if not self._deadline.remaining():
            raise DeadlineError("the deadline passed while the status was mapped")

    def _take_long_turn(self, rank: tuple[float, float, int]) -> None:
        """Hold the lock of long mappings, unless another thread goes first."""
        lock = self._shared.long_mappings
        if self._is_long and not lock.is_wanted_before(rank):
            return
        self._turn.close()
        if not lock.acquire(rank, self._deadline.remaining()):
            raise DeadlineError("the deadline passed while other long statuses were mapped")
        self._turn.callback(lock.release)
        self._is_long = True

    def check_page(self, characters: int) -> None:
        """Raise like ``check_time``; with a large page, wait until this thread may hold it."""
        self.check_time()
        if characters > LARGE_PAGE_BYTES and not self._is_large:
            self._turn.close()
            self._is_long, self._next_check = False, 0.0
            self._shared.large_responses.check(characters, LARGE_PAGE_BYTES, self._deadline)
            self._is_large = True
            self.check_time()

    def check(self, series: int, characters: int) -> None:
        """Raise like ``check_page``, and ContentError for too many samples or too much text."""
        self.check_page(characters)
        most = self._module.max_series
        if series > most:
            raise ContentError(f"the status gives {series} series, more than max_series ({most})")
        if characters > self._module.max_page_bytes:
            raise ContentError(f"the status gives {characters} bytes of series, more than max_page_bytes")
