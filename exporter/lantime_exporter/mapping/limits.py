"""What the mapping of one document may cost: CPU time, time, samples and text."""

import time
from collections.abc import Sequence

from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module
from lantime_exporter.errors import ContentError, DeadlineError

MAX_CPU_SECONDS = 1.5
"""CPU time that mapping one document may take; a chassis full of cards takes less than a tenth of a second."""


MAX_SERIES_PER_BINDING = 12
MAX_BYTES_PER_SERIES = 800
"""What a page that is not measured is taken to have at most; usual are 3 and 100."""


class MappingLimits:
    """The limits of one document, counted from its first step on; samples and text are limited by the module."""

    def __init__(self, module: Module, deadline: Deadline | None = None) -> None:
        self._max_series = module.max_series
        self._max_page_bytes = module.max_page_bytes
        self.max_unchecked_bindings = min(
            module.max_series // MAX_SERIES_PER_BINDING,
            module.max_page_bytes // (MAX_SERIES_PER_BINDING * MAX_BYTES_PER_SERIES),
        )
        """Bindings up to which a page is far below the limits, so that it need not be measured."""
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
        series = sum(text.count("\n") for text in texts)
        if series > self._max_series:
            raise ContentError(f"the status gives {series} series, more than max_series ({self._max_series})")
        size = sum(map(len, texts))
        if size > self._max_page_bytes:
            raise ContentError(f"the status gives {size} bytes of series, more than max_page_bytes")
