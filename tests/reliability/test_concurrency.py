"""Many concurrent clients, devices, faults and reloads: nothing is lost, mixed or leaked."""

import gc
import http.client
import logging
import os
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from lantime_exporter.cli.serve import Service, serving
from lantime_exporter.config.settings import Module
from lantime_exporter.errors import FAILURE_REASONS
from lantime_simulator import Lantime, SimulatedNetwork, m600

from tests.integration.prometheus import eventually
from tests.probe.probe_settings import PASSWORD, USER, watching

DEVICES = 200
LOCKED = 'lantime_probe_failure{reason="lockout"} 1.0'
CLIENTS = 64
BETWEEN_RELOADS = 0.05
BETWEEN_FAULTS = 0.01
WARMING, STORM = 4.0, 5.0
"""Seconds; memory levels off in the first period, latest with Python 3.14."""
PROBES = 300
"""Fewer probes would prove nothing."""

MOST_GROWTH = 16 * 1024 * 1024
"""Bytes of resident memory; all responses together are a hundred times as large."""

SCENES = ("unreachable", "truncated", "broken-json", "html", "empty", "status-500", "wrong-password", "slow@0.05")
SKIPPED = ("#", "lantime_http_phase_seconds")
"""Comments, and series of only some probes: a kept connection has no connect phase."""

OF_A_FAILURE = ("lantime_up", "lantime_probe_", "lantime_http_")


Probe = Callable[[int], tuple[int, str]]


def series(page: str) -> frozenset[str]:
    """Return the samples of a page without their values."""
    lines = (line.rpartition(" ")[0] for line in page.splitlines() if not line.startswith(SKIPPED))
    return frozenset(lines)


@dataclass
class Storm:
    """Probing clients, changing faults and reloads, for some seconds."""

    service: Service
    lantimes: list[Lantime]
    expected: dict[int, frozenset[str]]
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    reloads: int = 0

    def rage(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._probe, args=(Random(number), end)) for number in range(CLIENTS)]  # noqa: S311 - which device is next
        threads += [threading.Thread(target=work, args=(end,)) for work in (self._break, self._reload)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for lantime in self.lantimes:
            lantime.activate()

    def _probe(self, random: Random, end: float) -> None:
        with self.client() as probe:
            while time.monotonic() < end:
                number = random.randrange(DEVICES)
                self._check(number, *probe(number))

    @contextmanager
    def client(self) -> Iterator[Probe]:
        """Yield a function from the number of a device to status and page of the response."""
        with closing(http.client.HTTPConnection(self.service.server.addresses[0], timeout=30)) as connection:

            def probe(number: int) -> tuple[int, str]:
                connection.request("GET", f"/probe?target=lantime-{number + 1}")
                response = connection.getresponse()
                return response.status, response.read().decode()

            yield probe

    def _check(self, number: int, status: int, page: str) -> None:
        reason = re.search(r'^lantime_probe_failure\{reason="(.*)"\} 1\.0$', page, re.MULTILINE)
        if status != 200 or reason is None or reason[1] not in FAILURE_REASONS:
            self.wrong.append(f"{number}: {status} {page[:200]}")
            return
        self.outcomes[reason[1]] += 1
        found = series(page)
        if reason[1] == "none" and found != self.expected[number]:
            self.wrong.append(f"{number}: {sorted(found ^ self.expected[number])[:5]}")
        if reason[1] != "none" and not all(line.startswith(OF_A_FAILURE) for line in found):
            self.wrong.append(f"{number}: {reason[1]}, but {len(found)} series")

    def _break(self, end: float) -> None:
        random = Random(0)  # noqa: S311 - which fault is next
        while time.monotonic() < end:
            scenarios = (SCENES[random.randrange(len(SCENES))],) if random.random() < 0.7 else ()
            self.lantimes[random.randrange(DEVICES)].activate(*scenarios)
            time.sleep(BETWEEN_FAULTS)

    def _reload(self, end: float) -> None:
        while time.monotonic() < end:
            self.service.reload()
            self.reloads += 1
            time.sleep(BETWEEN_RELOADS)


@dataclass(frozen=True)
class Usage:
    """Resources of a process."""

    threads: int
    descriptors: int
    memory: int


def usage() -> Usage:
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return Usage(threading.active_count(), sum(1 for _ in Path("/proc/self/fd").iterdir()), resident)


@pytest.fixture
def storm() -> Iterator[Storm]:
    lantimes = [Lantime(m600(number), clock=lambda: 0.0, wall=lambda: 1.7e9) for number in range(DEVICES)]
    with SimulatedNetwork(lantimes, credentials=(USER, PASSWORD)) as fleet:
        settings = watching(*(server.url for server in fleet.servers), module=Module(timeout=5.0))
        with serving(lambda: settings, ("127.0.0.1:0",)) as service:
            made = Storm(service, lantimes, {})
            with made.client() as probe:
                for number, lantime in enumerate(lantimes):
                    _, page = probe(number)
                    assert f'serial_number="{lantime.device.serial_number}"' in page
                    made.expected[number] = series(page)
            yield made


def test_responses_are_neither_lost_nor_mixed_and_nothing_leaks(storm: Storm, caplog: pytest.LogCaptureFixture) -> None:
    # Otherwise pytest would keep thousands of log records for its report.
    caplog.set_level(logging.ERROR, "lantime_exporter")
    assert len(set(storm.expected.values())) == DEVICES
    storm.rage(WARMING)
    before = eventually(lambda: quiet(storm))
    storm.rage(STORM)
    after = eventually(lambda: quiet(storm, before))
    assert storm.wrong == []
    assert storm.outcomes.total() > PROBES
    assert {"none", "connect", "status", "content", "auth"} <= storm.outcomes.keys() <= set(FAILURE_REASONS)
    assert storm.reloads > STORM / BETWEEN_RELOADS / 10
    assert after.memory - before.memory < MOST_GROWTH
    with storm.client() as probe:
        pages = {number: probe(number)[1] for number in range(DEVICES)}
    # A device that rejected the credentials gets no requests for a while, also after reloads.
    answered = {number: series(page) for number, page in pages.items() if LOCKED not in page}
    assert len(answered) > DEVICES / 2
    assert answered == {number: storm.expected[number] for number in answered}


def quiet(storm: Storm, before: Usage = Usage(CLIENTS - 1, sys.maxsize, sys.maxsize)) -> Usage | None:
    """Return the usage once there are no more threads and descriptors than before.

    The connections kept to devices, at most two each, do not count: they have a descriptor at either end.
    The simulated devices close their ends of connections a moment later.
    """
    kept = storm.service.exporter.open_connections()
    assert kept <= 2 * DEVICES
    used = usage()
    found = Usage(used.threads, used.descriptors - 2 * kept, used.memory)
    is_quiet = found.threads <= before.threads and found.descriptors <= before.descriptors
    return found if is_quiet else None
