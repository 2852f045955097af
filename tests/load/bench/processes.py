"""The processes of a benchmark, and their CPU time and memory."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from tests.load.bench.load import Load, LoadResult

CPUCLOCK_SCHED = 2
"""Linux: the clock of a process's CPU time is this kind in the lowest three bits, and above them its inverted id."""

ROOT = Path(__file__).parents[3]


class ProcessInput(Protocol):
    """The input of a process."""

    def text(self) -> str:
        """Return it as a line of JSON."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process that serves on a port of the loopback interface."""

    pid: int
    ports: Sequence[int]
    input: IO[str] | None = None
    output: IO[str] | None = None

    @property
    def port(self) -> int:
        """Return its first port."""
        return self.ports[0]

    def counts(self) -> dict[str, float]:
        """Return the number of connections of a device so far (``bench.device``)."""
        assert self.input is not None
        assert self.output is not None
        self.input.write("\n")
        self.input.flush()
        return dict(json.loads(self.output.readline()))

    def cpu_seconds(self) -> float:
        """Return user and system time so far, with the resolution of the scheduler."""
        return time.clock_gettime(~self.pid << 3 | CPUCLOCK_SCHED)

    def resident_bytes(self) -> int:
        """Return the current memory."""
        return self._status("VmRSS")

    def peak_bytes(self) -> int:
        """Return the peak of the memory."""
        return self._status("VmHWM")

    def _status(self, name: str) -> int:
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
        raise LookupError(name)


def run_process(module: str, given: ProcessInput) -> Any:
    """Run a process to its end and return its output, a line of JSON."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(  # noqa: S603 -- our own module
        command, input=given.text() + "\n", stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def run_load(load: Load) -> LoadResult:
    """Run a load in a separate process."""
    return LoadResult(**run_process("tests.load.bench.load", load))


@contextmanager
def serving(module: str, given: ProcessInput) -> Iterator[Process]:
    """Run a process that writes its ports and serves until its input ends."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(given.text() + "\n")
        process.stdin.flush()
        yield Process(process.pid, json.loads(process.stdout.readline()), process.stdin, process.stdout)
        process.stdin.close()


@contextmanager
def exporter(config: Path) -> Iterator[Process]:
    """Run the installed exporter on a free port."""
    command = [
        sys.executable,
        "-m",
        "lantime_exporter",
        "--config.file",
        str(config),
        "--web.listen-address",
        "127.0.0.1:0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:  # noqa: S603 -- ours
        assert process.stderr is not None
        try:
            yield Process(process.pid, [_port(process.stderr)])
        finally:
            process.terminate()
            process.communicate()


def _port(log: IO[str]) -> int:
    """Return the port from the log."""
    seen = []
    for line in log:
        seen.append(line)
        if found := re.search(r"listens on [^ ]*:(\d+)", line):
            return int(found[1])
    raise RuntimeError(f"the exporter does not listen:\n{''.join(seen)}")
