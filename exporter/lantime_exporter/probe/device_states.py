"""State of each device between probes: connections, lockout, requests under way, answers of ``min_interval``."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

from lantime_exporter.config.settings import Proxy, Settings, Tls
from lantime_exporter.device.client import SYSTEM_CLOCKS, Clocks, DeviceClient
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.probe.single_flight import SingleFlight
from lantime_exporter.probe.targets import Device

MAX_STATES = 10_000
"""Devices whose state is kept; beyond that the one that was not probed for longest is dropped."""


@dataclass(slots=True)
class DeviceState:
    """The state of a device, shared by all its probes that connect in the same way."""

    client: DeviceClient
    single_flight: SingleFlight
    has_slot_resources: bool = True
    """False once the device did not answer the path of a slot that it has."""


@dataclass(frozen=True, slots=True)
class _StateKey:
    """What decides whether two probes share connections."""

    endpoint: Endpoint
    auth: str
    tls: Tls
    proxy: Proxy
    max_response_bytes: int


class DeviceStates:
    """The states of the devices of one configuration; a reload makes new ones. Safe for use by several threads."""

    def __init__(self, settings: Settings, clocks: Clocks = SYSTEM_CLOCKS) -> None:
        self._settings = settings
        self._clocks = clocks
        self._contexts = TlsContexts()
        self._states: OrderedDict[_StateKey, DeviceState] = OrderedDict()
        self._lock = threading.Lock()
        self._is_closed = False

    def get(self, device: Device) -> DeviceState:
        """Return the state of the device, a new one at its first probe.

        Raises ConfigError when a certificate file or the like cannot be used.
        """
        module = self._settings.modules[device.module]
        key = _StateKey(device.endpoint, device.auth, module.tls, module.proxy, module.max_response_bytes)
        with self._lock:
            state = self._states.get(key)
            if state is not None:
                self._states.move_to_end(key)
                return state
        client = DeviceClient(
            device.endpoint,
            self._settings.auths[device.auth],
            module,
            contexts=self._contexts,
            sessions=self._settings.sessions_per_device,
            clocks=self._clocks,
        )
        return self._add(key, DeviceState(client, SingleFlight(self._clocks.monotonic)))

    def _add(self, key: _StateKey, made: DeviceState) -> DeviceState:
        """Keep a new state and return it, or the one that another thread added meanwhile."""
        with self._lock:
            state = self._states.setdefault(key, made)
            unused = [] if state is made else [made]
            if len(self._states) > MAX_STATES:
                unused.append(self._states.popitem(last=False)[1])
            if self._is_closed:  # a reload replaced this configuration: the connection ends with its probe
                unused.append(state)
        for each in unused:
            each.client.close()
        return state

    def locked(self) -> dict[tuple[Endpoint, str], float]:
        """Return until when (Unix time) devices are not contacted, by address and name of the auth."""
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
        """Close all connections; requests under way end as they would."""
        with self._lock:
            self._is_closed = True
        for client in self.clients():
            client.close()
