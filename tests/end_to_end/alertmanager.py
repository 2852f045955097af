"""A real Alertmanager with the example configuration, which notifies a webhook."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import requests
import yaml

from tests.cli.cli_process import Process
from tests.end_to_end import shortened
from tests.integration.prometheus import MAX_WAIT, eventually


def notifying(configuration: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Return a configuration that sends everything to a webhook: receivers keep their names, times are shortened."""
    webhook = {"url": url, "send_resolved": True}
    return {
        **configuration,
        "route": shortened.route(configuration["route"]),
        "receivers": [
            {"name": receiver["name"], "webhook_configs": [webhook]} for receiver in configuration["receivers"]
        ],
    }


class Alertmanager(Process):
    """Alertmanager on a free port, with its data in a folder of the test.

    Entering checks the configuration with amtool and returns when Alertmanager is ready.
    """

    def __init__(self, program: str, amtool: str, folder: Path, configuration: Mapping[str, Any]) -> None:
        self._amtool = amtool
        self._file = folder / "alertmanager.yml"
        self._file.write_text(yaml.safe_dump(dict(configuration)))
        super().__init__(
            program,
            f"--config.file={self._file}",
            f"--storage.path={folder / 'data'}",
            "--web.listen-address=127.0.0.1:0",
            "--cluster.listen-address=",
        )

    def __enter__(self) -> Self:
        checked = subprocess.run(  # noqa: S603 - amtool, where it was found
            [self._amtool, "check-config", str(self._file)], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stdout + checked.stderr
        super().__enter__()
        try:
            self.address = self.wait_for_line('msg="Listening on" address=(.*)')[1]
            eventually(lambda: requests.get(f"http://{self.address}/-/ready", timeout=MAX_WAIT).ok or None)
        except BaseException:
            super().__exit__(None, None, None)
            raise
        return self

    def inhibited(self, instance: str) -> set[str]:
        """Return the names of the inhibited alerts of a device."""
        answer = requests.get(
            f"http://{self.address}/api/v2/alerts", params={"filter": f'instance="{instance}"'}, timeout=MAX_WAIT
        )
        assert answer.ok, answer.text
        return {alert["labels"]["alertname"] for alert in answer.json() if alert["status"]["inhibitedBy"]}
