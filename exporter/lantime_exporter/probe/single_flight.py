"""Single flight: concurrent probes of a device share one request, and ``min_interval`` serves its answer again."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.errors import DeadlineError

MIN_RETRY_TIME = 1.0
"""Seconds that must be left for a second request when the shared one timed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFetch:
    """The outcome of a fetch.

    ``is_joined`` is true if another probe made the request; ``age`` is the age in seconds of an answer that is served
    again, None for a new one.
    """

    fetch: Fetch
    is_joined: bool = False
    age: float | None = None


@dataclass(slots=True)
class _Call:
    """A request that is under way."""

    done: threading.Event = field(default_factory=threading.Event)
    fetch: Fetch | None = None


class SingleFlight:
    """The fetches from one device, by resource. Safe for use by several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[str, _Call] = {}
        self._answers: dict[str, tuple[float, Fetch]] = {}

    def fetch(
        self, resource: str, deadline: Deadline, send: Callable[[str, Deadline], Fetch], min_interval: float = 0.0
    ) -> SharedFetch:
        """Return the outcome of ``send(resource, deadline)``, or of the same call that another thread makes now.

        An answer younger than ``min_interval`` seconds is returned without a request. If the other thread had a shorter
        deadline and missed it, this one sends its own request, unless less than ``MIN_RETRY_TIME`` is left.
        """
        while True:
            with self._lock:
                received_at, answer = self._answers.get(resource, (0.0, None))
                age = self._clock() - received_at
                if answer is not None and age < min_interval:
                    return SharedFetch(fetch=answer, age=age)
                call = self._calls.get(resource)
                is_first = call is None
                if call is None:
                    call = self._calls[resource] = _Call()
            if is_first:
                return SharedFetch(fetch=self._send(resource, call, deadline, send, is_kept=min_interval > 0))
            if not call.done.wait(deadline.remaining()):
                error = DeadlineError("no answer yet to the request of another probe")
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
                self._answers.pop(resource, None)
                if is_kept and call.fetch is not None and call.fetch.body is not None:
                    self._answers[resource] = (self._clock(), call.fetch)
            call.done.set()
        return call.fetch


def _is_worth_a_retry(fetch: Fetch, deadline: Deadline) -> bool:
    return isinstance(fetch.error, DeadlineError) and deadline.remaining() >= MIN_RETRY_TIME
