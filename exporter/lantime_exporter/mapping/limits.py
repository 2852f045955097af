"""What the mapping of one document may cost: CPU time, time, samples and text."""

import time
from collections.abc import Sequence

from lantime_exporter.deadline import Deadline
from lantime_exporter.errors import ContentError, DeadlineError

MAX_CPU_SECONDS = 1.5
"""CPU time that mapping one document may take; a chassis full of cards takes less than a tenth of a second."""

MAX_SERIES = 50_000
MAX_PAGE_CHARACTERS = 32 * 1024 * 1024
"""Samples and their text that one document may give; a chassis full of cards has some 3,000 in 400 kB."""


class MappingLimits:
    """The limits of one document, counted from its first step on."""

    def __init__(self, deadline: Deadline | None = None) -> None:
        self._deadline = deadline
        self._cpu_end = time.thread_time() + MAX_CPU_SECONDS

    def check_time(self) -> None:
        """Raise ContentError beyond the CPU time, DeadlineError beyond the deadline."""
        if time.thread_time() > self._cpu_end:
            raise ContentError(f"the status takes more than {MAX_CPU_SECONDS:g} s to map: it is refused")
        if self._deadline is not None and not self._deadline.remaining():
            raise DeadlineError("the deadline passed while the status was mapped")

    def check(self, lines: Sequence[list[str]]) -> None:
        """Raise like ``check_time``, and ContentError for more samples, or more text, than a page may hold."""
        self.check_time()
        texts = [text for found in lines for text in found]
        series, characters = sum(text.count("\n") for text in texts), sum(map(len, texts))
        if series > MAX_SERIES or characters > MAX_PAGE_CHARACTERS:
            raise ContentError(
                f"{series} samples in {characters} characters, more than {MAX_SERIES} or 32 MiB: refused"
            )
