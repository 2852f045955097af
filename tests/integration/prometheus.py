"""A real Prometheus with a configuration."""

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

import requests
import yaml

from tests.cli.cli_process import Process

MAX_WAIT = 60.0
BETWEEN_LOOKS = 0.1

Series = tuple[dict[str, str], float]

T = TypeVar("T")


def eventually(look: Callable[[], T | None]) -> T:
    """Return what ``look`` finds, as soon as it finds something."""
    end = time.monotonic() + MAX_WAIT
    while (found := look()) is None:
        assert time.monotonic() < end, f"nothing came within {MAX_WAIT:g} s"
        time.sleep(BETWEEN_LOOKS)
    return found


class Prometheus(Process):
    """Prometheus on a free port, with its data in a folder of the test.

    Entering checks the configuration with promtool and returns when Prometheus is ready. The first scrapes follow five
    seconds later, because service discovery waits that long for targets.
    """

    def __init__(self, program: str, promtool: str, folder: Path, configuration: Mapping[str, Any]) -> None:
        self._promtool = promtool
        self._file = folder / "prometheus.yml"
        self._file.write_text(yaml.safe_dump(dict(configuration)))
        super().__init__(
            program,
            f"--config.file={self._file}",
            f"--storage.tsdb.path={folder / 'data'}",
            "--web.listen-address=127.0.0.1:0",
        )

    def __enter__(self) -> Self:
        checked = subprocess.run(  # noqa: S603 - promtool, where it was found
            [self._promtool, "check", "config", str(self._file)], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stdout + checked.stderr
        super().__enter__()
        try:
            match = self.wait_for_line('msg="Listening on" address=(.*)')
            self._url = f"http://{match[1]}"
            eventually(lambda: requests.get(f"{self._url}/-/ready", timeout=MAX_WAIT).ok or None)
        except BaseException:
            super().__exit__(None, None, None)
            raise
        return self

    def query(self, expression: str) -> list[Series]:
        """Return the current result of an expression: labels and value of each series."""
        answer = self._api("query", query=expression)
        return [(item["metric"], float(item["value"][1])) for item in answer["result"]]

    def first(self, expression: str, count: int = 1) -> list[Series]:
        """Wait until an expression gives so many series, and return them."""
        return eventually(lambda: series if len(series := self.query(expression)) >= count else None)

    def type_of(self, family: str) -> str:
        """Return the type of a family, once one was scraped."""
        found = eventually(lambda: self._api("metadata", metric=family).get(family))
        return str(found[0]["type"])

    def _api(self, path: str, **parameters: str) -> Any:
        response = requests.get(f"{self._url}/api/v1/{path}", params=parameters, timeout=MAX_WAIT)
        assert response.ok, response.text
        return response.json()["data"]
