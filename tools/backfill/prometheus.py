"""A Prometheus with imported samples."""

import os
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

START_TIMEOUT = 20.0

LOOKBACK = "90s"
"""Time for which an ended series is still visible: unlike scraped series, imported ones have no staleness marker."""


@dataclass(frozen=True, slots=True)
class PrometheusServer:
    """A running Prometheus."""

    url: str

    def query(self, expr: str, at: float) -> list[dict[str, Any]]:
        """Return the result of an instant query. Raises RuntimeError with Prometheus' message."""
        return self._request("query", {"query": expr, "time": f"{at:.3f}"})

    def query_range(self, expr: str, begin: float, until: float, step: float) -> list[dict[str, Any]]:
        """Return the result of a query over a range. Raises RuntimeError with Prometheus' message."""
        return self._request(
            "query_range", {"query": expr, "start": f"{begin:.3f}", "end": f"{until:.3f}", "step": f"{step:g}"}
        )

    def _request(self, endpoint: str, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
        answer = requests.post(f"{self.url}/api/v1/{endpoint}", data=parameters, timeout=30).json()
        if answer["status"] != "success":
            raise RuntimeError(f"{parameters['query']}: {answer['error']}")
        found: list[dict[str, Any]] = answer["data"]["result"]
        return found


def backfill(lines: Iterable[str], directory: Path) -> None:
    """Add samples in OpenMetrics lines to the storage in a directory. Raises RuntimeError with promtool's message."""
    directory.mkdir(parents=True, exist_ok=True)
    text = directory / "samples.om"
    with text.open("w", encoding="utf-8") as file:
        file.writelines(lines)
        file.write("# EOF\n")
    done = subprocess.run(  # noqa: S603 -- no shell, our paths only
        [  # noqa: S607 -- as the system finds it
            "promtool",
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            "--quiet",
            str(text),
            str(directory),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    text.unlink()
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())


@contextmanager
def run_prometheus(directory: Path, rules: Sequence[Path] = (), lookback: str = LOOKBACK) -> Iterator[PrometheusServer]:
    """Run a Prometheus on the storage in a directory; it scrapes nothing.

    Raises RuntimeError with its log if it does not start.
    """
    config = directory / "prometheus.yml"
    config.write_text(f"rule_files: [{', '.join(str(rule) for rule in rules)}]\n", encoding="utf-8")
    port = _free_port()
    log = directory / "prometheus.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(  # noqa: S603 -- no shell, our paths only
            [  # noqa: S607 -- as the system finds it
                "prometheus",
                f"--config.file={config}",
                f"--storage.tsdb.path={directory}",
                "--storage.tsdb.retention.time=60d",
                f"--query.lookback-delta={lookback}",
                f"--web.listen-address=127.0.0.1:{port}",
                "--log.level=warn",
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_PROXY": "*", "GOGC": "200"},
        )
    server = PrometheusServer(f"http://127.0.0.1:{port}")
    try:
        _await(server, process, log)
        yield server
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(server: PrometheusServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{server.url}/-/ready", timeout=1).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"Prometheus does not start: {log.read_text(encoding='utf-8')}")
