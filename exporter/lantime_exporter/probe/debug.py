"""The human-readable debug output of a probe: ``/probe?debug=true``."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lantime_exporter.config.load import redacted
from lantime_exporter.config.settings import Settings
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.result import Mapped
from lantime_exporter.probe.targets import Device

Event = tuple[float, str | Exchange]
"""Seconds since the start of the probe, and the event."""


def debug_output(log: Sequence[Event], mapped: Mapped | None, page: Page, device: Device, settings: Settings) -> str:
    """Return log, collectors, decode errors, account, samples and the settings that this probe used, as plain text."""
    sections = {
        "Log": tuple(f"{seconds:.4f} {_describe(event)}" for seconds, event in log),
        "Collectors": tuple(_collectors(mapped)) if mapped else ("not run",),
        "Decode errors": tuple(_decode_errors(mapped)) if mapped else ("none",),
        "Leaves of the status tree": tuple(_accounts(mapped)) if mapped else ("none",),
        "Samples": (page.render(openmetrics=False).decode("utf-8", "replace").rstrip(),),
        "Settings": (redacted(_settings_used(device, settings)).rstrip(),),
    }
    return "\n\n".join("\n".join((title, "=" * len(title), *lines)) for title, lines in sections.items()) + "\n"


def _settings_used(device: Device, settings: Settings) -> Settings:
    """Return the configuration of the device."""
    return replace(
        settings,
        auths={device.auth: settings.auths[device.auth]},
        modules={device.module: settings.module_for(device.module, device.fingerprint_sha256)},
        targets=tuple(target for target in settings.targets if target.name == device.name),
        allowed=(),
    )


def _collectors(mapped: Mapped) -> Iterator[str]:
    for result in mapped.collectors:
        state = f"failed in {result.seconds * 1000:.3f} ms: {result.error}" if result.error else ""
        yield f"{result.name}: {state or f'done in {result.seconds * 1000:.3f} ms'}"


def _decode_errors(mapped: Mapped) -> Iterator[str]:
    for error in mapped.decode_errors:
        yield f"{error.collector}: {error.path} = {error.value!r}: {error.problem}"
    if not mapped.decode_errors:
        yield "none"


def _accounts(mapped: Mapped) -> Iterator[str]:
    for account, count in mapped.accounts.items():
        yield f"{account}: {count}"
    for slot, count in mapped.dropped.items():
        yield f"beyond generic_series_per_slot in slot {slot}: {count}"


def _describe(event: str | Exchange) -> str:
    """Return an event as one human-readable line."""
    if isinstance(event, str):
        return event
    phases = " ".join(f"{phase}={seconds * 1000:.1f}ms" for phase, seconds in event.phases.items())
    rtt = f" rtt={event.rtt * 1000:.1f}ms" if event.rtt is not None else ""
    reused = " over a kept connection" if event.reused else ""
    status = "no response" if event.status is None else f"status {event.status}, {event.response_bytes} bytes"
    return f"{event.resource}: {status}{rtt} {phases}{reused}".rstrip()
