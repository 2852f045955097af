"""State of each device between probes: connections, lockout, current requests, responses kept for ``min_interval``."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from lantime_exporter.bounds import Deadline, LargeResponses
from lantime_exporter.config.settings import Auth, Module, Proxy, Tls
from lantime_exporter.device.auth import DeviceAccess
from lantime_exporter.device.client import SYSTEM_CLOCKS, Clocks, DeviceClient
from lantime_exporter.device.connection import OpenConnections, max_open_connections
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import DeadlineError
from lantime_exporter.mapping.plan_cache import LastPlans

MAX_STATES = 2_000
"""States kept besides one for each configured target; beyond that the least recently used is dropped."""


MAX_ACCESSES = 10_000
"""Devices whose lockout is remembered; it must outlive their connections."""

MAX_CACHED_BYTES = 64 * 1024 * 1024
MAX_CACHED_RESPONSE_BYTES = 2 * 1024 * 1024
"""Larger responses are not kept; the status of a LANTIME has some 30 to 300 kB."""

MAX_CLOSED = 8
"""Idle connections to close at once, when there are too many."""

MIN_RETRY_TIME = 1.0
"""Seconds that must be left for a second request when the shared one timed out."""


class ResponseCache:
    """The responses of all devices that ``min_interval`` may reuse. Safe for use by several threads.

    Beyond ``MAX_CACHED_BYTES`` the oldest is dropped; a response above ``MAX_CACHED_RESPONSE_BYTES`` is not kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._responses: OrderedDict[object, tuple[float, Fetch]] = OrderedDict()
        self.bytes = 0
        """Size of all kept responses."""

    def get(self, key: object) -> tuple[float, Fetch] | None:
        """Return a response and the time of its arrival (monotonic)."""
        return self._responses.get(key)

    def replace(self, key: object, received_at: float, fetch: Fetch | None) -> None:
        """Replace the kept response, or drop it."""
        with self._lock:
            self._drop(key)
            if fetch is None or not 0 < _size(fetch) <= MAX_CACHED_RESPONSE_BYTES:
                return
            self._responses[key] = (received_at, fetch)
            self.bytes += _size(fetch)
            while self.bytes > MAX_CACHED_BYTES:
                self._drop(next(iter(self._responses)))

    def _drop(self, key: object) -> None:
        _, fetch = self._responses.pop(key, (0.0, None))
        self.bytes -= 0 if fetch is None else _size(fetch)


def _size(fetch: Fetch) -> int:
    return len(fetch.body or b"")


