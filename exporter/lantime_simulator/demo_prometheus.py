"""A Prometheus for the demo, if one is installed: it scrapes the demo and evaluates the alert rules."""

import json
import os
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import ProxyHandler, build_opener

from lantime_exporter.errors import ConfigError

PROGRAM = "prometheus"
INSTALL = "sudo apt-get install --no-install-recommends prometheus"

PLACES = (Path(__file__).parents[2], Path(sysconfig.get_path("data")) / "share" / "lantime-exporter")
"""Where the folder of alert rules may be: in the checkout, or where the package is installed."""

INTERVAL = "5s"

MAX_START_SECONDS = 30.0
MAX_STOP_SECONDS = 5.0


def installed() -> str:
    """Return the path of the program. Raises ConfigError with instructions to install it."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise ConfigError(f"--with-prometheus: {PROGRAM} is not installed; on Debian and Ubuntu: {INSTALL}")
    return program


def free_address(listen_address: str) -> str:
    """Return the address with a free port in place of port 0. Raises ConfigError if it cannot listen there."""
    host, _, port = listen_address.rpartition(":")
    if not host:
        raise ConfigError(f"--with-prometheus {listen_address}: must be HOST:PORT")
    try:
        with socket.create_server(
            (host.strip("[]"), int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        ) as server:
            return f"{host}:{server.getsockname()[1]}"
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "must be HOST:PORT"
        raise ConfigError(f"--with-prometheus {listen_address}: {reason}") from error


@contextmanager
def watching(exporter: str, program: str, listen_address: str) -> Iterator[str]:
    """Run a Prometheus that scrapes all targets of an exporter during a ``with`` block; yield its first page.

    Its data are in a temporary directory. Raises ConfigError if it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="lantime-exporter-demo-") as name:
        folder = Path(name)
        file = folder / "prometheus.yml"
        # JSON is YAML too.
        file.write_text(json.dumps(configuration(exporter, rule_files())), encoding="utf-8")
        command = [
            program,
            f"--config.file={file}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={listen_address}",
        ]
        with (
            (folder / "log").open("w+", encoding="utf-8") as log,
            subprocess.Popen(command, stdout=log, stderr=log) as process,  # noqa: S603 - Prometheus, with our own file
        ):
            try:
                yield _first_page(process, f"http://{listen_address}/", folder / "log")
            finally:
                _end(process)


def rule_files() -> list[Path]:
    """Return the files of the alert rules, from the first folder that exists."""
    found = (sorted(place.glob("alerts/*.yml")) for place in PLACES)
    return next(filter(None, found), [])


def pages(first_page: str) -> str:
    """Return the text that the demo prints about the pages of Prometheus.

    The page of alerts is beside the first page: ``/graph``, ``/query``, or ``/classic/graph`` with Debian.
    """
    alerts = urljoin(first_page, "alerts") if rule_files() else "no rules here, see alerts/ of the source"
    return f"prometheus: {urljoin(first_page, '/')}\nalerts: {alerts}"


def configuration(exporter: str, rules: list[Path]) -> dict[str, Any]:
    """Return the configuration of Prometheus: the targets from the exporter, the exporter itself, the rules."""
    return {
        "global": {"scrape_interval": INTERVAL, "scrape_timeout": INTERVAL, "evaluation_interval": INTERVAL},
        "rule_files": [str(rule) for rule in rules],
        "scrape_configs": [
            {
                "job_name": "lantime",
                "metrics_path": "/probe",
                "http_sd_configs": [{"url": f"http://{exporter}/sd"}],
                "relabel_configs": [
                    {"source_labels": ["__address__"], "target_label": "__param_target"},
                    {"source_labels": ["__param_target"], "target_label": "instance"},
                    {"target_label": "__address__", "replacement": exporter},
                ],
            },
            {"job_name": "lantime-exporter", "static_configs": [{"targets": [exporter]}]},
        ],
    }


def _first_page(process: "subprocess.Popen[bytes]", url: str, log: Path) -> str:
    """Return the page to which Prometheus' root redirects, once it is ready. Raises ConfigError with its last error."""
    opener = build_opener(ProxyHandler({}))
    end = time.monotonic() + MAX_START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with opener.open(url, timeout=MAX_STOP_SECONDS) as response:
                return str(response.url)
        except (OSError, URLError):  # not listening yet, or 503 while it reads its data
            time.sleep(0.1)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() or ["it logged nothing"]
    errors = [line for line in lines if "level=error" in line.lower()]
    raise ConfigError(f"--with-prometheus: {PROGRAM} did not start: {(errors or lines)[-1]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(MAX_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
