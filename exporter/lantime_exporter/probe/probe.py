"""One probe, top to bottom: prepare, fetch, parse, map, render."""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from lantime_exporter.bounds import LARGE_STATUS_BYTES, Deadline
from lantime_exporter.config.settings import Auth, Module, Settings
from lantime_exporter.device.exchange import Exchange, Fetch
from lantime_exporter.document.parse import parse, parse_slot, slot_models
from lantime_exporter.errors import (
    ConfigError,
    ConnectError,
    ContentError,
    DeadlineError,
    DeviceError,
    RequestError,
    without_frames,
)
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.result import Mapped
from lantime_exporter.probe import metrics
from lantime_exporter.probe.debug import Event, debug_output
from lantime_exporter.probe.device_states import DeviceState, DeviceStates
from lantime_exporter.probe.targets import Device, TargetRegistry

STATUS = "/api/status"

_SLOT = re.compile(r"((chassis\d+)/)?([A-Za-z0-9][A-Za-z0-9_.-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRequest:
    """The parameters of ``/probe``; None and empty mean as configured.

    ``scrape_timeout`` is the header ``X-Prometheus-Scrape-Timeout-Seconds``, in seconds.
    """

    target: str
    module: str | None = None
    auth: str | None = None
    slots: tuple[str, ...] = ()
    scrape_timeout: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeSpec:
    """A probe with all names resolved; ``slots`` limits the response (none: all), ``timeout`` is in seconds."""

    device: Device
    auth: Auth
    module: Module
    settings: Settings
    slots: tuple[str, ...]
    timeout: float
    timeout_source: str
    """The setting that decided the timeout, as readable text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """The outcome of a probe, the failure of the device included; ``duration`` is in seconds."""

    spec: ProbeSpec
    page: Page
    error: DeviceError | None
    mapped: Mapped | None
    duration: float
    log: tuple[Event, ...]

    @property
    def reason(self) -> str:
        """The state of ``lantime_probe_failure``: one of ``lantime_exporter.errors.FAILURE_REASONS``."""
        return self.error.reason if self.error else "none"

    def debug(self) -> str:
        """Return log, collectors, samples and settings of the probe as plain text without secrets."""
        spec = self.spec
        start = f"probe of {spec.device.name} ({spec.device.endpoint.url}), {spec.timeout:g} s by {spec.timeout_source}"
        return debug_output(((0.0, start), *self.log), self.mapped, self.page, self.spec.device, self.spec.settings)


@dataclass(slots=True)
class ProbeLog:
    """What happened, with the seconds since ``started`` (monotonic); and the exchanges with the device.

    ``age`` is None unless ``min_interval`` served the response of an earlier probe.
    """

    started: float
    events: list[Event] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    age: float | None = None

    def add(self, event: str | Exchange) -> None:
        """Add an event."""
        self.events.append((time.monotonic() - self.started, event))


def prepare_probe(request: ProbeRequest, targets: TargetRegistry) -> ProbeSpec:
    """Resolve target, module, slots and timeout. Raises RequestError for invalid parameters."""
    device = targets.find(request.target, request.auth, request.module)
    module = targets.module_for(device.module, device.fingerprint_sha256)
    timeout, source = module.timeout, f"timeout of module {device.module}"
    if request.scrape_timeout is not None:
        # If the scrape timeout is below the offset, half of it is left.
        scrape = max(request.scrape_timeout - targets.settings.timeout_offset, request.scrape_timeout / 2)
        if scrape < timeout:
            timeout, source = scrape, "scrape timeout less timeout_offset"
    return ProbeSpec(
        device=device,
        auth=targets.settings.auths[device.auth],
        module=module,
        settings=targets.settings,
        slots=parse_slots(request.slots),
        timeout=timeout,
        timeout_source=source,
    )


def run_probe(spec: ProbeSpec, states: DeviceStates, mapper: Mapper) -> ProbeResult:
    """Fetch the status of a device, map it and build the page.

    A failure of the device is part of the result. Raises RequestError for a slot that the device does not have.
    """
    log = ProbeLog(started=time.monotonic())
    deadline = Deadline(log.started + spec.timeout)
    mapped, error = None, None
    try:
        mapped = _map_status(spec, states, mapper, deadline, log)
    except DeviceError as failure:
        error = without_frames(failure)  # frames would keep the response in memory
        log.add(f"failed ({failure.reason}): {failure}")
    duration = time.monotonic() - log.started
    page = Page(
        (
            *metrics.outcome(error.reason if error else "none", duration, spec.timeout),
            *metrics.transport(log.exchanges, log.age),
            *((*metrics.mapping(mapped), *mapped.families) if mapped else ()),
        )
    )
    log.add("response built")
    return ProbeResult(spec=spec, page=page, error=error, mapped=mapped, duration=duration, log=tuple(log.events))


def _map_status(spec: ProbeSpec, states: DeviceStates, mapper: Mapper, deadline: Deadline, log: ProbeLog) -> Mapped:
    """Fetch and map the status, of a single slot if the device offers that. Raises DeviceError, RequestError."""
    try:
        state = states.get(spec.device.endpoint, spec.auth, spec.module, spec.settings.sessions_per_device)
    except ConfigError as error:
        raise ConnectError(f"{spec.device.endpoint.authority}: {error}") from error
    # With min_interval the slots of a device share one response, the whole status.
    is_single = len(spec.slots) == 1 and state.has_slot_resources and not spec.module.min_interval
    resource = slot_resource(spec.slots[0]) if is_single else None
    # Checked here too: another probe may have fetched the response.
    admit = partial(states.large_responses.check, limit=LARGE_STATUS_BYTES, deadline=deadline)
    if resource is not None:
        fetch = _fetch(resource, spec, state, deadline, log)
        if not fetch.exchanges or fetch.exchanges[-1].status != HTTPStatus.NOT_FOUND:
            try:
                body = _body(fetch)
                with _naming(spec.device):
                    slot = parse_slot(body, spec.slots[0], admit)
            except ContentError:
                pass  # the form of this response is grade C, the form of the whole status is known
            else:
                with _naming(spec.device):
                    return mapper.map_response(body, lambda: slot, spec.slots, deadline, state.last_plans)
        log.add("the device does not serve single slots, requesting the whole status")
    body = _body(_fetch(STATUS, spec, state, deadline, log))

    def parse_status() -> dict[str, Any]:
        document = parse(body, admit)
        check_slots(document, spec.slots)
        if resource is not None:  # the slot exists, its resource does not: the next probe requests the status at once
            state.has_slot_resources = False
        return document

    with _naming(spec.device):
        return mapper.map_response(body, parse_status, spec.slots, deadline, state.last_plans)


def _fetch(resource: str, spec: ProbeSpec, state: DeviceState, deadline: Deadline, log: ProbeLog) -> Fetch:
    fetch = state.single_flight.fetch(resource, deadline, state.client.fetch, spec.module.min_interval)
    log.age = fetch.age
    log.exchanges.extend(fetch.exchanges)
    for exchange in fetch.exchanges:
        log.add(exchange)
    if fetch.is_joined:
        log.add(f"{resource}: shared with another probe")
    if fetch.age is not None:
        log.add(f"{resource}: reused the response of {fetch.age:.1f} s ago (min_interval)")
    return fetch


def _body(fetch: Fetch) -> bytes:
    """Return the body. Raises the DeviceError of a fetch that failed."""
    if fetch.error is not None:
        raise fetch.error
    return fetch.body or b""


@contextmanager
def _naming(device: Device) -> Iterator[None]:
    """Prefix an error in the content with the device, as in errors of the exchange."""
    try:
        yield
    except (ContentError, DeadlineError) as error:
        raise type(error)(f"{device.endpoint.authority}: {error}") from None


def parse_slots(names: Iterable[str]) -> tuple[str, ...]:
    """Return the slots as in the label ``slot``, each once. Raises RequestError for an invalid name."""
    slots = tuple(names)
    if not all(_SLOT.fullmatch(slot) for slot in slots):
        raise RequestError("slot: not the name of a slot, write slot=clk1 or slot=chassis1/clk1")
    return tuple(dict.fromkeys(slot.removeprefix("chassis0/") for slot in slots))


def slot_resource(slot: str) -> str | None:
    """Return the resource of a slot, None if the whole status is needed.

    PTP of the CPU may be in a section outside its slot, so that slot needs the whole status.
    """
    match = _SLOT.fullmatch(slot)
    if match is None or match[3] == "cpu":
        return None
    return f"{STATUS}/{match[2] or 'chassis0'}/slots/{quote(match[3], safe='')}"


def check_slots(document: Mapping[str, Any], slots: Sequence[str]) -> None:
    """Raise RequestError for a slot that the device does not have, with the occupied ones and their models."""
    known = slot_models(document) if slots else {}
    if any(slot not in known for slot in slots):
        occupied = [f"{name} ({model})" if model else name for name, model in known.items() if model is not None]
        raise RequestError(f"slot: the device has no such slot; occupied: {', '.join(occupied) or 'none'}")
