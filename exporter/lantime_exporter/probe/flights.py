"""One fetch for all who want the same at the same time, and for a while after it, where the module says so."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.errors import DeadlineError

WORTH_ASKING = 1.0
"""Seconds that make another request worth its trouble for the device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """The outcome of a fetch.

    ``joined`` says that another probe made it at this moment; ``age`` how long ago an earlier one did, in seconds, None
    for a new one.
    """

    fetch: Fetch
    joined: bool = False
    age: float | None = None


@dataclass(slots=True)
class _Flight:
    done: threading.Event = field(default_factory=threading.Event)
    fetch: Fetch | None = None


class Flights:
    """The fetches from one device, by resource."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._under_way: dict[str, _Flight] = {}
        self._landed: dict[str, tuple[float, Fetch]] = {}

    def fetch(
        self, resource: str, deadline: Deadline, ask: Callable[[str, Deadline], Fetch], min_interval: float = 0.0
    ) -> Landed:
        """Return the outcome of ``ask(resource, deadline)``, or of the same question that another thread asks now.

        A body younger than ``min_interval`` seconds is returned again without asking. Where the other thread had less
        time and ran out of it, this one asks for itself, unless there is less than ``WORTH_ASKING`` left.
        """
        while True:
            with self._lock:
                made, last = self._landed.get(resource, (0.0, None))
                age = self._clock() - made
                if last is not None and age < min_interval:
                    return Landed(fetch=last, age=age)
                flight = self._under_way.get(resource)
                leading = flight is None
                if flight is None:
                    flight = self._under_way[resource] = _Flight()
            if leading:
                return Landed(fetch=self._lead(resource, flight, deadline, ask, keep=min_interval > 0))
            if not flight.done.wait(deadline.remaining()):
                error = DeadlineError("no answer yet to the request of another probe")
                return Landed(fetch=Fetch(exchanges=(), error=error), joined=True)
            if flight.fetch is not None and not _is_unfinished(flight.fetch, deadline):
                return Landed(fetch=flight.fetch, joined=True)

    def _lead(
        self, resource: str, flight: _Flight, deadline: Deadline, ask: Callable[[str, Deadline], Fetch], *, keep: bool
    ) -> Fetch:
        try:
            flight.fetch = ask(resource, deadline)
        finally:
            with self._lock:
                del self._under_way[resource]
                self._landed.pop(resource, None)
                if keep and flight.fetch is not None and flight.fetch.body is not None:
                    self._landed[resource] = (self._clock(), flight.fetch)
            flight.done.set()
        return flight.fetch


def _is_unfinished(fetch: Fetch, deadline: Deadline) -> bool:
    return isinstance(fetch.error, DeadlineError) and deadline.remaining() >= WORTH_ASKING
