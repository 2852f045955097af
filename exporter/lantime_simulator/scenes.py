"""What can happen to a simulated LANTIME, and when.

A scene is written ``NAME`` or ``NAME@TARGET``: ``antenna-off``, ``antenna-off@clk2``, ``slow@0.2``. Scenes combine;
``healthy`` is their absence. What was and is played are episodes, so that events can say when something happened last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from lantime_exporter.errors import RequestError

from lantime_simulator.description import Device, Slot

HEALTHY = "healthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A scene of the catalogue.

    ``aims_at`` says what a target is; ``families`` are the families whose first slot is hit when no target is named.
    ``requires`` names what the device must have: a ``cluster``, a ``team``, a ``rubidium``. ``transport`` scenes spoil
    the HTTP exchange and leave the document alone.
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
        "holdover": Kind(
            summary="the clock runs on its oscillator, elapsed time grows", aims_at="slot", families=("clock",)
        ),
        "antenna-off": Kind(
            summary="the antenna is disconnected, ten seconds later holdover", aims_at="slot", families=("clock",)
        ),
        "antenna-short": Kind(
            summary="the antenna is shorted, ten seconds later holdover", aims_at="slot", families=("clock",)
        ),
        "warm-up": Kind(summary="reboot: two minutes until synchronized, five until the oscillator is warm"),
        "ntp-unsynchronized": Kind(summary="NTP has no system peer: leap alarm, stratum 16"),
        "leap-file-expired": Kind(summary="the leap second file of NTP is out of date"),
        "leap-announced": Kind(summary="a leap second is announced for the end of the half-year"),
        "clock1-lost": Kind(summary="the first clock is not synchronized; a switch card selects the second"),
        "psu-lost": Kind(summary="a power supply fails (the last one fitted)", aims_at="slot"),
        "fan-failed": Kind(summary="the first fan fails", aims_at="slot", families=("acm",)),
        "link-down": Kind(summary="a network port loses its link (the last one that has it)", aims_at="port"),
        "event-raised": Kind(summary="an event is raised (low-system-resources)", aims_at="event"),
        "stale-data": Kind(summary="the status is not refreshed any more"),
        "relay-c-nc": Kind(summary="relay C falls to NC", aims_at="slot", families=("rel",)),
        "rsc-manual": Kind(summary="the switch card is in manual mode", aims_at="slot", families=("rsc",)),
        "ptp-offset-step": Kind(
            summary="PTP slaves see their master 25 us away", aims_at="slot", families=PTP_FAMILIES
        ),
        "ptp-grandmaster-change": Kind(
            summary="PTP slaves follow another master", aims_at="slot", families=PTP_FAMILIES
        ),
        "ptp-faulty": Kind(summary="the PTP ports are faulty", aims_at="slot", families=PTP_FAMILIES),
        "output-level-lost": Kind(summary="the second output has no level", aims_at="slot", families=OUTPUT_FAMILIES),
        "input-lost": Kind(summary="the first input has no signal", aims_at="slot", families=INPUT_FAMILIES),
        "frequency-limit": Kind(summary="the mains frequency is out of limits", aims_at="slot", families=("fdm",)),
        "module-pulled": Kind(summary="a card is pulled out", aims_at="slot", families=CARD_FAMILIES),
        "syncmon-limit": Kind(summary="a SyncMon node exceeds its offset limit (the first)", aims_at="node"),
        "member-offline": Kind(summary="a SyncTeam member is offline (the last)", requires="team"),
        "cluster-master-changed": Kind(summary="another member of the cluster is master", requires="cluster"),
        "rubidium-fault": Kind(summary="the external rubidium reports a cell error", requires="rubidium"),
        "slow": Kind(summary="the answer takes that many seconds (3)", aims_at="seconds", transport=True),
        "broken-json": Kind(summary="the body is not JSON from its middle on", transport=True),
        "truncated": Kind(summary="the connection ends in the middle of the body", transport=True),
        "html": Kind(summary="an HTML page with status 200", transport=True),
        "empty": Kind(summary="an empty body with status 200", transport=True),
        "line-breaks": Kind(summary="line breaks around the body, as old firmware sends them", transport=True),
        "status-500": Kind(summary="500 Internal Server Error", transport=True),
        "wrong-password": Kind(summary="401 whatever the credentials", transport=True),
        "unreachable": Kind(summary="connections are reset before a byte is answered", transport=True),
    }
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene of the catalogue aimed at a slot, port, event or node, or with its number of seconds."""

    name: str
    target: str | None = None

    @property
    def transport(self) -> bool:
        """Whether it spoils the exchange instead of the document."""
        return CATALOGUE[self.name].transport


