"""Single flight: concurrent probes of a device share one request, and ``min_interval`` reuses its response."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.errors import DeadlineError

MAX_CACHED_BYTES = 64 * 1024 * 1024
MAX_ANSWER_BYTES = 2 * 1024 * 1024
"""The status of a LANTIME has some 30 to 300 kB."""

MIN_RETRY_TIME = 1.0
"""Seconds that must be left for a second request when the shared one timed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFetch:
    """The outcome of a fetch.

    ``is_joined`` is true if another probe made the request; ``age`` is the age in seconds of a reused response,
    None for a new one.
    """

    fetch: Fetch
    is_joined: bool = False
    age: float | None = None


@dataclass(slots=True)
class _Call:
    """A request in progress."""

    done: threading.Event = field(default_factory=threading.Event)
    fetch: Fetch | None = None


class AnswerCache:
    """The responses of all devices that ``min_interval`` may reuse. Safe for use by several threads.

    Beyond ``MAX_CACHED_BYTES`` the oldest is dropped; a response above ``MAX_ANSWER_BYTES`` is not kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[object, tuple[float, Fetch]] = OrderedDict()
        self.bytes = 0
        """Size of all kept responses."""

    def get(self, key: object) -> tuple[float, Fetch] | None:
        """Return a response and the time of its arrival (monotonic)."""
        return self._answers.get(key)

    def replace(self, key: object, received_at: float, fetch: Fetch | None) -> None:
        """Replace the kept response, or drop it."""
        with self._lock:
            self._drop(key)
            if fetch is None or not 0 < _size(fetch) <= MAX_ANSWER_BYTES:
                return
            self._answers[key] = (received_at, fetch)
            self.bytes += _size(fetch)
            while self.bytes > MAX_CACHED_BYTES:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: object) -> None:
        _, fetch = self._answers.pop(key, (0.0, None))
        self.bytes -= 0 if fetch is None else _size(fetch)


def _size(fetch: Fetch) -> int:
    return len(fetch.body or b"")


class SingleFlight:
    """The fetches from one device, by resource. Safe for use by several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, answers: AnswerCache | None = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[str, _Call] = {}
        self._answers = answers or AnswerCache()

    def fetch(
        self, resource: str, deadline: Deadline, send: Callable[[str, Deadline], Fetch], min_interval: float = 0.0
    ) -> SharedFetch:
        """Return the outcome of ``send(resource, deadline)``, or of the same call in another thread.

        A response younger than ``min_interval`` seconds is returned without a request. If the other thread missed its
        shorter deadline, this one sends a request, unless less than ``MIN_RETRY_TIME`` is left.
        """
        while True:
            with self._lock:
                kept = self._answers.get((self, resource))
                if kept is not None and (age := self._clock() - kept[0]) < min_interval:
                    return SharedFetch(fetch=kept[1], age=age)
                call = self._calls.get(resource)
                is_first = call is None
                if call is None:
                    call = self._calls[resource] = _Call()
            if is_first:
                return SharedFetch(fetch=self._send(resource, call, deadline, send, is_kept=min_interval > 0))
            if not call.done.wait(deadline.remaining()):
                error = DeadlineError("no response yet to the request of another probe")
                return SharedFetch(fetch=Fetch(exchanges=(), error=error), is_joined=True)
            if call.fetch is not None and not _is_worth_a_retry(call.fetch, deadline):
                return SharedFetch(fetch=call.fetch, is_joined=True)

    def _send(
        self, resource: str, call: _Call, deadline: Deadline, send: Callable[[str, Deadline], Fetch], *, is_kept: bool
    ) -> Fetch:
        try:
            call.fetch = send(resource, deadline)
        finally:
            with self._lock:
                del self._calls[resource]
                self._answers.replace((self, resource), self._clock(), call.fetch if is_kept else None)
            call.done.set()
        return call.fetch


def _is_worth_a_retry(fetch: Fetch, deadline: Deadline) -> bool:
    return isinstance(fetch.error, DeadlineError) and deadline.remaining() >= MIN_RETRY_TIME
