"""A real Alertmanager that receives alerts."""

import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import requests

MAX_WAIT = 30.0


class Manager:
    """Alertmanager with a configuration, on a free port, during a ``with`` block."""

    def __init__(self, program: str, configuration: Path, directory: Path) -> None:
        self._command = [
            program,
            f"--config.file={configuration}",
            f"--storage.path={directory}",
            "--web.listen-address=127.0.0.1:0",
            "--cluster.listen-address=",
        ]
        self.url = ""

    def __enter__(self) -> Self:
        self._log = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(  # noqa: S603 - the program that was found
            self._command, stdout=self._log, stderr=subprocess.STDOUT
        )
        self.url = f"http://{self._address()}"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()

    def _address(self) -> str:
        """Return the address it listens on, read from its log."""
        deadline = time.monotonic() + MAX_WAIT
        while time.monotonic() < deadline and self._process.poll() is None:
            self._log.seek(0)
            for line in self._log:
                if "Listening on" in line and "address=" in line:
                    return line.rpartition("address=")[2].split()[0].strip('"')
            time.sleep(0.02)
        self._log.seek(0)
        raise AssertionError(f"Alertmanager does not start: {self._log.read()}")

    def raises(self, *alerts: Mapping[str, str]) -> None:
        """Send it firing alerts."""
        answer = requests.post(
            f"{self.url}/api/v2/alerts", json=[{"labels": dict(each)} for each in alerts], timeout=10
        )
        assert answer.ok, answer.text

    def inhibits(self, alert: Mapping[str, str]) -> bool:
        """Return whether an alert is inhibited within some seconds: Alertmanager processes new alerts with a delay."""
        deadline = time.monotonic() + 5
        while not (found := self.inhibited(alert)) and time.monotonic() < deadline:
            time.sleep(0.02)
        return found

    def inhibited(self, alert: Mapping[str, str]) -> bool:
        """Return whether an alert is inhibited by another one."""
        filters = [f'{name}="{value}"' for name, value in alert.items()]
        answer = requests.get(f"{self.url}/api/v2/alerts", params={"filter": filters}, timeout=10)
        assert answer.ok, answer.text
        exact = [found for found in answer.json() if found["labels"] == dict(alert)]
        assert len(exact) == 1, f"{alert} is not there"
        return bool(exact[0]["status"]["inhibitedBy"])
