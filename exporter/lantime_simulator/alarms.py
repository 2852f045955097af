"""Pairs of events: one that is raised, one that is cleared, and their times."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lantime_simulator.state import SimulatorState, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An event that is raised while a condition holds, and the event that clears it.

    ``spans`` are the times of the condition. ``settled`` is the second after the boot at which the clearing event
    occurs without a raising event before it, None if it never does.
    """

    raised: str
    severity: str
    spans: Callable[[SimulatorState], Iterable[Span]]
    cleared: str | None = None
    settled: float | None = None

    def events(self, now: SimulatorState) -> list[tuple[str, str, bool, float | None]]:
        """Return (event, type, triggered, time of its last trigger or None) of its one or two events."""
        spans = [*self.spans(now), *now.spans("event-raised", self.raised)]
        active = any(span.ended is None for span in spans)
        began = max((span.began for span in spans), default=None)
        events = [(self.raised, self.severity, active, began)]
        if self.cleared is not None:
            over = max((span.ended for span in spans if span.ended is not None), default=None)
            if over is None and self.settled is not None:
                over = self._settled(now, self.settled)
            events.append((self.cleared, "info", over is not None and not active, over))
        return events

    @staticmethod
    def _settled(now: SimulatorState, after: float) -> float:
        settled = now.booted + after
        return settled if settled <= now.elapsed else after - now.device.uptime


def never(_: SimulatorState) -> Iterable[Span]:
    """Return the spans of events that only scenarios cause."""
    return ()


def during(*scenarios: str, after: float = 0.0) -> Callable[[SimulatorState], Iterable[Span]]:
    """Return the spans of any of these scenarios, each from ``after`` seconds after its start."""

    def spans(now: SimulatorState) -> Iterable[Span]:
        for scenario in scenarios:
            yield from now.spans(scenario, after=after)

    return spans
