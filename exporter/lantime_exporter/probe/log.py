"""The log of one probe, for ``/probe?debug=true``: timed lines, and every request it made or shared."""

import time
from dataclasses import dataclass, field

from lantime_exporter.device.exchange import Exchange
from lantime_exporter.probe.single_flight import SharedFetch


@dataclass(slots=True)
class ProbeLog:
    """Lines with the seconds since ``started`` (monotonic), the exchanges with the device, and the age of the answer.

    ``age`` is None unless ``min_interval`` served the answer of an earlier probe.
    """

    started: float
    lines: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    age: float | None = None

    def add(self, line: str) -> None:
        """Add a line."""
        self.lines.append(f"{time.monotonic() - self.started:.4f} {line}")

    def add_fetch(self, resource: str, shared: SharedFetch) -> None:
        """Add the exchanges of a fetch, and whether it was another probe's."""
        self.exchanges.extend(shared.fetch.exchanges)
        self.age = shared.age
        for exchange in shared.fetch.exchanges:
            self.add(describe(exchange))
        if shared.is_joined:
            self.add(f"{resource}: shared with another probe")
        if shared.age is not None:
            self.add(f"{resource}: the answer of {shared.age:.1f} s ago, as min_interval says")


def describe(exchange: Exchange) -> str:
    """Return an exchange as one human-readable line."""
    phases = " ".join(f"{phase}={seconds * 1000:.1f}ms" for phase, seconds in exchange.phases.items())
    rtt = f" rtt={exchange.rtt * 1000:.1f}ms" if exchange.rtt is not None else ""
    reused = " over a kept connection" if exchange.reused else ""
    status = "no answer" if exchange.status is None else f"status {exchange.status}, {exchange.response_bytes} bytes"
    return f"{exchange.resource}: {status}{rtt} {phases}{reused}".rstrip()
