"""The complete prometheus.yml of the README: its rules are found, and an alert of a device reaches Alertmanager."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
import yaml
from lantime_exporter.cli import demo
from lantime_exporter.cli.serve import serving
from lantime_simulator import Lantime, SimulatedNetwork, m600
from lantime_simulator.demo_devices import USER

from tests.cli.cli_process import Process
from tests.end_to_end import shortened
from tests.end_to_end.shipped import ALERTMANAGER, rule_files
from tests.integration.prometheus import Prometheus, eventually
from tests.integration.scrape_configurations import adapted, configurations

COMPLETE = configurations()["complete"]
INSTALLED = "/opt/lantime-exporter/share/lantime-exporter/alerts"
PASSWORD = "a password"


class Alertmanager(Process):
    """Alertmanager with the shipped configuration."""

    def __init__(self, program: str, folder: Path) -> None:
        super().__init__(
            program,
            f"--config.file={ALERTMANAGER}",
            f"--storage.path={folder}",
            "--web.listen-address=127.0.0.1:0",
            "--cluster.listen-address=",
        )

    def alerts(self, address: str) -> list[dict[str, Any]]:
        """Return the active alerts with their receivers."""
        return list(requests.get(f"http://{address}/api/v2/alerts", timeout=10).json())


def test_the_rules_are_found_where_the_package_installs_them(program: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "prometheus.yml"
    file.write_text(COMPLETE.replace(INSTALLED, str(rule_files()[0].parent)))
    command = [program("promtool"), "check", "config", str(file)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"{len(rule_files())} rule files found" in output
    assert f"must find {len(rule_files())} rule files" in readme


def test_the_rules_are_evaluated_as_often_as_alerts_need() -> None:
    interval = yaml.safe_load(COMPLETE)["global"]["evaluation_interval"]
    assert interval == "15s"  # Prometheus' default is one minute, docs/alerts.md requires at most 30 seconds


def test_an_alert_of_a_device_reaches_alertmanager(program: Callable[[str], str], tmp_path: Path) -> None:
    for file in rule_files():
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        (tmp_path / file.name).write_text(yaml.safe_dump(shortened.rules(content)))
    lantime = Lantime(m600())
    with (
        SimulatedNetwork([lantime], credentials=(USER, PASSWORD)) as fleet,
        serving(lambda: demo.settings({"hq-1": fleet.servers[0]}, PASSWORD), ("127.0.0.1:0",)) as service,
        Alertmanager(program("prometheus-alertmanager"), tmp_path / "alertmanager") as alertmanager,
    ):
        address = alertmanager.wait_for_line('msg="Listening on" address=(.*)')[1]
        text = COMPLETE.replace(INSTALLED, str(tmp_path)).replace("localhost:9093", address)
        text = text.replace(f"{tmp_path}/*.yml", f"{tmp_path}/lantime-*.yml")
        configuration = adapted(text, service.server.addresses[0], ())
        configuration["global"]["evaluation_interval"] = "1s"
        lantime.activate("antenna-off")
        data = tmp_path / "prometheus"
        data.mkdir()
        with Prometheus(program("prometheus"), program("promtool"), data, configuration):
            (alert,) = eventually(
                lambda: (
                    [
                        alert
                        for alert in alertmanager.alerts(address)
                        if alert["labels"]["alertname"] == "LantimeAntennaDisconnected"
                    ]
                    or None
                )
            )
        assert alert["labels"]["instance"] == "hq-1"
        receiver = {"critical": "on-call", "warning": "tickets"}[alert["labels"]["severity"]]
        assert [found["name"] for found in alert["receivers"]] == [receiver]
        assert "level=warn" not in alertmanager.stderr
