"""Log lines that are written in the background: their order, and dropped lines if nobody reads them."""

import logging
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from lantime_exporter.cli import background_handler
from lantime_exporter.cli.background_handler import BackgroundHandler
from lantime_simulator import SimulatedServer

from tests.cli.cli_process import COMMAND, ROOT, environment

REQUESTS = 400
"""Requests whose debug lines exceed the 64 KiB of a pipe and the lines that wait."""

LONG = "x" * 10_000
NOTICE = b"log lines were dropped, because the log was not read fast enough"


class Pipe:
    """A log that is read only when the test allows it."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        self.handler = BackgroundHandler(self._writer)

    def log(self, text: str) -> None:
        self.handler.handle(logging.LogRecord("test", logging.INFO, __file__, 1, text, None, None))

    def log_all(self, texts: list[str]) -> None:
        for text in texts:
            self.log(text)

    def read_lines(self, until: bytes) -> list[bytes]:
        """Read up to the line that contains a text."""
        lines: list[bytes] = []
        with os.fdopen(os.dup(self._reader), "rb") as stream:
            while not (lines and until in lines[-1]):
                lines.append(stream.readline())
        return lines

    def close_reader(self) -> None:
        os.close(self._reader)


@pytest.fixture
def pipe() -> Pipe:
    return Pipe()  # its descriptors stay open: its thread may still write


def test_lines_are_written_in_their_order(pipe: Pipe) -> None:
    for number in range(500):
        pipe.log(f"{number}")
    assert pipe.read_lines(b"499") == [f"{number}\n".encode() for number in range(500)]


def test_flush_waits_for_the_lines(pipe: Pipe) -> None:
    pipe.log("a")
    pipe.handler.flush()
    assert pipe.handler._waiting_bytes == 0


def test_lines_beyond_the_limit_are_counted_and_not_waited_for(pipe: Pipe) -> None:
    logger = threading.Thread(target=pipe.log_all, args=([LONG] * 200,), daemon=True)
    logger.start()
    logger.join(5)
    assert not logger.is_alive()
    *written, notice = pipe.read_lines(NOTICE)
    assert 0 < len(written) < 200
    assert int(notice.split()[0]) == 200 - len(written)
    pipe.log("read again")
    assert pipe.read_lines(b"again") == [b"read again\n"]


def test_flush_gives_up_when_nobody_reads(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_handler, "MAX_FLUSH_SECONDS", 0.1)
    for _ in range(20):
        pipe.log(LONG)
    began = time.monotonic()
    pipe.handler.flush()
    assert time.monotonic() - began < 2


def test_a_reader_that_has_gone_loses_lines_and_nothing_else(pipe: Pipe) -> None:
    pipe.close_reader()
    pipe.log("a")
    pipe.handler.flush()
    assert pipe.handler._waiting_bytes == 0


def test_probes_are_answered_and_sigterm_ends_it_when_nobody_reads_its_log(
    server: SimulatedServer, configure: Callable[..., Path]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    options = ("--config.file", str(configure(a=server.url)), "--web.listen-address", address, "--log.level", "debug")
    with subprocess.Popen([*COMMAND, *options], cwd=ROOT, stderr=subprocess.PIPE, env=environment({})) as process:  # noqa: S603 - our own program
        assert process.stderr is not None
        assert b"listens on" in process.stderr.readline()
        try:
            with requests.Session() as session:
                for _ in range(REQUESTS):
                    session.get(f"http://{address}/{LONG[:4000]}", timeout=5)
                assert "\nlantime_up 1.0\n" in session.get(f"http://{address}/probe?target=a", timeout=5).text
            process.send_signal(signal.SIGTERM)
            assert process.wait(5) == 0
        finally:
            process.kill()
