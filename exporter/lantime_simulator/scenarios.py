"""Scenarios of a simulated LANTIME, and their times.

A scenario is written ``NAME`` or ``NAME@TARGET``: ``antenna-off``, ``antenna-off@clk2``, ``slow@0.2``. Scenarios
can be combined; ``healthy`` means none. Past and active ones are episodes, from which events take their last time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from lantime_exporter.errors import RequestError

from lantime_simulator.description import SimulatedDevice, SimulatedSlot

HEALTHY = "healthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEntry:
    """A scenario of the catalogue.

    ``aims_at`` is the kind of target; the default is the first slot of one of the ``families``. ``requires`` names what
    the device must have: a ``cluster``, a ``team``, a ``rubidium``. ``transport`` scenarios are faults of the HTTP
    exchange and do not change the document.
    """

    summary: str
    aims_at: Literal["slot", "port", "event", "node", "seconds"] | None = None
    families: tuple[str, ...] = ()
    requires: Literal["cluster", "team", "rubidium"] | None = None
    transport: bool = False


OUTPUT_FAMILIES = ("lno", "bpe", "cpe", "liu", "lsg", "scg", "vsg")
INPUT_FAMILIES = ("mri", "esi", "vsi", "pio")
CARD_FAMILIES = ("rel", "lno", "bpe", "cpe", "lne", "fdm", "ptp")
PTP_FAMILIES = ("ptp", "n2x", "cpu")

CATALOGUE = MappingProxyType(
    {
        "holdover": ScenarioEntry(
            summary="the clock runs on its oscillator, elapsed time grows", aims_at="slot", families=("clock",)
        ),
        "antenna-off": ScenarioEntry(
            summary="the antenna is disconnected, ten seconds later holdover", aims_at="slot", families=("clock",)
        ),
        "antenna-short": ScenarioEntry(
            summary="the antenna is shorted, ten seconds later holdover", aims_at="slot", families=("clock",)
        ),
        "warm-up": ScenarioEntry(summary="reboot: two minutes until synchronized, five until the oscillator is warm"),
        "ntp-unsynchronized": ScenarioEntry(summary="NTP has no system peer: leap alarm, stratum 16"),
        "leap-file-expired": ScenarioEntry(summary="the leap second file of NTP is out of date"),
        "leap-announced": ScenarioEntry(summary="a leap second is announced for the end of the half-year"),
        "clock1-lost": ScenarioEntry(summary="the first clock is not synchronized; a switch card selects the second"),
        "psu-lost": ScenarioEntry(summary="a power supply fails (the last one fitted)", aims_at="slot"),
        "fan-failed": ScenarioEntry(summary="the first fan fails", aims_at="slot", families=("acm",)),
        "link-down": ScenarioEntry(summary="a network port loses its link (the last one that has it)", aims_at="port"),
        "event-raised": ScenarioEntry(summary="an event is raised (low-system-resources)", aims_at="event"),
        "stale-data": ScenarioEntry(summary="the status is not refreshed any more"),
        "relay-c-nc": ScenarioEntry(summary="relay C falls to NC", aims_at="slot", families=("rel",)),
        "rsc-manual": ScenarioEntry(summary="the switch card is in manual mode", aims_at="slot", families=("rsc",)),
        "ptp-offset-step": ScenarioEntry(
            summary="PTP slaves see their master 25 us away", aims_at="slot", families=PTP_FAMILIES
        ),
        "ptp-grandmaster-change": ScenarioEntry(
            summary="PTP slaves follow another master", aims_at="slot", families=PTP_FAMILIES
        ),
        "ptp-faulty": ScenarioEntry(summary="the PTP ports are faulty", aims_at="slot", families=PTP_FAMILIES),
        "output-level-lost": ScenarioEntry(summary="an output has no level", aims_at="slot", families=OUTPUT_FAMILIES),
        "input-lost": ScenarioEntry(summary="the first input has no signal", aims_at="slot", families=INPUT_FAMILIES),
        "frequency-limit": ScenarioEntry(summary="the mains is out of limits", aims_at="slot", families=("fdm",)),
        "module-pulled": ScenarioEntry(summary="a card is pulled out", aims_at="slot", families=CARD_FAMILIES),
        "syncmon-limit": ScenarioEntry(summary="a SyncMon node exceeds its offset limit (the first)", aims_at="node"),
        "member-offline": ScenarioEntry(summary="a SyncTeam member is offline (the last)", requires="team"),
        "cluster-master-changed": ScenarioEntry(summary="another member of the cluster is master", requires="cluster"),
        "rubidium-fault": ScenarioEntry(summary="the external rubidium reports a cell error", requires="rubidium"),
        "slow": ScenarioEntry(summary="the response takes that many seconds (3)", aims_at="seconds", transport=True),
        "broken-json": ScenarioEntry(summary="the body is not JSON from its middle on", transport=True),
        "truncated": ScenarioEntry(summary="the connection ends in the middle of the body", transport=True),
        "html": ScenarioEntry(summary="an HTML page with status 200", transport=True),
        "empty": ScenarioEntry(summary="an empty body with status 200", transport=True),
        "line-breaks": ScenarioEntry(summary="line breaks around the body, as old firmware sends them", transport=True),
        "status-500": ScenarioEntry(summary="500 Internal Server Error", transport=True),
        "wrong-password": ScenarioEntry(summary="401 for any credentials", transport=True),
        "unreachable": ScenarioEntry(summary="connections are reset before the response", transport=True),
    }
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with its slot, port, event or node, or its number of seconds."""

    name: str
    target: str | None = None

    @property
    def transport(self) -> bool:
        """Whether it is a fault of the exchange and not of the document."""
        return CATALOGUE[self.name].transport


