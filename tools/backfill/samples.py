"""Samples of a fleet, as Prometheus would have stored them, in OpenMetrics text with timestamps.

Documents of the simulator pass the real parser, mapping and exposition of the exporter; only the HTTP exchange is
invented. The labels of the target are added as Prometheus does.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.document.parse import parse
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.result import Mapped
from lantime_exporter.probe import metrics
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_simulator import document
from lantime_simulator.scenarios import Episode, activate

from tools.backfill.fleets import FleetDevice

JOB = "lantime"

EXPORTER_JOB = "lantime-exporter"

EXPORTER_INSTANCE = "localhost:10124"

PROBE_TIMEOUT = 9.5

OWN_PROFILE = re.compile(r'(?:^|(?<=,))profile="')
"""The label of a PTP profile, which Prometheus renames if the target has a label of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapeSpan:
    """The simulated time: ``length`` seconds up to ``until`` (Unix time), a scrape every ``step`` seconds."""

    until: float
    length: float = 3600.0
    step: float = 30.0

    @property
    def begin(self) -> float:
        """Unix time of the first scrape."""
        return self.until - self.length

    @property
    def scrapes(self) -> Iterator[tuple[float, float]]:
        """Yield each scrape as seconds since the start and as Unix time."""
        for number in range(int(self.length / self.step) + 1):
            yield number * self.step, self.begin + number * self.step


def device_samples(fleet: Sequence[FleetDevice], span: ScrapeSpan) -> Iterator[str]:
    """Yield the samples of a fleet, line by line, without the end mark."""
    mapper = Mapper(load(), Module())
    for simulated in fleet:
        labels = _labelled(JOB, simulated.name, simulated.profile)
        for elapsed, now in span.scrapes:
            is_scraped = elapsed < simulated.scraped_until
            if is_scraped:
                yield from _stamped(_probe(mapper, simulated, elapsed, now), labels, now)
            yield f"{labels('up')} {int(is_scraped)} {now:.3f}\n"


def exporter_samples(fleet: Sequence[FleetDevice], span: ScrapeSpan) -> Iterator[str]:
    """Yield the samples of the exporter's own metrics while it probed that fleet."""
    own = ExporterMetrics(span.begin, lambda: len(fleet))
    labels = _labelled(EXPORTER_JOB, EXPORTER_INSTANCE)
    for elapsed, now in span.scrapes:
        for simulated in fleet:
            reached = not _unreachable(activate(simulated.timetable, simulated.device, elapsed))
            own.begin_probe(limit=1)
            own.end_probe("none" if reached else "connect", _duration(simulated, elapsed))
            own.count_response(200)
        yield from _stamped(own.render(as_openmetrics=False).decode().splitlines(keepends=True), labels, now)
        yield f'up{{job="{EXPORTER_JOB}",instance="{EXPORTER_INSTANCE}"}} 1 {now:.3f}\n'


def _probe(mapper: Mapper, simulated: FleetDevice, elapsed: float, now: float) -> list[str]:
    episodes = activate(simulated.timetable, simulated.device, elapsed)
    seconds = _duration(simulated, elapsed)
    if _unreachable(episodes):
        return _lines(seconds, "connect", (Exchange(resource="/api/status", requested_at=now),), None)
    body = json.dumps(document(simulated.device, episodes, elapsed, now)).encode()
    exchange = Exchange(
        resource="/api/status",
        requested_at=now,
        rtt=seconds * 0.9,
        phases={"wait": seconds * 0.8, "transfer": seconds * 0.1},
        status=200,
        response_bytes=len(body),
        reused=elapsed > 0,
        certificate_not_after=now + 300 * 86400,
    )
    return _lines(seconds, "none", (exchange,), mapper.map(parse(body)))


def _lines(seconds: float, reason: str, exchanges: tuple[Exchange, ...], mapped: Mapped | None) -> list[str]:
    families = (
        *metrics.outcome(reason, seconds, PROBE_TIMEOUT),
        *metrics.transport(exchanges, None),
        *((*metrics.mapping(mapped), *mapped.families) if mapped else ()),
    )
    return Page(families).render(openmetrics=False).decode().splitlines(keepends=True)


def _duration(simulated: FleetDevice, elapsed: float) -> float:
    """Return the seconds of a probe, about 5 ms per slot of the device."""
    usual = 0.02 + 0.005 * len(simulated.device.slots)
    return usual * (1 + 0.2 * math.sin(elapsed / 300 + len(simulated.name)))


def _unreachable(episodes: Sequence[Episode]) -> bool:
    return any(episode.scenario.name == "unreachable" and episode.ended is None for episode in episodes)


def _labelled(job: str, instance: str, profile: str = "") -> Callable[[str], str]:
    """Return a function that adds the labels of the target to a series; it has a cache, because series repeat."""
    known: dict[str, str] = {}
    target = f'job="{job}",instance="{instance}"' + (f',profile="{profile}"' if profile else "")

    def labelled(series: str) -> str:
        text = known.get(series)
        if text is None:
            name, brace, rest = series.partition("{")
            own = rest[:-1] if brace else ""
            if profile:
                own = OWN_PROFILE.sub('exported_profile="', own)
            text = known[series] = f"{name}{{{own}{',' if own else ''}{target}}}"
        return text

    return labelled


def _stamped(lines: Sequence[str], labels: Callable[[str], str], now: float) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            series, _, value = line.rstrip("\n").rpartition(" ")
            yield f"{labels(series)} {value} {now:.3f}\n"
