"""Starting and running on a machine with problems."""

import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from lantime_exporter.collectors import load
from lantime_exporter.device.client import Clocks
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Request
from lantime_exporter.web.routes import endpoints
from lantime_simulator import Lantime, SimulatedServer, m600

from tests.cli.cli_process import Exporter as ExporterProcess
from tests.cli.cli_process import Process
from tests.cli.conftest import PASSWORD, USER
from tests.probe.probe_pages import Samples, samples_of
from tests.probe.probe_settings import watching

ANYWHERE = ("--web.listen-address", "127.0.0.1:0")
MAX_WAIT = 10.0


@pytest.fixture
def configuration(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a configuration with these targets by name, and returns its path."""

    def write(**targets: str) -> str:
        lines = [f"auths: {{default: {{username: {USER}, password: {PASSWORD}}}}}", "targets:"]
        lines += [f"  - {{name: {name}, address: '{address}'}}" for name, address in targets.items()]
        (tmp_path / "config.yml").write_text("\n".join(lines))
        return str(tmp_path / "config.yml")

    return write


@pytest.fixture
def device() -> Iterator[SimulatedServer]:
    with SimulatedServer(Lantime(m600()), credentials=(USER, PASSWORD)) as running:
        yield running


def samples(response: requests.Response) -> Samples:
    assert response.status_code == 200
    return samples_of(response.text)


def test_dead_or_unknown_devices_do_not_prevent_the_start(
    configuration: Callable[..., str], device: SimulatedServer
) -> None:
    with socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))
        file = configuration(
            dead=f"http://127.0.0.1:{dead.getsockname()[1]}", nameless="clock1.invalid", alive=device.url
        )
        with ExporterProcess("--config.file", file, *ANYWHERE) as exporter:
            assert exporter.get("/-/ready").status_code == 200
            reasons = {
                name: samples(exporter.get(f"/probe?target={name}")).reason for name in ("dead", "nameless", "alive")
            }
    assert reasons == {"dead": "connect", "nameless": "connect", "alive": "none"}


READ_ONLY = """
import errno, os, sys

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.symlink", "os.link", "os.chmod"}

def refuse(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if (writes and arguments[0] != os.devnull) or event in CHANGES:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(arguments[0]))

sys.addaudithook(refuse)
"""
"""Every attempt to write to the file system fails, as on one that is read-only."""

FEW_FILES = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))
"""

MAIN = """
from lantime_exporter.cli import main
sys.exit(main())
"""


class Confined(Process):
    """The exporter in a process that runs some code first."""

    def __init__(self, code: str, *arguments: str) -> None:
        super().__init__(sys.executable, "-c", f"import sys\n{code}\n{MAIN}", *arguments)

    @property
    def address(self) -> str:
        return self.wait_for_line(r'listens on ([^\s,"]+)')[1]


def test_it_writes_nothing_to_the_file_system(configuration: Callable[..., str], device: SimulatedServer) -> None:
    with Confined(READ_ONLY, "--config.file", configuration(a=device.url), *ANYWHERE) as exporter:
        url = f"http://{exporter.address}"
        for path in ("/probe?target=a", "/probe?target=a&debug=true", "/", "/sessions", "/config", "/metrics"):
            assert requests.get(f"{url}{path}", timeout=MAX_WAIT).status_code == 200
        assert requests.post(f"{url}/-/reload", timeout=MAX_WAIT).status_code == 200
        exporter.send(signal.SIGTERM)
        assert exporter.wait() == 0
    assert "Read-only" not in exporter.stderr
    assert "Traceback" not in exporter.stderr


FILES = 60


def test_a_lack_of_file_descriptors_is_logged_once_and_recovers(
    configuration: Callable[..., str], device: SimulatedServer
) -> None:
    code = FEW_FILES.format(limit=FILES)
    with (
        Confined(code, "--config.file", configuration(a=device.url), *ANYWHERE) as exporter,
        requests.Session() as session,
        ExitStack() as idle,
    ):
        host, _, port = exporter.address.rpartition(":")
        probe = f"http://{exporter.address}/probe?target=a"
        assert samples(session.get(probe, timeout=MAX_WAIT)).reason == "none"
        for _ in range(FILES):
            idle.enter_context(socket.create_connection((host, int(port))))
        exporter.wait_for_line("cannot accept a connection: Too many open files")
        assert samples(session.get(probe, timeout=MAX_WAIT)).reason == "none"
        device.lantime.activate("unreachable")
        assert samples(session.get(probe, timeout=MAX_WAIT)).reason == "connect"
        device.lantime.activate()
        idle.close()
        assert samples(requests.get(probe, timeout=MAX_WAIT)).reason == "none"
        exporter.send(signal.SIGTERM)
        assert exporter.wait() == 0
    assert exporter.stderr.count("cannot accept a connection") == 1
    assert "Traceback" not in exporter.stderr


YEAR = 365 * 86_400


class Jumping:
    """A system clock that jumps whenever it is read."""

    def __init__(self) -> None:
        self._jumps = 0

    def __call__(self) -> float:
        self._jumps += 1
        return time.time() + (YEAR if self._jumps % 2 else -YEAR)


def test_jumps_of_the_hosts_clock_change_no_probe_and_break_no_page(device: SimulatedServer) -> None:
    wall = Jumping()
    exporter = ProbeService(lambda: watching(device.url), load(), Clocks(wall=wall))
    answer = endpoints(exporter, ExporterMetrics(wall()), str, clock=wall)
    for _ in range(4):
        found = samples_of(answer(Request(method="GET", path="/probe", query="target=lantime-1")).body.decode())
        assert found.reason == "none"
        assert 0 < (found.one("lantime_probe_duration_seconds") or 0) < 1
        assert 0 < (found.one("lantime_http_rtt_seconds", resource="/api/status") or 0) < 1
        for path in ("/", "/sessions"):
            assert answer(Request(method="GET", path=path)).status == 200
    device.lantime.activate("wrong-password")
    reasons = [
        samples_of(answer(Request(method="GET", path="/probe", query="target=lantime-1")).body.decode()).reason
        for _ in range(4)
    ]
    assert reasons == ["auth", "lockout", "lockout", "lockout"]
    assert answer(Request(method="GET", path="/")).status == 200
    exporter.close()
