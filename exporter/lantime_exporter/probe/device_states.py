"""State of each device between probes: connections, lockout, current requests, responses kept for ``min_interval``."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lantime_exporter.config.settings import Auth, Module, Proxy, Tls
from lantime_exporter.device.auth import DeviceAccess
from lantime_exporter.device.client import SYSTEM_CLOCKS, Clocks, DeviceClient
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.probe.single_flight import AnswerCache, SingleFlight

MAX_STATES = 2_000
"""States kept besides one for each configured target; beyond that the least recently used is dropped."""


MAX_ACCESSES = 10_000
"""Devices whose lockout is remembered; it must outlive their connections."""


@dataclass(slots=True)
class DeviceState:
    """The state of a device, shared by its probes with the same connection settings."""

    client: DeviceClient
    single_flight: SingleFlight
    has_slot_resources: bool = True
    """False once the device rejected the path of an existing slot."""


@dataclass(frozen=True, slots=True)
class StateKey:
    """Probes with equal keys share connections. Contains values, not names, so that a reload keeps connections."""

    endpoint: Endpoint
    auth: Auth
    tls: Tls
    proxy: Proxy
    max_response_bytes: int
    sessions: int

    @classmethod
    def of(cls, endpoint: Endpoint, auth: Auth, module: Module, sessions: int) -> "StateKey":
        """Return the key of a device with these settings."""
        return cls(endpoint, auth, module.tls, module.proxy, module.max_response_bytes, sessions)


class DeviceStates:
    """The states of all devices, kept over reloads. Safe for use by several threads."""

    def __init__(self, clocks: Clocks = SYSTEM_CLOCKS) -> None:
        self._clocks = clocks
        self._contexts = TlsContexts()
        self._answers = AnswerCache()
        self._states: OrderedDict[StateKey, DeviceState] = OrderedDict()
        self._accesses: OrderedDict[Endpoint, DeviceAccess] = OrderedDict()
        self._max_states = MAX_STATES
        self._lock = threading.Lock()

    def get(self, endpoint: Endpoint, auth: Auth, module: Module, sessions: int) -> DeviceState:
        """Return the state of a device, a new one at its first probe. ``sessions`` is how many exchanges to remember.

        Raises ConfigError if a file of the settings cannot be used.
        """
        key = StateKey.of(endpoint, auth, module, sessions)
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
            sessions=sessions,
            clocks=self._clocks,
        )
        made = DeviceState(client, SingleFlight(self._clocks.monotonic, self._answers))
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

    def close(self) -> None:
        """Close all connections."""
        self.retain(lambda _: False, 0)


def _close(states: list[DeviceState]) -> None:
    for state in states:
        state.client.close()