@dataclass(frozen=True, slots=True)
class Episode:
    """A scene that began at a time and, unless it still goes on, ended at another (seconds since the start)."""

    scene: Scene
    began: float
    ended: float | None = None

    def holds(self, elapsed: float) -> bool:
        """Return whether the scene is on at that time."""
        return self.began <= elapsed and (self.ended is None or elapsed < self.ended)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Scenes that change by themselves: from each row's second on its scenes hold, until the next row.

    With a ``period`` in seconds it starts again after it.
    """

    rows: tuple[tuple[float, tuple[str, ...]], ...]
    period: float | None = None


def parse(text: str, device: Device) -> Scene | None:
    """Return the scene a text means on that device with its target filled in, None for ``healthy``.

    Raises RequestError for an unknown scene, or one that has nothing to act on there.
    """
    name, _, target = text.partition("@")
    if name == HEALTHY and not target:
        return None
    kind = CATALOGUE.get(name)
    if kind is None:
        raise RequestError(f"unknown scene {name!r}, known: {', '.join((HEALTHY, *CATALOGUE))}")
    return Scene(name, _target(name, kind, target, device))


def _target(name: str, kind: Kind, target: str, device: Device) -> str | None:
    if kind.requires is not None and not getattr(device, kind.requires):
        raise RequestError(f"scene {name}: device {device.name} has no {kind.requires}")
    if kind.aims_at is None:
        if target:
            raise RequestError(f"scene {name}: takes no target")
        return None
    if kind.aims_at == "event":
        return target or "low-system-resources"
    if kind.aims_at == "seconds":
        return _seconds(name, target or "3")
    candidates = list(_candidates(name, kind, device))
    if not candidates:
        raise RequestError(f"scene {name}: device {device.name} has nothing it could happen to")
    if not target:
        return candidates[0]
    if target not in candidates:
        raise RequestError(f"scene {name}: device {device.name} has no {target!r} for it, has: {', '.join(candidates)}")
    return target


def _seconds(name: str, text: str) -> str:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 3600:
        raise RequestError(f"scene {name}: {text!r} is not a number of seconds below 3600")
    return text


def _candidates(name: str, kind: Kind, device: Device) -> Iterable[str]:
    """Yield what a scene can happen to, the one it happens to by default first."""
    if kind.aims_at == "port":
        return [port.name for port in reversed(device.ports) if port.available and port.link]
    if kind.aims_at == "node":
        return [node.name for node in device.nodes]
    if name == "psu-lost":
        return [slot.name for slot in reversed(list(device.fitted("psu")))]
    preferred = [slot for family in kind.families for slot in device.fitted(family) if _has_role(name, slot)]
    if name == "module-pulled":
        preferred += [slot for slot in device.fitted() if slot not in preferred and _is_card(slot)]
    return [slot.name for slot in preferred]


def _has_role(name: str, slot: Slot) -> bool:
    """Return whether the PTP instances of a slot are such that a PTP scene can happen to them."""
    roles = () if slot.module is None else slot.module.roles
    if name in {"ptp-offset-step", "ptp-grandmaster-change"}:
        return "slave" in roles
    return name != "ptp-faulty" or bool(roles)


def _is_card(slot: Slot) -> bool:
    return slot.kind not in {"cpu", "int", "pwr"}


def change(episodes: Sequence[Episode], scenes: Iterable[Scene], elapsed: float) -> tuple[Episode, ...]:
    """Return the episodes after the moment from which on exactly these scenes hold; what holds already goes on.

    Of what is over the last time of each scene is kept: nothing tells of more.
    """
    wanted = list(dict.fromkeys(scenes))
    running = {episode.scene: episode for episode in episodes if episode.ended is None}
    over = {episode.scene: episode for episode in episodes if episode.ended is not None}
    over |= {scene: replace(episode, ended=elapsed) for scene, episode in running.items() if scene not in wanted}
    return (*over.values(), *(running.get(scene, Episode(scene, elapsed)) for scene in wanted))


def check(timetable: Timetable, device: Device) -> None:
    """Raise RequestError, like ``parse``, for a timetable that the device cannot play."""
    for _, texts in timetable.rows:
        for text in texts:
            parse(text, device)


def play(timetable: Timetable, device: Device, elapsed: float) -> tuple[Episode, ...]:
    """Return the episodes of a timetable up to a time; of one that repeats, the present and the last round.

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
            scenes = filter(None, (parse(text, device) for text in texts))
            episodes = change(episodes, scenes, start + second)
    return episodes
