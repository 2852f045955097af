"""The processes of a benchmark, and what the kernel says of them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from tests.load.bench.load import Answered, Load

TICKS = os.sysconf("SC_CLK_TCK")

ROOT = Path(__file__).parents[3]


class Speech(Protocol):
    """The input of a process."""

    def text(self) -> str:
        """Return it as one line of JSON."""


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
        """Ask a device for the connections that it had so far (``bench.device``)."""
        assert self.input is not None
        assert self.output is not None
        self.input.write("\n")
        self.input.flush()
        return dict(json.loads(self.output.readline()))

    def cpu_seconds(self) -> float:
        """Return user and system time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_bytes(self) -> int:
        """Return the memory in use now."""
        return self._status("VmRSS")

    def peak_bytes(self) -> int:
        """Return the most memory that was ever in use."""
        return self._status("VmHWM")

    def _status(self, name: str) -> int:
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
        raise LookupError(name)


def ask(module: str, speech: Speech) -> Any:
    """Run a process to its end and return what it wrote, a line of JSON."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(  # noqa: S603 -- our own module
        command, input=speech.text() + "\n", stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def answered(load: Load) -> Answered:
    """Run a load in a separate process."""
    return Answered(**ask("tests.load.bench.load", load))


@contextmanager
def serving(module: str, speech: Speech) -> Iterator[Process]:
    """Run a process that writes its ports and serves until its input ends."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(  # noqa: S603 -- our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(speech.text() + "\n")
        process.stdin.flush()
        yield Process(process.pid, json.loads(process.stdout.readline()), process.stdin, process.stdout)
        process.stdin.close()


@contextmanager
def exporter(config: Path) -> Iterator[Process]:
    """Run the exporter as it is installed, on a port of its choice."""
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
    """Return the port in the log once the exporter listens."""
    seen = []
    for line in log:
        seen.append(line)
        if found := re.search(r"listens on [^ ]*:(\d+)", line):
            return int(found[1])
    raise RuntimeError(f"the exporter does not listen:\n{''.join(seen)}")
