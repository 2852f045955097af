"""The growing pause after a device refused credentials, because LTOS bans users who repeat wrong ones."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.auth import Credentials
from lantime_exporter.errors import DeadlineError

FIRST_PAUSE = 300.0
MAX_PAUSE = 3600.0

MAX_REFUSED = 64
"""Credentials remembered as refused; a password file that is rewritten again and again makes no more."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    count: int
    until: float


class Lockout:
    """Decides whether a device may be asked with some credentials.

    The first refusal pauses ``FIRST_PAUSE`` seconds, and every further one doubles the pause up to ``MAX_PAUSE``. An
    answer ends it. Credentials that were not accepted yet are tried by one request at a time. One lockout serves all
    clients of a device: share it between modules and over reloads. ``clock`` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._trial = threading.Lock()
        self._accepted: set[Credentials] = set()
        self._refusals: OrderedDict[Credentials, _Refusal] = OrderedDict()

    def remaining(self, credentials: Credentials | None = None) -> float:
        """Return the seconds in which the device must not be asked with these credentials, or with any."""
        with self._lock:
            if credentials is None:
                until = max((refusal.until for refusal in self._refusals.values()), default=0.0)
            else:
                refusal = self._refusals.get(credentials)
                until = 0.0 if refusal is None else refusal.until
            return max(0.0, until - self._clock())

    @contextmanager
    def login(self, credentials: Credentials, deadline: Deadline) -> Iterator[float]:
        """Yield ``remaining``; until the credentials were accepted, only one thread at a time gets this far.

        Raises DeadlineError if others try for so long that the deadline passes.
        """
        if credentials in self._accepted:
            yield self.remaining(credentials)
            return
        if not self._trial.acquire(timeout=deadline.remaining()):
            raise DeadlineError("the deadline passed while another request tried user and password")
        try:
            yield self.remaining(credentials)
        finally:
            self._trial.release()

    def refused(self, credentials: Credentials, requests: int) -> None:
        """Note that the device refused these credentials after so many requests; each counts as a refusal."""
        with self._lock:
            self._accepted.discard(credentials)
            known = self._refusals.pop(credentials, None)
            count = requests + (0 if known is None else known.count)
            pause = min(FIRST_PAUSE * 2.0 ** min(count - 1, 10), MAX_PAUSE)
            self._refusals[credentials] = _Refusal(count, self._clock() + pause)
            if len(self._refusals) > MAX_REFUSED:
                self._refusals.popitem(last=False)

    def accepted(self, credentials: Credentials) -> None:
        """Note that the device answered to these credentials."""
        if credentials in self._accepted and credentials not in self._refusals:
            return
        with self._lock:
            self._accepted = {credentials, *list(self._accepted)[: MAX_REFUSED - 1]}
            self._refusals.pop(credentials, None)
