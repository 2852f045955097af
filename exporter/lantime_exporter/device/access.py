"""What all clients of one device share, so that the device is neither overloaded nor bans the user."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.auth import Credentials
from lantime_exporter.device.connection import MAX_CONNECTIONS
from lantime_exporter.errors import DeadlineError, LockoutError

FIRST_PAUSE = 300.0
MAX_PAUSE = 3600.0

MAX_REFUSED = 64
"""Credentials remembered as refused; a password file that is rewritten again and again makes no more."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    count: int
    until: float


class DeviceAccess:
    """Admits requests to one device: ``MAX_CONNECTIONS`` at a time, and none with credentials that it refused.

    The first rejection locks the credentials out for ``FIRST_PAUSE`` seconds, because LTOS bans users who repeat wrong
    passwords. Each further one doubles the pause up to ``MAX_PAUSE``; a successful response ends it. One request at a
    time tries credentials that were not accepted yet. Keep one object per device, for all modules, auths, slots and
    reloads. ``clock`` is monotonic, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turns = threading.BoundedSemaphore(MAX_CONNECTIONS)
        self._trial = threading.BoundedSemaphore()
        self._lock = threading.Lock()
        self._accepted: set[Credentials] = set()
        self._refusals: OrderedDict[Credentials, _Refusal] = OrderedDict()

    @contextmanager
    def enter(self, credentials: Credentials, deadline: Deadline) -> Iterator[None]:
        """Wait for a turn. Raises LockoutError, or DeadlineError if the deadline passes first."""
        with (
            _holding(self._turns, deadline, "other requests to the device were under way"),
            self._login(credentials, deadline),
        ):
            pause = self.lockout_seconds(credentials)
            if pause:
                raise LockoutError(
                    f"not asked for another {pause:.0f} s, because it refused user or password; correct them and reload"
                )
            yield

    def lockout_seconds(self, credentials: Credentials | None = None) -> float:
        """Return the seconds in which the device is not asked with these credentials, or with any."""
        with self._lock:
            if credentials is None:
                until = max((refusal.until for refusal in self._refusals.values()), default=0.0)
            else:
                refusal = self._refusals.get(credentials)
                until = 0.0 if refusal is None else refusal.until
            return max(0.0, until - self._clock())

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

    def _login(self, credentials: Credentials, deadline: Deadline) -> AbstractContextManager[None]:
        if credentials in self._accepted:
            return nullcontext()
        return _holding(self._trial, deadline, "another request tried user and password")


@contextmanager
def _holding(lock: threading.Semaphore, deadline: Deadline, activity: str) -> Iterator[None]:
    if not lock.acquire(timeout=deadline.remaining()):
        raise DeadlineError(f"the deadline passed while {activity}")
    try:
        yield
    finally:
        lock.release()
