"""``python -m tests.load.hostile``: memory and CPU of an exporter whose devices send the worst known responses.

Each response is new: documents of a new shape, documents of very many series, bodies of 16 MiB that are refused.
"""

import argparse
import itertools
import json
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import yaml

from tests.load.bench.processes import Process, exporter

MIB = 1024 * 1024


def new_shape(number: int) -> bytes:
    """Return a chassis of 50 slots with 490 numbers each below a long key, whose names are new."""
    module = {f"{'k' * 890}{number}": {f"v{value}": value for value in range(490)}}
    return _status({"slots": [{"slot-id": f"io{slot}", "module": module} for slot in range(50)]})


def small_shape(number: int) -> bytes:
    """Return a chassis of 20 slots with 150 numbers each, whose names are new: its plan is kept."""
    module = {f"part{number}": {f"v{value}": value for value in range(150)}}
    return _status({"slots": [{"slot-id": f"io{slot}", "module": module} for slot in range(20)]})


def many_series(number: int) -> bytes:
    """Return references whose states would give 198,000 series with a long label."""
    module = {"mrs": [{"ssm": "ql-prc"}] * 12_400}
    return _status({"slots": [{"slot-id": f"io{number}" + "x" * 180, "module": module}]})


def cut_short(_: int) -> bytes:
    """Return nearly 16 MiB that are not JSON."""
    return b'{"data": {"system": "' + b"x" * (16 * MIB - 100)


def _status(chassis: object) -> bytes:
    return json.dumps({"data": {"chassis0": chassis, "system": {"uptime": 1}}}).encode()


KINDS: dict[str, Callable[[int], bytes]] = {
    "shapes": new_shape,
    "small-shapes": small_shape,
    "series": many_series,
    "refused": cut_short,
}


class Hostile(ThreadingHTTPServer):
    """A device that sends one kind of response."""

    def __init__(self, kind: str) -> None:
        numbers = itertools.count()

        class Responder(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = KINDS[kind](next(numbers))
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        super().__init__(("127.0.0.1", 0), Responder)
        Thread(target=self.serve_forever, daemon=True).start()


def main() -> None:
    """Probe, and print the usage of the exporter."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.hostile", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--devices", type=int, default=1)
    parser.add_argument("--modules", type=int, default=1)
    parser.add_argument("--probes", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3600.0, help="end after so many seconds")
    parser.add_argument("--every", type=int, default=1000, help="probes between two lines of output")
    parser.add_argument("--cgroup", type=Path, help="folder of a control group to put the exporter into")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hostile-")))
        ports = [Hostile(given.kind).server_port for _ in range(given.devices)]
        file = folder / "config.yml"
        file.write_text(
            yaml.safe_dump(
                {
                    "auths": {"default": {"username": "monitor", "password": "load"}},
                    "modules": {
                        "default": {},
                        **{f"m{number}": {"timeout": 10 + number} for number in range(1, given.modules)},
                    },
                    "targets": [{"name": f"d{port}", "address": f"http://127.0.0.1:{port}"} for port in ports],
                }
            )
        )
        process = stack.enter_context(exporter(file))
        if given.cgroup:
            (given.cgroup / "cgroup.procs").write_text(str(process.pid))
        modules = ["default", *(f"m{number}" for number in range(1, given.modules))]
        began, longest = time.monotonic(), 0.0
        ways = itertools.islice(itertools.cycle(itertools.product(ports, modules)), given.probes)
        for done, (port, module) in enumerate(ways, 1):
            cpu = process.cpu_seconds()
            url = f"http://127.0.0.1:{process.port}/probe?target=d{port}&module={module}"
            with urllib.request.urlopen(url, timeout=60) as page:
                page.read()
            longest = max(longest, process.cpu_seconds() - cpu)
            is_over = time.monotonic() - began > given.seconds
            if is_over or done % given.every == 0 or done == given.probes:
                print(json.dumps(figures(process, done, longest)), flush=True)  # noqa: T201 -- what the command is for
            if is_over:
                break


def figures(process: Process, probes: int, longest: float) -> dict[str, float]:
    """Return the usage of the exporter so far; ``longest`` is the CPU time of the most expensive probe, in seconds."""
    return {
        "probes": probes,
        "resident_mib": round(process.resident_bytes() / MIB),
        "peak_mib": round(process.peak_bytes() / MIB),
        "cpu_seconds_per_probe": round(process.cpu_seconds() / probes, 3),
        "longest_cpu_seconds": round(longest, 2),
    }


if __name__ == "__main__":
    main()
