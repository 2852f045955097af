"""A Prometheus beside the demo, where one is installed: it scrapes the demo and evaluates the alert rules."""

import json
import re
import shutil
import subprocess
import sysconfig
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lantime_exporter.errors import ConfigError

PROGRAM = "prometheus"

INSTALL = "sudo apt-get install --no-install-recommends prometheus"

ANY_PORT = "127.0.0.1:0"

PLACES = (Path(__file__).parents[3], Path(sysconfig.get_path("data")) / "share" / "lantime-exporter")
"""Where the folder of alert rules may be: in the checkout, or where the package is installed."""

INTERVAL = "5s"

GRACE = 5.0
"""Seconds in which Prometheus answers, and ends when it is told to."""

LISTENING = re.compile(r'msg="Listening on".* address=(\S+)')
READY = "Server is ready to receive web requests"
ERROR = re.compile(r'\berr="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A running Prometheus: where it listens, and whether it evaluates the alert rules."""

    address: str
    has_rules: bool

    @property
    def url(self) -> str:
        """The address for a browser."""
        return f"http://{self.address}/"


def installed() -> str:
    """Return the path of the program. Raises ConfigError, which says how to install it."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise ConfigError(f"--with-prometheus: {PROGRAM} is not installed; on Debian and Ubuntu: {INSTALL}")
    return program


@contextmanager
def watching(exporter: str, program: str, listen_address: str) -> Iterator[Prometheus]:
    """Run a Prometheus that scrapes all targets of an exporter, for the time of a ``with`` block.

    Its data are in a temporary directory and go with it. Raises ConfigError when it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="lantime-exporter-demo-") as name:
        folder = Path(name)
        rules = rule_files()
        file = folder / "prometheus.yml"
        # JSON is YAML too.
        file.write_text(json.dumps(configuration(exporter, rules)), encoding="utf-8")
        command = [
            program,
            f"--config.file={file}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={listen_address}",
        ]
        with subprocess.Popen(  # noqa: S603 - Prometheus, where it was found, with a file of our own
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            log = process.stderr or ()
            # Somebody has to read the log to its end, or Prometheus would wait for that one day.
            reader = threading.Thread(target=deque, args=(log, 0))
            try:
                address = _address(log)
                reader.start()
                yield Prometheus(address, has_rules=bool(rules))
            finally:
                _end(process)
                if reader.is_alive():
                    reader.join()


def rule_files() -> list[Path]:
    """Return the files of the alert rules, from the first place that has them."""
    found = (sorted(place.glob("alerts/*.yml")) for place in PLACES)
    return next(filter(None, found), [])


def alerts_page(running: Prometheus) -> str:
    """Return the address of the page of alerts: it lies beside the page that the root leads to.

    That is ``/graph`` or ``/query`` in Prometheus' own builds, ``/classic/graph`` in those of Debian.
    Raises ConfigError when it does not answer.
    """
    connection = HTTPConnection(running.address, timeout=GRACE)
    try:
        connection.request("GET", "/")
        first = connection.getresponse().headers.get("Location", "/")
    except (OSError, HTTPException) as error:
        raise ConfigError(f"--with-prometheus: {running.url} does not answer: {error}") from error
    finally:
        connection.close()
    return urljoin(urljoin(running.url, first), "alerts")


def configuration(exporter: str, rules: list[Path]) -> dict[str, Any]:
    """Return what Prometheus is told: the targets that the exporter names, the exporter itself, the rules."""
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


def _address(log: Iterable[str]) -> str:
    """Return where Prometheus listens, once it is ready. Raises ConfigError with its last words when it ends."""
    address = last = ""
    for line in log:
        last = line.strip()
        listening = LISTENING.search(line)
        if listening:
            address = listening[1]
        if address and READY in line:
            return address
    error = ERROR.search(last)
    raise ConfigError(f"--with-prometheus: {PROGRAM} ended at once: {error[1] if error else last}")


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
