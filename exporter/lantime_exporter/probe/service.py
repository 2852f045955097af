"""The probe service behind the pages: probes, the last result of each target, and reload."""

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lantime_exporter.bounds import ConcurrencyLimiter, LargeResponses
from lantime_exporter.config.settings import Settings
from lantime_exporter.device.client import SYSTEM_CLOCKS, Clocks
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.mapping.limits import SharedLimits
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.plan_cache import PlanCache
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import CollectorResult, Mapped
from lantime_exporter.probe.device_states import DeviceStates, StateKey
from lantime_exporter.probe.probe import ProbeRequest, ProbeResult, prepare_probe, run_probe
from lantime_exporter.probe.targets import Device, TargetRegistry

log = logging.getLogger(__name__)

MAX_LAST_PROBES = 10_000
"""Devices whose last probe is remembered."""

MAX_PROCESSING = 4
"""Threads that map or render at the same time. More would compete for Python's GIL, and a health check, which needs it
only for a moment, would wait behind hundreds."""

MAX_PROCESSING_WAIT = 1.0
"""Seconds after which a thread computes beyond that limit, so that slow work does not delay others further."""

_ACTIVE_SYNC_STATE = re.compile(r'^lantime_sync_state\{state="(.*)"\} 1', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastProbe:
    """The last probe of a target: end (Unix time), duration in seconds, error, and its collectors.

    ``sync_state`` is the synchronization that the device reports, None if it reports none. There are no collectors
    if the probe failed before they ran.
    """

    ended_at: float
    duration: float
    reason: str = "none"
    error: str | None = None
    sync_state: str | None = None
    collectors: tuple[CollectorResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatus:
    """A target and its last probe.

    Until ``locked_until`` (Unix time) the device is not contacted, because it rejected the credentials.
    """

    name: str
    address: str
    module: str
    auth: str
    last: LastProbe | None = None
    locked_until: float | None = None


@dataclass(frozen=True, slots=True)
class _Active:
    """The configuration in force, with the objects built from it."""

    targets: TargetRegistry
    mappers: Mapping[str, Mapper]
    """By the name of the module."""


class ProbeService:
    """Probes devices and remembers the results. Safe for use by several threads.

    ``load`` reads the configuration, at the start and for every reload.
    """

    def __init__(
        self, load: Callable[[], Settings], collectors: CollectorRegistry, clocks: Clocks = SYSTEM_CLOCKS
    ) -> None:
        """Raise ConfigError if the configuration is invalid."""
        self.processing = ConcurrencyLimiter(MAX_PROCESSING, MAX_PROCESSING_WAIT)
        """Limits the threads that map or render."""
        self.large_responses = LargeResponses()
        """Limits the threads that hold a large status or page."""
        self._mapping_limits = SharedLimits(self.processing, self.large_responses)
        self._load = load
        self._collectors = collectors
        self._plans = PlanCache()
        self._clocks = clocks
        self._states = DeviceStates(clocks, large_responses=self.large_responses)
        self._active = self._activate(load(), None)
        self._drop_unused_states()
        self._lock = threading.Lock()
        self._reload_lock = threading.Lock()
        self._last: OrderedDict[Device, LastProbe] = OrderedDict()

    @property
    def settings(self) -> Settings:
        """The configuration in force."""
        return self._active.targets.settings

    def probe(self, request: ProbeRequest) -> ProbeResult:
        """Probe a device. Raises RequestError for an invalid request, never for a failing device.

        The caller calls ``large_responses.release()`` when it no longer needs the result.
        """
        active = self._active
        spec = prepare_probe(request, active.targets)
        result = run_probe(spec, self._states, active.mappers[spec.device.module])
        if active is not self._active:  # the configuration was reloaded during this probe
            self._drop_unused_states()
        self._remember(result)
        return result

    def reload(self) -> None:
        """Read the configuration again; keep connections, lockouts, responses and plans that are still valid.

        Raises ConfigError and keeps the old configuration if the new one is invalid.
        """
        with self._reload_lock:
            old = self._active
            active = self._active = self._activate(self._load(), old)
            self._drop_unused_states()
            with self._lock:
                for device in [device for device in self._last if not active.targets.is_current(device)]:
                    del self._last[device]

    def _activate(self, settings: Settings, old: _Active | None) -> _Active:
        """Return the objects of a configuration. An unchanged module keeps its mapper with its plans."""
        kept = {old.targets.settings.modules[name]: mapper for name, mapper in old.mappers.items()} if old else {}
        mappers = {
            name: kept.get(module) or Mapper(self._collectors, module, self._plans, self._mapping_limits)
            for name, module in settings.modules.items()
        }
        return _Active(TargetRegistry(settings), mappers)

    def _drop_unused_states(self) -> None:
        """Close the connections that the configuration in force does not use."""
        targets = self._active.targets
        settings = targets.settings
        pinned = {None, *(target.fingerprint_sha256 for target in settings.targets)}
        modules = [settings.module_for(name, fingerprint) for name in settings.modules for fingerprint in pinned]
        ways = {(each.tls, each.proxy, each.max_response_bytes) for each in modules}

        def is_used(key: StateKey) -> bool:
            way = (key.tls, key.proxy, key.max_response_bytes)
            is_current = way in ways and key.sessions == settings.sessions_per_device
            return is_current and targets.may_contact(key.endpoint, key.auth)

        self._states.retain(is_used, len(settings.targets))

    def targets(self) -> Sequence[TargetStatus]:
        """Return every target that is configured or was probed."""
        active = self._active
        with self._lock:
            probed = {device: last for device, last in self._last.items() if active.targets.is_current(device)}
        configured = [active.targets.find(target.name) for target in active.targets.settings.targets]
        locked = self._states.locked()
        return [
            TargetStatus(
                name=device.name,
                address=device.endpoint.url,
                module=device.module,
                auth=device.auth,
                last=probed.get(device),
                locked_until=locked.get((device.endpoint, active.targets.settings.auths[device.auth])),
            )
            for device in dict.fromkeys((*configured, *probed))
        ]

    def sessions(self) -> Mapping[str, tuple[Exchange, ...]]:
        """Return the remembered HTTP sessions by name of the device, oldest first."""
        active = self._active
        found: dict[str, tuple[Exchange, ...]] = {}
        for client in self._states.clients():
            name = active.targets.name(client.endpoint)
            found[name] = (*found.get(name, ()), *client.sessions)
        return {name: tuple(sorted(items, key=lambda item: item.requested_at)) for name, items in found.items()}

    def open_connections(self) -> int:
        """Return how many connections to devices are open."""
        return self._states.open_connections.count

    def close(self) -> None:
        """Close all connections."""
        self._states.close()

    def _remember(self, result: ProbeResult) -> None:
        device = result.spec.device
        last = LastProbe(
            ended_at=self._clocks.wall(),
            duration=result.duration,
            reason=result.reason,
            error=str(result.error) if result.error else None,
            sync_state=find_sync_state(result.mapped) if result.mapped else None,
            collectors=result.mapped.collectors if result.mapped else (),
        )
        with self._lock:
            before = self._last.pop(device, None)
            self._last[device] = last
            if len(self._last) > MAX_LAST_PROBES:
                self._last.popitem(last=False)
        _log_change(result, before)


def _log_change(result: ProbeResult, before: LastProbe | None) -> None:
    """Log a new outcome once; repetitions are logged with level debug."""
    name = result.spec.device.name
    reason = before.reason if before else "none"
    if result.error is not None:
        level = logging.WARNING if result.reason != reason else logging.DEBUG
        log.log(level, "probe of %s failed (%s): %s", name, result.reason, result.error)
    elif reason != "none":
        log.info("probe of %s succeeds again", name)
    failed_before = {each.name for each in before.collectors if each.error} if before else set()
    for collector in result.mapped.collectors if result.mapped else ():
        if collector.error:
            level = logging.DEBUG if collector.name in failed_before else logging.ERROR
            log.log(level, "collector %s failed on %s: %s", collector.name, name, collector.error)


def find_sync_state(mapped: Mapped) -> str | None:
    """Return the state of ``lantime_sync_state`` that is 1."""
    active = _ACTIVE_SYNC_STATE.search(mapped.lines("lantime_sync_state"))
    return active[1] if active else None
