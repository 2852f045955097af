"""The growing pause after a device refused the credentials, because LTOS bans users who repeat wrong ones."""

import threading
from collections.abc import Callable

from lantime_exporter.device.credentials import Credentials

FIRST_PAUSE = 300.0
LONGEST_PAUSE = 3600.0


class Lockout:
    """Says whether a device may be asked.

    The first refusal pauses ``FIRST_PAUSE`` seconds, and every further one doubles the pause up to ``LONGEST_PAUSE``.
    An answer ends it, and so do other credentials than the refused ones. ``clock`` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._refused: Credentials | None = None
        self._refusals = 0
        self._until = 0.0

    def remaining(self, credentials: Credentials | None = None) -> float:
        """Return the seconds in which the device must not be asked with these credentials, or with the refused ones."""
        with self._lock:
            if self._refused is None or credentials not in (None, self._refused):
                return 0.0
            return max(0.0, self._until - self._clock())

    def refused(self, credentials: Credentials, requests: int) -> None:
        """Note that the device refused these credentials after so many requests; each counts as a refusal."""
        with self._lock:
            self._refusals = requests + (self._refusals if credentials == self._refused else 0)
            self._refused = credentials
            self._until = self._clock() + min(FIRST_PAUSE * 2.0 ** min(self._refusals - 1, 10), LONGEST_PAUSE)

    def accepted(self) -> None:
        """Note that the device answered."""
        with self._lock:
            self._refused = None
            self._refusals = 0
