"""The exporter behind the pages: probes, what is remembered of them, and reload."""

import dataclasses
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lantime_exporter.config import masked
from lantime_exporter.config.settings import Settings
from lantime_exporter.device.client import SYSTEM_CLOCKS, Clocks
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import RequestError
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.application import CollectorStatus, LastProbe, ProbeRequest, TargetStatus
from lantime_exporter.probe.debug import debug
from lantime_exporter.probe.fleet import Device, Fleet
from lantime_exporter.probe.story import Told, ask, tell

log = logging.getLogger(__name__)

MOST_REMEMBERED = 10_000
"""Devices whose last probe is remembered."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a probe, ready to be shown (``lantime_exporter.probe.application.ProbeResult``)."""

    told: Told
    settings: Settings

    @property
    def reason(self) -> str:
        """The state of ``lantime_probe_failure``."""
        return self.told.reason

    def render(self, openmetrics: bool) -> bytes:
        """Return the samples."""
        return self.told.page.render(openmetrics=openmetrics)

    def debug(self) -> str:
        """Return the story, with the part of the configuration that this probe used."""
        device, settings = self.told.asked.device, self.settings
        return debug(
            self.told,
            masked(
                dataclasses.replace(
                    settings,
                    auths={device.auth: settings.auths[device.auth]},
                    modules={device.module: settings.modules[device.module]},
                    targets=tuple(target for target in settings.targets if target.name == device.name),
                    allowed=(),
                )
            ),
        )


class _Remembered:
    """What is kept of the last probe of a device: no more than its status says."""

    __slots__ = ("_collectors", "_ended_at", "_error", "_seconds", "reason")

    def __init__(self, ended_at: float, told: Told) -> None:
        self.reason = told.reason
        self._ended_at = ended_at
        self._seconds = told.seconds
        self._error = str(told.error) if told.error else None
        results = told.mapped.collectors if told.mapped else None
        self._collectors = (
            None if results is None else [(result.name, result.seconds, bool(result.error)) for result in results]
        )

    def has_failed(self, collector: str) -> bool:
        """Return whether this collector failed."""
        return any(failed for name, _, failed in self._collectors or () if name == collector)

    def status(self, catalogue: CollectorRegistry) -> LastProbe:
        """Return it as pages show it; where nothing was mapped all collectors are waiting."""
        if self._collectors is None:
            statuses = [CollectorStatus(name=each.name, state="waiting") for each in catalogue.collectors]
        else:
            statuses = [
                CollectorStatus(name=name, state="failed" if failed else "done", duration=seconds)
                for name, seconds, failed in self._collectors
            ]
        return LastProbe(
            ended_at=self._ended_at,
            duration=self._seconds,
            reason=self.reason,
            error=self._error,
            collectors=tuple(statuses),
        )


class Exporter:
    """What the pages ask (``lantime_exporter.probe.application``). ``load`` reads the configuration, for reload too."""

    def __init__(
        self, load: Callable[[], Settings], catalogue: CollectorRegistry, clocks: Clocks = SYSTEM_CLOCKS
    ) -> None:
        """Raise ConfigError when the configuration cannot be used."""
        self._load = load
        self._catalogue = catalogue
        self._clocks = clocks
        self._fleet = Fleet(load(), catalogue, clocks)
        self._lock = threading.Lock()
        self._reloading = threading.Lock()
        self._last: OrderedDict[Device, _Remembered] = OrderedDict()

    @property
    def settings(self) -> Settings:
        """The configuration in force."""
        return self._fleet.settings

    def probe(self, request: ProbeRequest) -> Result:
        """Probe a device. Raises RequestError when the request cannot be served; never for a failing device."""
        fleet = self._fleet
        device = fleet.find(request.target, request.auth, request.module)
        told = tell(fleet, ask(fleet, device, request.slots, request.scrape_timeout))
        self._remember(device, told)
        return Result(told, fleet.settings)

    def reload(self) -> None:
        """Read the configuration again. Raises ConfigError and keeps the old one when it cannot be used."""
        with self._reloading:
            fleet = Fleet(self._load(), self._catalogue, self._clocks, self._fleet.mappers)
            old, self._fleet = self._fleet, fleet
            with self._lock:
                self._last = OrderedDict((device, last) for device, last in self._last.items() if _known(fleet, device))
        old.close()

    def targets(self) -> Sequence[TargetStatus]:
        """Return every target that is configured or was probed."""
        fleet = self._fleet
        with self._lock:
            probed = dict(self._last)
        configured = [fleet.find(target.name) for target in fleet.settings.targets]
        locked = fleet.locked()
        return [
            TargetStatus(
                name=device.name,
                address=device.endpoint.url,
                module=device.module,
                auth=device.auth,
                last=probed[device].status(self._catalogue) if device in probed else None,
                locked_until=locked.get((device.endpoint, device.auth)),
            )
            for device in dict.fromkeys((*configured, *probed))
        ]

    def sessions(self) -> Mapping[str, tuple[Exchange, ...]]:
        """Return the remembered HTTP sessions by name of the device, oldest first."""
        fleet = self._fleet
        found: dict[str, tuple[Exchange, ...]] = {}
        for client in fleet.clients():
            name = fleet.name(client.endpoint)
            found[name] = (*found.get(name, ()), *client.sessions)
        return {name: tuple(sorted(items, key=lambda item: item.requested_at)) for name, items in found.items()}

    def open_connections(self) -> int:
        """Return how many connections to devices are open."""
        return sum(client.open_connections for client in self._fleet.clients())

    def close(self) -> None:
        """Close all connections."""
        self._fleet.close()

    def _remember(self, device: Device, told: Told) -> None:
        last = _Remembered(self._clocks.wall(), told)
        with self._lock:
            before = self._last.pop(device, None)
            self._last[device] = last
            if len(self._last) > MOST_REMEMBERED:
                self._last.popitem(last=False)
        _report(device, told, before)


def _known(fleet: Fleet, device: Device) -> bool:
    """Return whether the fleet still means the same by it."""
    try:
        return fleet.find(device.name, device.auth, device.module) == device
    except RequestError:
        return False


def _report(device: Device, told: Told, before: _Remembered | None) -> None:
    """Log a change of the outcome once, and its repetitions for those who debug."""
    reason = before.reason if before else "none"
    if told.error is not None:
        level = logging.WARNING if told.reason != reason else logging.DEBUG
        log.log(level, "probe of %s failed (%s): %s", device.name, told.reason, told.error)
    elif reason != "none":
        log.info("probe of %s succeeds again", device.name)
    for result in told.mapped.collectors if told.mapped else ():
        if result.error:
            level = logging.DEBUG if before and before.has_failed(result.name) else logging.ERROR
            log.log(level, "collector %s failed on %s: %s", result.name, device.name, result.error)
