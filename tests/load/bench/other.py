"""Another exporter in the same rounds, named by two environment variables.

``BENCH_PEER`` is its command, with ``{device}`` in place of the URL of the device; ``BENCH_PEER_URL`` is the page to
scrape. It must run on this machine, because the kernel measures its CPU time.
"""

import os
import shlex
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.load.bench.processes import Process

MAX_START_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Other:
    """Another running exporter, and the path of its page."""

    process: Process
    path: str


@contextmanager
def other_exporter(device: str) -> Iterator[Other | None]:
    """Run the exporter named by the environment; yield None if there is none."""
    command, url = os.environ.get("BENCH_PEER"), os.environ.get("BENCH_PEER_URL")
    if not command or not url:
        yield None
        return
    words = [word.replace("{device}", device) for word in shlex.split(command)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 -- as configured
        try:
            _wait_for(url, process)
            parts = urlsplit(url)
            page = f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
            yield Other(Process(process.pid, [parts.port or 80]), page)
        finally:
            process.terminate()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for the page. Raises RuntimeError if the exporter ends or takes too long."""
    ends = time.monotonic() + MAX_START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- the page that the environment names
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"BENCH_PEER does not answer at {url}")
