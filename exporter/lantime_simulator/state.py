"""A simulated LANTIME at one moment: description, time, and episodes so far.

All values of a part are computed from this, so that the same time always gives the same document.
"""

import math
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lantime_simulator.description import SimulatedDevice
from lantime_simulator.scenarios import Episode


@dataclass(frozen=True, slots=True)
class Span:
    """A period in which a condition held, in seconds since the start; ``ended`` is None while it holds."""

    began: float
    ended: float | None = None


@dataclass(frozen=True, slots=True)
class SimulatorState:
    """The state ``elapsed`` seconds after the start of the simulation at ``wall`` (Unix time)."""

    device: SimulatedDevice
    elapsed: float
    wall: float
    episodes: tuple[Episode, ...] = ()

    def spans(
        self, scenario: str, target: str | None = None, *, after: float = 0.0, lasting: float = math.inf
    ) -> Iterator[Span]:
        """Yield the spans of a consequence: ``after`` seconds after the scenario began, for at most ``lasting``.

        ``target`` limits it to one slot, port, event or node.
        """
        for episode in self.episodes:
            if episode.scenario.name != scenario or (target is not None and episode.scenario.target != target):
                continue
            began = episode.began + after
            ended = min(math.inf if episode.ended is None else episode.ended, began + lasting)
            if began <= self.elapsed and began < ended:
                yield Span(began, ended if ended <= self.elapsed else None)

    def since(self, scenario: str, target: str | None = None, *, after: float = 0.0) -> float | None:
        """Return the seconds since the consequence of a scenario began, None if it does not hold."""
        return ongoing(self.spans(scenario, target, after=after), self.elapsed)

    def on(self, scenario: str, target: str | None = None) -> bool:
        """Return whether a scenario is active."""
        return self.since(scenario, target) is not None

    @property
    def booted(self) -> float:
        """The last start of the device in seconds since the start of the simulation, negative before it."""
        return max((span.began for span in self.spans("warm-up")), default=-self.device.uptime)

    @property
    def uptime(self) -> float:
        """Seconds since the device booted."""
        return self.elapsed - self.booted

    def unix(self, elapsed: float) -> float:
        """Return the Unix time of another moment of this simulation."""
        return self.wall - self.elapsed + elapsed

    def at(self, elapsed: float) -> "SimulatorState":
        """Return the same device at an earlier moment."""
        return replace(self, elapsed=elapsed, wall=self.unix(elapsed))

    def seed(self, name: str) -> int:
        """Return a number below 2**32 that depends on device and name."""
        return zlib.crc32(f"{self.device.serial_number}/{name}".encode())

    def wave(self, name: str, low: float, high: float, period: float = 900.0) -> float:
        """Return a value that varies between ``low`` and ``high`` with a period of about so many seconds."""
        turn = self.seed(name) / 2**32
        slow = math.sin(math.tau * (self.elapsed / period + turn))
        quick = math.sin(math.tau * (self.elapsed / (period * 0.37) + turn * 3))
        return (low + high) / 2 + (high - low) / 2 * (0.7 * slow + 0.3 * quick)

    def count(self, name: str, rate: float, since: float | None = None) -> int:
        """Return a counter that grows by about ``rate`` per second since the boot, or since another moment."""
        seconds = self.elapsed - (self.booted if since is None else since)
        turn = self.seed(name) / 2**32
        swing = 0.5 * 300 / math.tau
        return max(0, int(rate * (seconds + swing * (math.sin(math.tau * (seconds / 300 + turn)) + 1))))


def ongoing(spans: Iterable[Span], elapsed: float) -> float | None:
    """Return the seconds since the current span began, None without one."""
    lasting = [elapsed - span.began for span in spans if span.ended is None]
    return max(lasting) if lasting else None
