"""Probes of many devices, spread over the interval like scrapes of Prometheus.

``python -m tests.load.bench.schedule`` reads a ``Schedule`` as JSON from its standard input and writes the result
as a line of JSON.
"""

import asyncio
import json
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass, field

from tests.load.bench.load import percentiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Each path is requested once per interval, spread over it, for so many seconds.

    A response may take ``patience`` seconds.
    """

    port: int
    paths: tuple[str, ...]
    interval: float
    seconds: float
    max_wait: float
    headers: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the schedule as JSON."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleResult:
    """Number of probes, of those that failed or were late, and their times in seconds."""

    probes: int
    missed: int
    seconds: float
    p50: float
    p95: float
    p99: float
    longest: float
    connections: int


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Scraper:
    """Sends requests over kept connections, one per concurrent request."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._head = "".join(f"{name}: {value}\r\n" for name, value in schedule.headers.items())
        self._idle: deque[Streams] = deque()
        self.opened = 0
        self.missed = 0
        self.times: list[float] = []

    async def probe(self, path: str) -> None:
        """Send a request and record its time."""
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._schedule.max_wait):
                is_good = await self._send(path)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            is_good = False
        self.times.append(time.perf_counter() - started)
        self.missed += not is_good

    async def _send(self, path: str) -> bool:
        reader, writer = await self._connection()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{self._head}\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(value)
            for name, _, value in (line.partition(b":") for line in head.split(b"\r\n"))
            if name == b"Content-Length"
        )
        body = await reader.readexactly(length)
        self._idle.append((reader, writer))
        return head.startswith(b"HTTP/1.1 200 ") and b"\nlantime_up 0" not in body

    async def _connection(self) -> Streams:
        if self._idle:
            return self._idle.pop()
        self.opened += 1
        return await asyncio.open_connection("127.0.0.1", self._schedule.port, limit=1 << 20)

    def close(self) -> None:
        """Close the connections that are not in use."""
        for _, writer in self._idle:
            writer.close()


async def run(schedule: Schedule) -> ScheduleResult:
    """Send requests until the time is over, and wait for the responses."""
    scraper = Scraper(schedule)
    started = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        turns = int(schedule.seconds / schedule.interval * len(schedule.paths))
        for turn in range(turns):
            due = started + turn * schedule.interval / len(schedule.paths)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(scraper.probe(schedule.paths[turn % len(schedule.paths)]))
    seconds = time.perf_counter() - started
    scraper.close()
    p50, p95, p99 = percentiles(scraper.times)
    return ScheduleResult(
        probes=turns,
        missed=scraper.missed,
        seconds=seconds,
        p50=p50,
        p95=p95,
        p99=p99,
        longest=max(scraper.times),
        connections=scraper.opened,
    )


def main() -> None:
    """Follow the schedule in the standard input."""
    schedule = Schedule(**json.loads(sys.stdin.readline()))
    sys.stdout.write(json.dumps(asdict(asyncio.run(run(schedule)))) + "\n")


if __name__ == "__main__":
    main()
