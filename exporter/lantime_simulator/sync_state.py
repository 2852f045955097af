"""Effects of scenarios on the time of the device: its clocks, the choice between them, NTP.

Several parts report the same fact: a lost clock is visible in the slot, in the system section, at the switch card, at
the relays, in NTP, in events and LEDs. It is therefore decided once, here.

A clock in holdover still counts as synchronized in time for the switch card and the relays; a clock that is not
synchronized does not. The switch card is not revertive (docs/modules.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lantime_simulator.description import SimulatedSlot
from lantime_simulator.state import SimulatorState, Span, ongoing

RECEPTION_MEMORY = 10.0
"""Seconds for which a clock without antenna still counts as synchronized."""
UNTIL_SYNCHRONIZED = 120.0
"""Seconds from the boot until a clock is synchronized."""
UNTIL_WARM = 300.0
"""Seconds from the boot until an oscillator is warm."""

SYNCHRONIZED, HOLDOVER, LOST = "synchronized", "holdover", "not-synchronized"


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock module: ``state``, ``antenna`` and ``receiver`` as in LTOS, ``holdover`` in seconds."""

    state: str
    antenna: str
    receiver: str
    warm: bool
    holdover: float = 0.0

    @property
    def receiving(self) -> bool:
        """Whether the receiver receives its transmitters."""
        return self.receiver == SYNCHRONIZED


def holdover_spans(now: SimulatorState, slot: str) -> Iterator[Span]:
    """Yield the spans in which a clock was in holdover."""
    yield from now.spans("holdover", slot)
    for scenario in ("antenna-off", "antenna-short"):
        yield from now.spans(scenario, slot, after=RECEPTION_MEMORY)


def lost_spans(now: SimulatorState, slot: str) -> Iterator[Span]:
    """Yield the spans in which a clock had no time."""
    yield from now.spans("warm-up", lasting=UNTIL_SYNCHRONIZED)
    if slot == first_clock(now):
        yield from now.spans("clock1-lost")


def unsynchronized_spans(now: SimulatorState, slot: str) -> Iterator[Span]:
    """Yield the spans in which a clock was in holdover or had no time."""
    return chain(holdover_spans(now, slot), lost_spans(now, slot))


def clocks(now: SimulatorState) -> list[str]:
    """Return the slots of the fitted clocks."""
    return [slot.name for slot in now.device.fitted("clock") if not now.on("module-pulled", slot.name)]


def first_clock(now: SimulatorState) -> str:
    """Return the slot of the first clock, whether it is plugged in or not."""
    return next((slot.name for slot in now.device.fitted("clock")), "clk1")


def clock(now: SimulatorState, slot: str) -> Clock:
    """Return the state of a clock module."""
    antenna = "connected"
    if now.on("antenna-off", slot):
        antenna = "disconnected"
    if now.on("antenna-short", slot):
        antenna = "short-circuit"
    warm = oscillators_warm(now)
    if ongoing(lost_spans(now, slot), now.elapsed) is not None:
        return Clock(LOST, antenna, _booting(now, antenna), warm)
    held = ongoing(holdover_spans(now, slot), now.elapsed)
    if held is not None:
        return Clock(HOLDOVER, antenna, _searching(antenna), warm, held)
    return Clock(SYNCHRONIZED, antenna, SYNCHRONIZED if antenna == "connected" else "no-data", warm)


def _searching(antenna: str) -> str:
    return "tracking" if antenna == "connected" else "no-data"


def _booting(now: SimulatorState, antenna: str) -> str:
    if antenna != "connected":
        return "no-data"
    return "cold-boot" if now.on("warm-up") and now.uptime < UNTIL_SYNCHRONIZED / 2 else "warm-boot"


def oscillators_warm(now: SimulatorState) -> bool:
    """Return whether the last boot was long enough ago."""
    return not now.on("warm-up") or now.uptime >= UNTIL_WARM


def has_time(now: SimulatorState, slot: str) -> bool:
    """Return whether a clock is plugged in and synchronized or in holdover."""
    return slot in clocks(now) and ongoing(lost_spans(now, slot), now.elapsed) is None


def selected_clock(now: SimulatorState) -> str:
    """Return the slot of the clock that serves the device.

    A switch card changes over when the selected clock has no time but the other does, and does not change back; in
    manual mode it never changes. After a boot the first clock serves.
    """
    fitted = [slot.name for slot in now.device.fitted("clock")]
    if len(fitted) < 2:
        return first_clock(now)
    selected = fitted[0]
    for elapsed in _turns(now):
        if elapsed < now.booted:
            continue
        then = now.at(elapsed)
        if then.on("rsc-manual") or has_time(then, selected):
            continue
        selected = next((slot for slot in fitted if has_time(then, slot)), selected)
    return selected


def _turns(now: SimulatorState) -> list[float]:
    """Return the times so far at which the state of a clock changed, and the current time."""
    turns = {now.elapsed}
    for episode in now.episodes:
        turns.add(episode.began)
        if episode.scenario.name == "warm-up":
            turns.add(episode.began + UNTIL_SYNCHRONIZED)
        if episode.ended is not None:
            turns.add(episode.ended)
    return sorted(turn for turn in turns if turn <= now.elapsed)


def reference(now: SimulatorState) -> SimulatedSlot | None:
    """Return the slot of the clock that serves the device, None if it is removed."""
    name = selected_clock(now)
    return now.device.slot(name) if name in clocks(now) else None


def _timeless_spans(now: SimulatorState) -> Iterator[Span]:
    """Yield the spans in which the selected clock had no time."""
    began: float | None = None
    for elapsed in _turns(now):
        then = now.at(elapsed)
        timed = has_time(then, selected_clock(then))
        if timed and began is not None:
            yield Span(began, elapsed)
            began = None
        elif not timed and began is None:
            began = elapsed
    if began is not None:
        yield Span(began)


def ntp_lost_spans(now: SimulatorState) -> Iterator[Span]:
    """Yield the spans without a system peer of NTP: after a fault, or if the selected clock had no time."""
    yield from now.spans("ntp-unsynchronized")
    yield from _timeless_spans(now)


def ntp_synchronized(now: SimulatorState) -> bool:
    """Return whether NTP has a system peer."""
    return ongoing(ntp_lost_spans(now), now.elapsed) is None


QUALITY_GROWTH = (
    (0.0, "100ns"),
    (60.0, "250ns"),
    (300.0, "1us"),
    (900.0, "2.5us"),
    (3600.0, "10us"),
    (14400.0, "25us"),
    (43200.0, "100us"),
    (172800.0, "1ms"),
)
"""Seconds in holdover (of an OCXO) from which the device reports each bound of the time error."""


def time_quality(state: Clock, synchronized: str, oscillator: str) -> str:
    """Return the estimated time quality as in LTOS; ``synchronized`` is the bound while synchronized."""
    if state.state == LOST:
        return "unknown"
    if state.state == SYNCHRONIZED:
        return f"less-than-{synchronized}"
    pace = 20.0 if oscillator.startswith("tcxo") else 1.0
    grown = [bound for seconds, bound in QUALITY_GROWTH if state.holdover * pace >= seconds]
    order = [bound for _, bound in QUALITY_GROWTH]
    floor = order.index(synchronized) if synchronized in order else 0
    return f"less-than-{order[max(floor, len(grown) - 1)]}"


def holdover_error(now: SimulatorState, slot: str) -> int:
    """Return the estimated time error of holdover in ns, 0 outside holdover."""
    held = clock(now, slot).holdover
    return int(held * 1.2 + held * held * 2e-5)
