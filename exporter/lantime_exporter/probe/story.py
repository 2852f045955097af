"""One probe from the question to the page."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.document.parse import occupied_slots, parse, parse_slot
from lantime_exporter.errors import ConfigError, ConnectError, ContentError, DeviceError, RequestError
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.plan import Mapped
from lantime_exporter.probe import metrics
from lantime_exporter.probe.fleet import Device, Fleet, Station

STATUS = "/api/status"
SLOT = re.compile(r"((chassis\d+)/)?([A-Za-z0-9][A-Za-z0-9_.-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a probe is to do: the device, the slots the answer is limited to (none: all), seconds it may take."""

    device: Device
    slots: tuple[str, ...]
    timeout: float
    bound: str
    """Which setting decided the timeout, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a probe. ``seconds`` is its duration, ``log`` what happened, line by line."""

    asked: Asked
    page: Page
    reason: str
    error: DeviceError | None
    seconds: float
    exchanges: tuple[Exchange, ...]
    mapped: Mapped | None
    log: tuple[str, ...]


@dataclass(slots=True)
class Notes:
    """The log of one probe."""

    started: float
    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Add a line with the seconds since the probe began."""
        self.lines.append(f"{time.monotonic() - self.started:.4f} {line}")


def ask(fleet: Fleet, device: Device, slots: tuple[str, ...], scrape_timeout: float | None) -> Asked:
    """Return what a probe of the device is to do. Raises RequestError for names that cannot be slots."""
    for slot in slots:
        if not SLOT.fullmatch(slot):
            raise RequestError("slot: not the name of a slot, write slot=clk1 or slot=chassis1/clk1")
    slots = tuple(dict.fromkeys(slot.removeprefix("chassis0/") for slot in slots))
    own = fleet.module(device).timeout
    if scrape_timeout is None:
        return Asked(device=device, slots=slots, timeout=own, bound=f"timeout of module {device.module}")
    # A scrape timeout below the offset still leaves half of itself.
    announced = max(scrape_timeout - fleet.settings.timeout_offset, scrape_timeout / 2)
    if own <= announced:
        return Asked(device=device, slots=slots, timeout=own, bound=f"timeout of module {device.module}")
    return Asked(device=device, slots=slots, timeout=announced, bound="scrape timeout less timeout_offset")


def tell(fleet: Fleet, asked: Asked) -> Told:
    """Fetch, map and put the page together. Raises RequestError for a slot that the device does not have."""
    started = time.monotonic()
    notes = Notes(started)
    notes.say(f"probe of {asked.device.name} ({asked.device.endpoint.url}), {asked.timeout:g} s by {asked.bound}")
    exchanges: list[Exchange] = []
    mapped, error, age = None, None, None
    try:
        document, age = _document(fleet, asked, Deadline(started + asked.timeout), exchanges, notes)
        with _naming(asked.device):
            mapped = fleet.mapper(asked.device).map(document, asked.slots)
    except DeviceError as failure:
        error = failure.with_traceback(None)  # its frames would stay in memory as long as the session is remembered
        notes.say(f"failed ({failure.reason}): {failure}")
    seconds = time.monotonic() - started
    reason = error.reason if error else "none"
    page = Page(
        (
            *metrics.outcome(reason, seconds, asked.timeout),
            *metrics.transport(exchanges, age),
            *((*metrics.mapping(mapped), *mapped.families) if mapped else ()),
        )
    )
    notes.say("answer put together")
    return Told(
        asked=asked,
        page=page,
        reason=reason,
        error=error,
        seconds=seconds,
        exchanges=tuple(exchanges),
        mapped=mapped,
        log=tuple(notes.lines),
    )


def _document(
    fleet: Fleet, asked: Asked, deadline: Deadline, exchanges: list[Exchange], notes: Notes
) -> tuple[dict[str, Any], float | None]:
    """Return the parsed answer, and its age where it is one from before. Raises DeviceError, RequestError."""
    try:
        station = fleet.station(asked.device)
    except ConfigError as error:
        raise ConnectError(f"{asked.device.endpoint.authority}: {error}") from error
    fetch = _Fetcher(fleet, asked, station, deadline, exchanges, notes)
    path = _own_path(fleet, asked, station)
    if path is not None:
        body, status, age = fetch.get(path, tolerated=HTTPStatus.NOT_FOUND)
        if status != HTTPStatus.NOT_FOUND:
            with suppress(ContentError):  # the form of this answer is grade C, that of the whole status is known
                return parse_slot(body, asked.slots[0]), age
        notes.say("the device answers no single slot, asking for the whole status")
    body, _, age = fetch.get(STATUS)
    with _naming(asked.device):
        document = parse(body)
    _check_slots(document, asked.slots)
    if path is not None:  # the slot is there, its path is not: the next probe does not ask for it again
        station.addresses_slots = False
    return document, age


def _own_path(fleet: Fleet, asked: Asked, station: Station) -> str | None:
    """Return the resource that answers the probe of a single slot, None where the whole status must."""
    if len(asked.slots) != 1 or not station.addresses_slots or fleet.module(asked.device).min_interval:
        return None  # with min_interval the slots of a device share the one answer
    return slot_resource(asked.slots[0])


@contextmanager
def _naming(device: Device) -> Iterator[None]:
    """Let an error in the content begin with the device, as those of the exchange do."""
    try:
        yield
    except ContentError as error:
        raise ContentError(f"{device.endpoint.authority}: {error}") from None


def slot_resource(slot: str) -> str | None:
    """Return the resource that holds everything of a slot, None where only the whole status does.

    PTP of the CPU may stand in a section of its own, so its slot needs the whole status.
    """
    match = SLOT.fullmatch(slot)
    if match is None or match[3] == "cpu":
        return None
    return f"{STATUS}/{match[2] or 'chassis0'}/slots/{quote(match[3], safe='')}"


def _check_slots(document: dict[str, Any], wanted: tuple[str, ...]) -> None:
    known = occupied_slots(document)
    for slot in wanted:
        if slot not in known:
            taken = ", ".join(name for name, module in known.items() if module) or "none"
            raise RequestError(f"slot: the device has no such slot; occupied: {taken}")


@dataclass(frozen=True, slots=True)
class _Fetcher:
    fleet: Fleet
    asked: Asked
    station: Station
    deadline: Deadline
    exchanges: list[Exchange]
    notes: Notes

    def get(self, resource: str, tolerated: int | None = None) -> tuple[bytes, int | None, float | None]:
        """Return body, status, and the age of an answer from before.

        Raises the DeviceError of the fetch, except for the tolerated status.
        """
        interval = self.fleet.module(self.asked.device).min_interval
        landed = self.station.flights.fetch(resource, self.deadline, self.station.client.fetch, interval)
        fetch = landed.fetch
        self.exchanges.extend(fetch.exchanges)
        for exchange in fetch.exchanges:
            self.notes.say(describe(exchange))
        if landed.joined:
            self.notes.say(f"{resource}: shared with another probe")
        if landed.age is not None:
            self.notes.say(f"{resource}: the answer of {landed.age:.1f} s ago, as min_interval says")
        status = fetch.exchanges[-1].status if fetch.exchanges else None
        if fetch.error is not None and (tolerated is None or status != tolerated):
            raise fetch.error
        return fetch.body or b"", status, landed.age


def describe(exchange: Exchange) -> str:
    """Return an exchange as one line for people."""
    phases = " ".join(f"{phase}={seconds * 1000:.1f}ms" for phase, seconds in exchange.phases.items())
    trip = f" rtt={exchange.rtt * 1000:.1f}ms" if exchange.rtt is not None else ""
    kept = " over a kept connection" if exchange.reused else ""
    return (
        f"{exchange.resource}: status {exchange.status}, {exchange.response_bytes} bytes{trip} {phases}{kept}".rstrip()
    )