@dataclass(frozen=True, slots=True)
class Episode:
    """A scenario with its start and, unless it is still active, its end (seconds since the start of the simulation)."""

    scenario: Scenario
    began: float
    ended: float | None = None

    def holds(self, elapsed: float) -> bool:
        """Return whether the scenario is active at that time."""
        return self.began <= elapsed and (self.ended is None or elapsed < self.ended)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Scenarios by time: those of a row are active from its second until the next row.

    With a ``period`` it repeats after so many seconds.
    """

    rows: tuple[tuple[float, tuple[str, ...]], ...]
    period: float | None = None


def parse(text: str, device: SimulatedDevice) -> Scenario | None:
    """Return the scenario that a text means on this device, with its target; None for ``healthy``.

    Raises RequestError for a scenario that is unknown or does not apply to the device.
    """
    name, _, target = text.partition("@")
    if name == HEALTHY and not target:
        return None
    entry = CATALOGUE.get(name)
    if entry is None:
        raise RequestError(f"unknown scenario {name!r}, known: {', '.join((HEALTHY, *CATALOGUE))}")
    return Scenario(name, _target(name, entry, target, device))


def _target(name: str, entry: ScenarioEntry, target: str, device: SimulatedDevice) -> str | None:
    if entry.requires is not None and not getattr(device, entry.requires):
        raise RequestError(f"scenario {name}: device {device.name} has no {entry.requires}")
    if entry.aims_at is None:
        if target:
            raise RequestError(f"scenario {name}: takes no target")
        return None
    if entry.aims_at == "event":
        return target or "low-system-resources"
    if entry.aims_at == "seconds":
        return _seconds(name, target or "3")
    candidates = list(_candidates(name, entry, device))
    if not candidates:
        raise RequestError(f"scenario {name}: device {device.name} has nothing it could happen to")
    if not target:
        return candidates[0]
    if target not in candidates:
        raise RequestError(
            f"scenario {name}: device {device.name} has no {target!r} for it, has: {', '.join(candidates)}"
        )
    return target


def _seconds(name: str, text: str) -> str:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 3600:
        raise RequestError(f"scenario {name}: {text!r} is not a number of seconds below 3600")
    return text


def _candidates(name: str, entry: ScenarioEntry, device: SimulatedDevice) -> Iterable[str]:
    """Yield the possible targets of a scenario, the default first."""
    if entry.aims_at == "port":
        return [port.name for port in reversed(device.ports) if port.available and port.link]
    if entry.aims_at == "node":
        return [node.name for node in device.nodes]
    if name == "psu-lost":
        return [slot.name for slot in reversed(list(device.fitted("psu")))]
    preferred = [slot for family in entry.families for slot in device.fitted(family) if _has_role(name, slot)]
    if name == "module-pulled":
        preferred += [slot for slot in device.fitted() if slot not in preferred and _is_card(slot)]
    return [slot.name for slot in preferred]


def _has_role(name: str, slot: SimulatedSlot) -> bool:
    """Return whether a PTP scenario applies to the PTP instances of a slot."""
    roles = () if slot.module is None else slot.module.roles
    if name in {"ptp-offset-step", "ptp-grandmaster-change"}:
        return "slave" in roles
    return name != "ptp-faulty" or bool(roles)


def _is_card(slot: SimulatedSlot) -> bool:
    return slot.kind not in {"cpu", "int", "pwr"}


def change(episodes: Sequence[Episode], scenarios: Iterable[Scenario], elapsed: float) -> tuple[Episode, ...]:
    """Return the episodes if exactly these scenarios are active from now on; active ones continue.

    Of past activations only the last of each scenario is kept.
    """
    wanted = list(dict.fromkeys(scenarios))
    running = {episode.scenario: episode for episode in episodes if episode.ended is None}
    over = {episode.scenario: episode for episode in episodes if episode.ended is not None}
    over |= {
        scenario: replace(episode, ended=elapsed) for scenario, episode in running.items() if scenario not in wanted
    }
    return (*over.values(), *(running.get(scenario, Episode(scenario, elapsed)) for scenario in wanted))


def check(timetable: Timetable, device: SimulatedDevice) -> None:
    """Raise RequestError, like ``parse``, for a timetable that does not apply to the device."""
    for _, texts in timetable.rows:
        for text in texts:
            parse(text, device)


def activate(timetable: Timetable, device: SimulatedDevice, elapsed: float) -> tuple[Episode, ...]:
    """Return the episodes of a timetable up to a time; of one that repeats, the current and the last period.

    Raises RequestError like ``parse``.
    """
    rounds = [0.0]
    if timetable.period is not None:
        present = elapsed // timetable.period
        rounds = [count * timetable.period for count in (present - 1, present) if count >= 0]
    episodes: tuple[Episode, ...] = ()
    for start in rounds:
        for second, texts in timetable.rows:
            if start + second > elapsed:
                break
            scenarios = filter(None, (parse(text, device) for text in texts))
            episodes = change(episodes, scenarios, start + second)
    return episodes