class SingleFlight:
    """The fetches from one device, by resource. Safe for use by several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, cache: ResponseCache | None = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[str, Future[Fetch | None]] = {}
        """Requests in progress."""
        self._cache = cache or ResponseCache()

    def fetch(
        self, resource: str, deadline: Deadline, send: Callable[[str, Deadline], Fetch], min_interval: float = 0.0
    ) -> Fetch:
        """Return the outcome of ``send(resource, deadline)``, or of the same call in another thread.

        A response younger than ``min_interval`` seconds is returned without a request. If the other thread missed its
        shorter deadline, this one sends a request, unless less than ``MIN_RETRY_TIME`` is left.
        """
        while True:
            with self._lock:
                kept = self._cache.get((self, resource))
                if kept is not None and (age := self._clock() - kept[0]) < min_interval:
                    return replace(kept[1], age=age)
                call = self._calls.get(resource)
                if call is None:
                    own = self._calls[resource] = Future()
                    break
            try:
                fetch = call.result(deadline.remaining())
            except TimeoutError:
                return Fetch(error=DeadlineError("no response yet to the request of another probe"), is_joined=True)
            if fetch is not None and not _is_worth_a_retry(fetch, deadline):
                return replace(fetch, is_joined=True)
        fetch = None
        try:
            fetch = send(resource, deadline)
        finally:
            with self._lock:
                del self._calls[resource]
                self._cache.replace((self, resource), self._clock(), fetch if min_interval else None)
            own.set_result(fetch)
        return fetch


def _is_worth_a_retry(fetch: Fetch, deadline: Deadline) -> bool:
    return isinstance(fetch.error, DeadlineError) and deadline.remaining() >= MIN_RETRY_TIME


@dataclass(slots=True)
class DeviceState:
    """The state of a device, shared by its probes with the same connection settings."""

    client: DeviceClient
    single_flight: SingleFlight
    has_slot_resources: bool = True
    """False once the device rejected the path of an existing slot."""
    last_plans: LastPlans = field(default_factory=LastPlans)


@dataclass(frozen=True, slots=True)
class StateKey:
    """Probes with equal keys share connections. Contains values, not names, so that a reload keeps connections."""

    endpoint: Endpoint
    auth: Auth
    tls: Tls
    proxy: Proxy
    max_response_bytes: int
    sessions: int


class DeviceStates:
    """The states of all devices, kept over reloads. Safe for use by several threads.

    With more devices than ``max_connections``, those that were probed last keep their connections.
    """

    def __init__(
        self,
        clocks: Clocks = SYSTEM_CLOCKS,
        max_connections: int | None = None,
        large_responses: LargeResponses | None = None,
    ) -> None:
        self.open_connections = OpenConnections(max_connections or max_open_connections(), self._close_idle)
        self.large_responses = large_responses or LargeResponses()
        self._clocks = clocks
        self._contexts = TlsContexts()
        self._cache = ResponseCache()
        self._states: OrderedDict[StateKey, DeviceState] = OrderedDict()
        self._accesses: OrderedDict[Endpoint, DeviceAccess] = OrderedDict()
        self._max_states = MAX_STATES
        self._lock = threading.Lock()

    def get(self, endpoint: Endpoint, auth: Auth, module: Module, sessions: int) -> DeviceState:
        """Return the state of a device, a new one at its first probe. ``sessions`` is how many exchanges to remember.

        Raises ConfigError if a file of the settings cannot be used.
        """
        key = StateKey(endpoint, auth, module.tls, module.proxy, module.max_response_bytes, sessions)
        with self._lock:
            state = self._states.get(key)
            if state is not None:
                self._states.move_to_end(key)
                return state
            access = self._access(endpoint)
        client = DeviceClient(
            endpoint,
            auth,
            module,
            contexts=self._contexts,
            access=access,
            open_connections=self.open_connections,
            large_responses=self.large_responses,
            sessions=sessions,
            clocks=self._clocks,
        )
        made = DeviceState(client, SingleFlight(self._clocks.monotonic, self._cache))
        with self._lock:
            state = self._states.setdefault(key, made)
            unused = [] if state is made else [made]
            if len(self._states) > self._max_states:
                unused.append(self._states.popitem(last=False)[1])
        _close(unused)
        return state

    def _access(self, endpoint: Endpoint) -> DeviceAccess:
        """Return the access of a device, which all its states share: lockout and limit of requests."""
        access = self._accesses.setdefault(endpoint, DeviceAccess(self._clocks.monotonic))
        self._accesses.move_to_end(endpoint)
        if len(self._accesses) > MAX_ACCESSES:
            self._accesses.popitem(last=False)
        return access

    def retain(self, is_used: Callable[[StateKey], bool], targets: int) -> None:
        """Drop the states that a new configuration with so many targets does not use.

        Current requests continue, but keep no connection.
        """
        with self._lock:
            self._max_states = MAX_STATES + targets
            unused = [self._states.pop(key) for key in [key for key in self._states if not is_used(key)]]
        _close(unused)

    def locked(self) -> dict[tuple[Endpoint, Auth], float]:
        """Return the end (Unix time) of each lockout, by device and credentials."""
        with self._lock:
            states = tuple(self._states.items())
        return {
            (key.endpoint, key.auth): until for key, state in states if (until := state.client.locked_until) is not None
        }

    def clients(self) -> Iterator[DeviceClient]:
        """Yield the clients of all devices that were probed so far."""
        with self._lock:
            states = tuple(self._states.values())
        return (state.client for state in states)

    def _close_idle(self) -> None:
        """Close some idle connections of the devices that were probed longest ago."""
        with self._lock:
            states = tuple(self._states.values())
        closed = 0
        for state in states:
            closed += state.client.close_idle()
            if closed >= MAX_CLOSED:
                return

    def close(self) -> None:
        """Close all connections."""
        self.retain(lambda _: False, 0)


def _close(states: list[DeviceState]) -> None:
    for state in states:
        state.client.close()
