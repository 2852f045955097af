"""The commands and the configuration of docs/alerts.md for sites that change the rules, run with the real programs.

They run on a copy of the rule files, as users of the wheel or the Debian package have it.
"""

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.alerts.alerts_manager import MAX_WAIT, Manager
from tests.alerts.alerts_programs import succeeds
from tests.alerts.alerts_rules import FILES, ROOT
from tests.integration.prometheus import Prometheus

BLOCKS = re.findall(
    r"^```\w+\n(.*?)^```$", (ROOT / "docs/alerts.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)

FIRES = {"expr": "vector(1)", "for": "8s"}
"""Fires after Prometheus has discovered Alertmanager (5 s): a lost alert is repeated only after a minute."""


def block(word: str) -> str:
    """Return the code block of the page that contains a word."""
    [found] = [text for text in BLOCKS if word in text]
    return str(found)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a folder with a copy of the rule files in ``alerts``."""
    shutil.copytree(FILES[0].parent, tmp_path / "alerts")
    return tmp_path


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the page as a user does."""
    return subprocess.run(  # noqa: S602 - a command of our documents
        command, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )


def test_one_command_sets_the_addresses_of_runbooks_and_dashboards(copied: Path) -> None:
    done = shell(block("sed -i"), copied)
    assert done.returncode == 0, done.stderr
    texts = "".join(file.read_text(encoding="utf-8") for file in (copied / "alerts").glob("*.yml"))
    assert "example.net" not in texts
    hosts = re.findall(r"(runbook|dashboard)_url: (https://[\w.]+/[a-z]+)", texts)
    assert set(hosts) == {
        ("runbook", "https://wiki.example.org/lantime"),
        ("dashboard", "https://grafana.example.org/d"),
    }


def test_a_changed_threshold_is_checked_with_promtool(copied: Path, program: Callable[[str], str]) -> None:
    program("promtool")
    file = copied / "alerts/lantime-hardware.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("celsius > 72", "celsius > 75"), encoding="utf-8")
    check = block("promtool check rules").removesuffix("systemctl reload prometheus\n")
    assert shell(check, copied).returncode == 0
    file.write_text(text.replace("celsius > 72", "celsius >> 72"), encoding="utf-8")
    assert shell(check, copied).returncode != 0


def test_the_alert_of_a_site_replaces_the_shipped_one(
    program: Callable[[str], str], manager: Manager, tmp_path: Path
) -> None:
    shipped = ("LantimeTemperatureHigh", "LantimeRebooted")
    write(tmp_path / "alerts/shipped.yml", [{"alert": name, **FIRES} for name in shipped])
    own = {"alert": "LantimeTemperatureHigh", **FIRES, "labels": {"origin": "site"}}
    write(tmp_path / "site/own.yml", [own])
    configuration = yaml.safe_load(block("alert_relabel_configs"))
    configuration["global"] = {"evaluation_interval": "1s", "external_labels": {"test": "replaced"}}
    configuration["alerting"]["alertmanagers"] = [{"static_configs": [{"targets": [manager.url.partition("//")[2]]}]}]
    with Prometheus(program("prometheus"), program("promtool"), tmp_path, configuration) as prometheus:
        prometheus.first('ALERTS{alertstate="firing"}', 3)
        arrived = alerts(manager, 'test="replaced"', 2)
    assert sorted((labels["alertname"], labels.get("origin")) for labels, _ in arrived) == [
        ("LantimeRebooted", None),
        ("LantimeTemperatureHigh", "site"),
    ]


def test_a_silence_before_maintenance_keeps_back_all_alerts_of_the_device(
    program: Callable[[str], str], manager: Manager, tmp_path: Path
) -> None:
    program("amtool")
    done = shell(block("silence add").replace("http://localhost:9093", manager.url), tmp_path)
    assert done.returncode == 0, done.stderr
    names = {"m1000": "LantimeAntennaDisconnected", "m600": "LantimePtpStopped"}
    manager.raises(*({"alertname": name, "instance": device, "test": "silence"} for device, name in names.items()))
    states = {labels["instance"]: state for labels, state in alerts(manager, 'test="silence"', 2)}
    assert states == {"m1000": "suppressed", "m600": "active"}


def test_the_query_of_a_runbook_finds_the_metrics_that_are_missing(promtool: str, tmp_path: Path) -> None:
    runbooks = (ROOT / "docs/runbooks.md").read_text(encoding="utf-8")
    [query] = re.findall(r"`(count by \(__name__\)[^`]*)`", runbooks)
    series = {'lantime_a{instance="NAME"}': "1x100", 'lantime_b{instance="NAME"}': "1x60 stale"}
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [{"expr": query, "eval_time": "90m", "exp_samples": [{"labels": "lantime_b", "value": 1}]}],
    }
    file = tmp_path / "test.yml"
    file.write_text(yaml.safe_dump({"evaluation_interval": "1m", "tests": [test]}))
    succeeds(promtool, "test", "rules", file)


def write(file: Path, rules: list[dict[str, Any]]) -> None:
    """Write rules to a file in a new folder."""
    file.parent.mkdir()
    file.write_text(yaml.safe_dump({"groups": [{"name": file.stem, "rules": rules}]}))


def alerts(manager: Manager, matcher: str, count: int) -> list[tuple[dict[str, str], str]]:
    """Wait until Alertmanager has so many alerts, and return labels and state of each."""
    end = time.monotonic() + MAX_WAIT
    while True:
        answer = requests.get(f"{manager.url}/api/v2/alerts", params={"filter": matcher}, timeout=10).json()
        states = [(dict(found["labels"]), str(found["status"]["state"])) for found in answer]
        if len(states) >= count and all(state != "unprocessed" for _, state in states):
            return states
        assert time.monotonic() < end, states
        time.sleep(0.1)
