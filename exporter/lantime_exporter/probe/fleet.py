"""The devices that may be asked, as the configuration says, and what is kept for each of them."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from lantime_exporter.config.settings import Allowed, Module, Proxy, Settings, Target, Tls
from lantime_exporter.device.client import SYSTEM_CLOCKS, Clocks, DeviceClient
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import RequestError
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.flights import Flights

MOST_CLIENTS = 10_000
"""Devices whose connections are kept; beyond that the one that was not asked for longest is dropped."""


NO_MAPPERS: Mapping[Module, Mapper] = MappingProxyType({})


class Device(NamedTuple):
    """One device as one probe sees it. ``name`` is the configured name, else the address; ``Fleet.find`` takes both."""

    name: str
    endpoint: Endpoint
    auth: str
    module: str


@dataclass(slots=True)
class Station:
    """What is kept for a device between probes: the client, and the fetches that are under way."""

    client: DeviceClient
    flights: Flights
    addresses_slots: bool = True
    """False once the device did not answer the path of a slot that it has."""


StationKey = tuple[Endpoint, str, int]
"""What makes connections different: device, name of the auth, and the way to connect."""


class Fleet:
    """Everything that hangs on one configuration; a reload makes a new one. Safe for use by several threads.

    ``mappers`` are those of the fleet before: a module that stays the same keeps what was found out about documents.
    """

    def __init__(
        self,
        settings: Settings,
        catalogue: CollectorRegistry,
        clocks: Clocks = SYSTEM_CLOCKS,
        mappers: Mapping[Module, Mapper] = NO_MAPPERS,
    ) -> None:
        self.settings = settings
        self._clocks = clocks
        self._contexts = TlsContexts()
        self._ways = _ways(settings)
        self._mappers = {
            name: mappers.get(module) or Mapper(catalogue, module) for name, module in settings.modules.items()
        }
        self._by_name = {target.name: target for target in settings.targets}
        self._by_endpoint = {parse_endpoint(target.address): target for target in settings.targets}
        self._found = lru_cache(maxsize=MOST_CLIENTS)(self._find)
        self._stations: OrderedDict[StationKey, Station] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = False

    def find(self, target: str, auth: str | None = None, module: str | None = None) -> Device:
        """Return the device that a target means: a configured name or address, or an address that is allowed.

        ``auth`` picks among the credentials that the configuration pairs with the device, so that no credentials reach
        a device they were not meant for. Raises RequestError for anything else.
        """
        return self._found(target, auth, module)

    def _find(self, target: str, auth: str | None, module: str | None) -> Device:
        named = self._by_name.get(target)
        endpoint = _endpoint(named.address if named else target)
        entries = list(self._entries(named or self._by_endpoint.get(endpoint), endpoint))
        if not entries:
            raise RequestError(
                "target: neither configured under targets nor matched by a pattern under allowed"
                f"{'' if endpoint.scheme == 'https' else ' that has plain_http'}"
            )
        entry = next((entry for entry in entries if auth in (None, entry.auth)), None)
        if entry is None:
            known = ", ".join(dict.fromkeys(entry.auth for entry in entries))
            raise RequestError(f"auth: not configured for this target, known: {known}")
        chosen = module or entry.module
        if chosen not in self.settings.modules:
            raise RequestError(f"module: unknown, known: {', '.join(self.settings.modules)}")
        return Device(name=self.name(endpoint), endpoint=endpoint, auth=entry.auth, module=chosen)

    def _entries(self, target: Target | None, endpoint: Endpoint) -> Iterator[Target | Allowed]:
        if target is not None:
            yield target
        for allowed in self.settings.allowed:
            if allowed.pattern.fullmatch(endpoint.host) and (allowed.plain_http or endpoint.scheme == "https"):
                yield allowed

    def name(self, endpoint: Endpoint) -> str:
        """Return what a device is called in logs and on pages: its configured name, else an address ``find`` takes."""
        target = self._by_endpoint.get(endpoint)
        if target is not None:
            return target.name
        return endpoint.authority if endpoint.scheme == "https" else endpoint.url

    @property
    def mappers(self) -> Mapping[Module, Mapper]:
        """The mappers by the module that they were made for."""
        return {module: self._mappers[name] for name, module in self.settings.modules.items()}

    def mapper(self, device: Device) -> Mapper:
        """Return the mapper of the device's module."""
        return self._mappers[device.module]

    def module(self, device: Device) -> Module:
        """Return the settings of the device's module."""
        return self.settings.modules[device.module]

    def station(self, device: Device) -> Station:
        """Return what is kept for the device, shared by modules that connect in the same way.

        Raises ConfigError when a certificate file or the like cannot be used.
        """
        key = (device.endpoint, device.auth, self._ways[device.module])
        with self._lock:
            station = self._stations.get(key)
            if station is not None:
                self._stations.move_to_end(key)
                return station
        client = DeviceClient(
            device.endpoint,
            self.settings.auths[device.auth],
            self.module(device),
            contexts=self._contexts,
            sessions=self.settings.sessions_per_device,
            clocks=self._clocks,
        )
        made = Station(client, Flights(self._clocks.monotonic))
        with self._lock:
            station = self._stations.setdefault(key, made)
            unused = [] if station is made else [made]
            if len(self._stations) > MOST_CLIENTS:
                unused.append(self._stations.popitem(last=False)[1])
            if self._closed:  # a reload overtook this probe: its connection ends with it
                unused.append(station)
        for each in unused:
            each.client.close()
        return station

    def locked(self) -> dict[tuple[Endpoint, str], float]:
        """Return the devices that are left alone, by address and name of the auth, with the Unix time until when."""
        with self._lock:
            stations = tuple(self._stations.items())
        return {key[:2]: until for key, station in stations if (until := station.client.locked_until) is not None}

    def clients(self) -> tuple[DeviceClient, ...]:
        """Return the clients of all devices that were asked so far."""
        with self._lock:
            return tuple(station.client for station in self._stations.values())

    def close(self) -> None:
        """Close all connections; fetches that are under way end as they would."""
        with self._lock:
            self._closed = True
        for client in self.clients():
            client.close()


def _ways(settings: Settings) -> dict[str, int]:
    """Return a number for each module, the same for those that connect in the same way."""
    numbers: dict[tuple[Tls, Proxy, int], int] = {}
    return {
        name: numbers.setdefault((module.tls, module.proxy, module.max_response_bytes), len(numbers))
        for name, module in settings.modules.items()
    }


def _endpoint(target: str) -> Endpoint:
    try:
        return parse_endpoint(target)
    except RequestError as error:
        raise RequestError(f"target: {error}") from None
