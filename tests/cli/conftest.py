"""Shared by the tests of the command line: a device, and a file that names it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lantime_simulator import Lantime, SimulatedServer, m600

USER = "monitor"
PASSWORD = "hunter2"


@pytest.fixture
def server() -> Iterator[SimulatedServer]:
    with SimulatedServer(Lantime(m600()), credentials=(USER, PASSWORD)) as running:
        yield running


@pytest.fixture
def configure(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a configuration with these targets by name, and returns the file."""
    file = tmp_path / "config.yml"

    def write(**targets: str) -> Path:
        lines = [f"auths: {{default: {{username: {USER}, password: {PASSWORD}}}}}", "targets:"]
        lines += [f"  - {{name: {name}, address: '{address}'}}" for name, address in targets.items()]
        file.write_text("\n".join(lines))
        return file

    return write
