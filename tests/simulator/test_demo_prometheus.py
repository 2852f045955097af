"""``demo --with-prometheus``: a real Prometheus scrapes the demo, evaluates the rules, and ends with it."""

import re
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from lantime_exporter.errors import ConfigError
from lantime_simulator import demo_prometheus

from tests.cli.cli_process import MAX_WAIT, ROOT, Exporter, run
from tests.integration.prometheus import eventually

DEMO = ("demo", "--web.listen-address", "127.0.0.1:0", "--with-prometheus")


@pytest.fixture
def _prometheus_is_installed(program: Callable[[str], str]) -> None:
    program("prometheus")


@pytest.fixture
def demo(_prometheus_is_installed: None, tmp_path: Path) -> Iterator[Exporter]:
    """The demo with Prometheus, whose temporary files are below this test's folder."""
    with Exporter(*DEMO, TMPDIR=str(tmp_path)) as running:
        try:
            running.wait_for_line("alerts: ", "stdout")
            yield running
        finally:
            # The context manager kills it, and then it could not end Prometheus.
            running.send(signal.SIGTERM)
            running.wait()


def where(demo: Exporter) -> str:
    return demo.wait_for_line(r"prometheus: (http://\S+)/$", "stdout")[1]


def is_open(url: str) -> bool:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.socket() as peer:
        return peer.connect_ex((host, int(port))) == 0


def test_prometheus_scrapes_every_device_and_has_the_alert_rules(demo: Exporter) -> None:
    devices = set(re.findall(r"^  (\S+) +http://\S+$", demo.stdout, re.MULTILINE))

    def scraped() -> set[str] | None:
        query = {"query": "lantime_up == 1"}
        response = requests.get(f"{where(demo)}/api/v1/query", params=query, timeout=MAX_WAIT)
        found = {series["metric"]["instance"] for series in response.json()["data"]["result"]}
        return found if len(found) >= len(devices) else None

    assert requests.get(demo.wait_for_line(r"alerts: (\S+)", "stdout")[1], timeout=MAX_WAIT).ok
    groups = requests.get(f"{where(demo)}/api/v1/rules", timeout=MAX_WAIT).json()["data"]["groups"]
    assert {group["name"] for group in groups} == {file.stem for file in (ROOT / "alerts").glob("*.yml")}
    assert eventually(scraped) == devices


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_prometheus_ends_with_the_demo(demo: Exporter, tmp_path: Path, number: int) -> None:
    url = where(demo)
    assert is_open(url)
    demo.send(number)
    assert demo.wait() == 0
    assert not is_open(url)
    assert list(tmp_path.iterdir()) == []
    assert demo.stderr == ""


@pytest.mark.usefixtures("_prometheus_is_installed")
def test_an_address_in_use_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run(*DEMO, address)
    assert done.returncode == 1
    assert done.stderr == f"--with-prometheus {address}: Address already in use\n"
    assert list(tmp_path.iterdir()) == []


def test_without_prometheus_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    done = run(*DEMO)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "--with-prometheus: prometheus is not installed; on Debian and Ubuntu: "
        "sudo apt-get install --no-install-recommends prometheus\n"
    )


def fake(folder: Path, script: str) -> str:
    program = folder / "prometheus"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_the_page_of_alerts_is_beside_the_first_page(subtests: pytest.Subtests) -> None:
    pages = {"/graph": "/alerts", "/query": "/alerts", "/classic/graph": "/classic/alerts", "": "/alerts"}
    for first, alerts in pages.items():
        with subtests.test(first=first):
            printed = demo_prometheus.pages(f"http://127.0.0.1:9090{first}")
            assert printed == f"prometheus: http://127.0.0.1:9090/\nalerts: http://127.0.0.1:9090{alerts}"


def test_the_last_line_of_a_prometheus_that_does_not_start_is_in_the_error(tmp_path: Path) -> None:
    program = fake(tmp_path, "echo 'Error parsing commandline arguments' >&2; exit 2")
    with (
        pytest.raises(ConfigError, match=r"did not start: Error parsing commandline arguments$"),
        demo_prometheus.watching("127.0.0.1:1", program, "127.0.0.1:1"),
    ):
        pass


def test_an_invalid_address_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^--with-prometheus nowhere: must be HOST:PORT$"):
        demo_prometheus.free_address("nowhere")


def test_rules_are_those_of_the_first_folder_that_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "alerts").mkdir()
    (tmp_path / "alerts/own.yml").touch()
    monkeypatch.setattr(demo_prometheus, "PLACES", (tmp_path / "nothing", tmp_path))
    assert demo_prometheus.rule_files() == [tmp_path / "alerts/own.yml"]
