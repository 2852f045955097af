"""Limits for the mapping of one document: CPU time, time, samples and text."""

import time

from lantime_exporter.bounds import LARGE_BYTES, ConcurrencyLimiter, Deadline, LargeResponses
from lantime_exporter.config.settings import Module
from lantime_exporter.errors import ContentError, DeadlineError

SECONDS_BETWEEN_CHECKS = 0.005
"""Time between two readings of the CPU time, which take thirty times as long as reading the clock; then threads that
wait go first."""

MAX_CPU_SECONDS = 1.5
"""CPU time that mapping one document may take; a chassis full of cards takes less than a tenth of a second."""


class MappingLimits:
    """The limits of one document, from its first step; the module sets those of samples and text.

    ``processing`` limits the threads that map: between two steps this one lets those that wait go first.
    ``large_responses`` limits the threads that hold a large page.
    """

    def __init__(
        self, module: Module, processing: ConcurrencyLimiter, large_responses: LargeResponses, deadline: Deadline
    ) -> None:
        self._max_series = module.max_series
        self._max_page_bytes = module.max_page_bytes
        self._processing = processing
        self._large_responses = large_responses
        self._deadline = deadline
        self._is_large = False
        self._next_check = 0.0
        self._cpu_end = time.thread_time() + MAX_CPU_SECONDS

    def check_time(self) -> None:
        """Raise ContentError beyond the CPU time, DeadlineError beyond the deadline."""
        if time.monotonic() < self._next_check:
            return
        if time.thread_time() > self._cpu_end:
            raise ContentError(f"the status takes more than {MAX_CPU_SECONDS:g} s to map: it is rejected")
        self._processing.give_way()
        self._next_check = time.monotonic() + SECONDS_BETWEEN_CHECKS
        if not self._deadline.remaining():
            raise DeadlineError("the deadline passed while the status was mapped")

    def check_page(self, characters: int) -> None:
        """Raise like ``check_time``; with a large page, wait until this thread may hold it."""
        self.check_time()
        if characters > LARGE_BYTES and not self._is_large:
            with self._processing.paused():
                self._large_responses.check(characters, self._deadline)
            self._is_large = True

    def check(self, series: int, characters: int) -> None:
        """Raise like ``check_page``, and ContentError for too many samples or too much text."""
        self.check_page(characters)
        if series > self._max_series:
            raise ContentError(f"the status gives {series} series, more than max_series ({self._max_series})")
        if characters > self._max_page_bytes:
            raise ContentError(f"the status gives {characters} bytes of series, more than max_page_bytes")
