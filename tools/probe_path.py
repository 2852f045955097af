"""Print the files that one warm probe enters, in this order, with the calls in each.

It uses a real server, a real socket and a simulated M600, and traces the second probe, which has a plan and some
changed values:

    python -m tools.probe_path
"""

import _thread
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import requests
from lantime_exporter.cli.serve import serving
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Settings, Target
from lantime_simulator import Lantime, SimulatedServer, m600

PACKAGE = Path(__file__).resolve().parents[1] / "exporter" / "lantime_exporter"
CREDENTIALS = ("monitoring", "path")

INTERVAL = 15.0
"""Seconds of the device between two probes: some values change."""


def traced_files() -> Counter[str]:
    """Return the calls of one warm probe by file, in the order of the first call in each."""
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        file = Path(frame.f_code.co_filename).resolve()
        if event == "call" and file.is_relative_to(PACKAGE):
            calls[str(file.relative_to(PACKAGE))] += 1

    start = _thread.start_new_thread

    def start_traced(function: Callable[..., object], arguments: tuple[object, ...]) -> int:
        def run(*given: object) -> None:
            sys.setprofile(count)
            function(*given)

        return start(run, arguments)

    moments = [0.0]
    with SimulatedServer(Lantime(m600(), clock=lambda: moments[-1]), credentials=CREDENTIALS) as device:
        settings = Settings(
            auths={"default": Auth(username=CREDENTIALS[0], password=Secret(CREDENTIALS[1]))},
            modules={"default": Module()},
            targets=(Target(name="m600", address=device.url),),
        )
        with serving(lambda: settings, ("127.0.0.1:0",)) as service:
            url = f"http://{service.server.addresses[0]}/probe?target=m600"
            with requests.Session() as client:  # an open connection would keep an untraced thread
                client.get(url, headers={"Connection": "close"}, timeout=10).raise_for_status()
                moments.append(INTERVAL)
                with patch.object(_thread, "start_new_thread", start_traced):
                    client.get(url, headers={"Connection": "close"}, timeout=10).raise_for_status()
    return calls


def main() -> int:
    """Print the files."""
    calls = traced_files()
    for number, (file, count) in enumerate(calls.items(), 1):
        sys.stdout.write(f"{number:2} {file:36} {count:4} calls\n")
    sys.stdout.write(f"{len(calls)} files, {calls.total()} calls\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
