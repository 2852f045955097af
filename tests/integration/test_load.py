"""The exporter as a process, while devices hang and clients are silent."""

import socket
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from lantime_simulator import Lantime, SimulatedNetwork, m600

from tests.cli.cli_process import Exporter
from tests.integration.prometheus import eventually
from tests.integration.watched import Watched

HANGING = 100
LOOKS = 20
MOST = 0.05


def median_seconds(session: requests.Session, url: str) -> float:
    """Return the median of the response times."""
    seconds = []
    for _ in range(LOOKS):
        began = time.monotonic()
        assert session.get(url, timeout=10).status_code == 200
        seconds.append(time.monotonic() - began)
    return statistics.median(seconds)


def configuration(folder: Path, addresses: Iterable[str]) -> Path:
    """Write a configuration with targets ``d0``, ``d1`` and so on."""
    file = folder / "config.yml"
    lines = ["auths: {default: {username: monitor, password: hunter2}}", f"max_concurrent_probes: {HANGING + 10}"]
    lines += ["targets:", *(f"  - {{name: d{number}, address: '{at}'}}" for number, at in enumerate(addresses))]
    file.write_text("\n".join(lines))
    return file


def test_devices_that_hang_slow_nothing_else(tmp_path: Path) -> None:
    lantimes = [Lantime(m600(number)) for number in range(HANGING + 1)]
    for lantime in lantimes[1:]:
        lantime.activate("slow@600")
    with (
        requests.Session() as session,
        ThreadPoolExecutor(HANGING) as pool,
        SimulatedNetwork(lantimes) as fleet,
        Exporter(
            "--config.file",
            str(configuration(tmp_path, (server.url for server in fleet.servers))),
            "--web.listen-address",
            "127.0.0.1:0",
        ) as exporter,
    ):
        url = exporter.url
        alone = median_seconds(session, f"{url}/probe?target=d0")
        probes = [pool.submit(exporter.get, f"/probe?target=d{number}") for number in range(1, HANGING + 1)]
        eventually(lambda: all(server.traffic.count() for server in fleet.servers[1:]) or None)
        healthy = median_seconds(session, f"{url}/-/healthy")
        beside = median_seconds(session, f"{url}/probe?target=d0")
        assert not any(probe.done() for probe in probes)
    assert healthy < MOST
    assert beside < alone + MOST


def test_a_silent_client_on_the_tls_port_stops_no_other(guarded: Watched) -> None:
    host, _, port = guarded.address.rpartition(":")
    with socket.create_connection((host, int(port))), socket.create_connection((host, int(port))) as second:
        second.send(b"\x16\x03\x01")
        began = time.monotonic()
        assert "lantime_up 1.0" in guarded.get("/probe", target="m600")
        assert time.monotonic() - began < 1.0
