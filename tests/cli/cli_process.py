"""The exporter as a separate process, and its commands in this one."""

import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

import requests
from lantime_exporter.cli import main

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "lantime_exporter")
MAX_WAIT = 90.0
"""Maximum seconds for everything that a test waits for, even on a busy machine."""


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process: that of the test without variables of the exporter, and the given ones."""
    return {key: value for key, value in os.environ.items() if not key.startswith("LANTIME_")} | dict(given)


@dataclass(frozen=True)
class Done:
    """The exit code of a command, and its output."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, **variables: str) -> Done:
    """Run a command in this process, which is faster than to start another. Its log configuration is undone."""
    root, package = logging.getLogger(), logging.getLogger("lantime_exporter")
    before = (root.handlers[:], root.level, package.level)
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:  # with descriptors, to which the log writes
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(arguments, environment(variables))
        finally:
            for handler in root.handlers:
                handler.flush()
            root.handlers[:], root.level, package.level = before
        out.seek(0)
        err.seek(0)
        return Done(code, out.read(), err.read())


class Process:
    """A program that runs until it is stopped. Use it as a context manager, which leaves nothing running."""

    def __init__(self, *command: str, **variables: str) -> None:
        self._command = command
        self._variables = variables
        self._lines: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._changed = threading.Condition()
        self._ended: set[str] = set()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 - programs that the tests name
            self._command,
            cwd=ROOT,
            env=environment(self._variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        streams = {"stdout": self._process.stdout, "stderr": self._process.stderr}
        self._readers = [threading.Thread(target=self._read, args=item) for item in streams.items()]
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self.wait()

    @property
    def stdout(self) -> str:
        return "\n".join(self._lines["stdout"])

    @property
    def stderr(self) -> str:
        return "\n".join(self._lines["stderr"])

    def wait_for_line(self, pattern: str, stream: str = "stderr") -> re.Match[str]:
        """Wait for a line with the pattern and return the match."""
        lines = self._lines[stream]

        def found() -> re.Match[str] | None:
            return next(filter(None, (re.search(pattern, line) for line in lines)), None)

        with self._changed:
            self._changed.wait_for(lambda: found() or stream in self._ended, MAX_WAIT)
        match = found()
        assert match, f"{pattern!r} did not come; {stream} is:\n" + "\n".join(lines)
        return match

    def send(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Wait for the end and return the exit code; all output has then been read."""
        code = self._process.wait(MAX_WAIT)
        for reader in self._readers:
            reader.join()
        return code

    def seconds_to_end(self, number: int) -> float:
        """Send a signal and return the seconds until the process has ended."""
        began = time.monotonic()
        self.send(number)
        self.wait()
        return time.monotonic() - began

    def _read(self, name: str, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                with self._changed:
                    self._lines[name].append(line.rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self._ended.add(name)
            self._changed.notify_all()


class Exporter(Process):
    """The exporter with these arguments and variables."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        super().__init__(*COMMAND, *arguments, **variables)

    @property
    def url(self) -> str:
        """The address it listens on, from its log."""
        match = self.wait_for_line(r'listens on ([^\s,"]+)')
        return f"http://{match[1]}"

    def get(self, path: str) -> requests.Response:
        """Request a page of the exporter."""
        return requests.get(f"{self.url}{path}", timeout=MAX_WAIT)
