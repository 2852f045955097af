"""What a process uses, measured from outside."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from tests.load.soak.repeated import Repeated

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """A process at a moment: ``at`` is on the monotonic clock, ``cpu`` are seconds since its start."""

    at: float
    memory: float
    """Resident, in MiB."""
    descriptors: int
    threads: int
    cpu: float


def read(process: int) -> Reading:
    """Return what a process uses now."""
    folder = Path(f"/proc/{process}")
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return Reading(
        at=time.monotonic(),
        memory=int((folder / "statm").read_text().split()[1]) * PAGE / MIB,
        descriptors=sum(1 for _ in (folder / "fd").iterdir()),
        threads=int(fields[17]),
        cpu=(int(fields[11]) + int(fields[12])) / TICK,
    )


class Gauge(Repeated):
    """Reads a process now and then, in a separate thread."""

    def __init__(self, process: int, between: float = 2.0) -> None:
        super().__init__(between)
        self.readings: list[Reading] = []
        self._process = process

    def turn(self) -> None:
        """Read once."""
        self.readings.append(read(self._process))
