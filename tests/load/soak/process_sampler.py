"""The resources of a process, measured from outside."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from tests.load.soak.periodic import Periodic

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProcessSample:
    """The resources of a process at one time: ``at`` is on the monotonic clock, ``cpu`` are seconds since its start."""

    at: float
    memory: float
    """Resident, in MiB."""
    descriptors: int
    threads: int
    cpu: float


def read(process: int) -> ProcessSample:
    """Return the current resources of a process."""
    folder = Path(f"/proc/{process}")
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return ProcessSample(
        at=time.monotonic(),
        memory=int((folder / "statm").read_text().split()[1]) * PAGE / MIB,
        descriptors=sum(1 for _ in (folder / "fd").iterdir()),
        threads=int(fields[17]),
        cpu=(int(fields[11]) + int(fields[12])) / TICK,
    )


class ProcessSampler(Periodic):
    """Measures a process periodically, in a separate thread."""

    def __init__(self, process: int, interval: float = 2.0) -> None:
        super().__init__(interval)
        self.samples: list[ProcessSample] = []
        self._process = process

    def run_once(self) -> None:
        """Measure once."""
        self.samples.append(read(self._process))
