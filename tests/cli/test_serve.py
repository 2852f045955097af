"""Serving: sources of the configuration, addresses, logs."""

import json
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from lantime_simulator import SimulatedServer

from tests.cli.cli_process import Exporter
from tests.cli.conftest import PASSWORD, USER

ANYWHERE = ("--web.listen-address", "127.0.0.1:0")
PAIR = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|[^\s"=\\]+)(?: |$)')


def test_a_single_device_needs_no_file(server: SimulatedServer, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    variables = {"LANTIME_TARGET": server.url, "LANTIME_USERNAME": USER, "LANTIME_PASSWORD_FILE": str(file)}
    with Exporter(*ANYWHERE, **variables) as exporter:
        name = exporter.get("/sd").json()[0]["targets"][0]
        assert "\nlantime_up 1.0\n" in exporter.get(f"/probe?target={name}").text


def test_a_file_wins_over_the_environment_and_the_log_says_so(
    server: SimulatedServer, configure: Callable[..., Path]
) -> None:
    file = configure(mine=server.url)
    options = ("--config.file", str(file), *ANYWHERE, *ANYWHERE)
    with Exporter(*options, LANTIME_TARGET="192.0.2.1") as exporter:
        assert "\nlantime_up 1.0\n" in exporter.get("/probe?target=mine").text
        exporter.wait_for_line(re.escape(f"configuration from {file}: 1 target; the port has neither TLS nor users"))
        exporter.wait_for_line("level=warn .*LANTIME_TARGET is ignored, because --config.file is given")
        addresses = exporter.wait_for_line(r'listens on ([^"]+)')[1].split(", ")
        assert len(set(addresses)) == 2


def test_a_file_without_targets_is_a_warning_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("modules: {default: {timeout: 5s}}")
    with Exporter("--config.file", str(file), *ANYWHERE) as exporter:
        exporter.wait_for_line("level=warn .*no target and no allowed pattern")
        assert exporter.get("/-/ready").status_code == 200


def test_successful_probes_are_not_logged(server: SimulatedServer, configure: Callable[..., Path]) -> None:
    with Exporter("--config.file", str(configure(a=server.url)), *ANYWHERE) as exporter:
        for _ in range(3):
            exporter.get("/probe?target=a")
        exporter.send(signal.SIGTERM)
        assert exporter.wait() == 0
    assert [line.partition("msg=")[2] for line in exporter.stderr.splitlines()][2:] == ["stopping"]


def logged(server: SimulatedServer, configure: Callable[..., Path], form: str) -> list[str]:
    """Return the lines of an exporter that logs everything while a device fails."""
    server.lantime.activate("html")
    flags = ("--log.level", "debug", "--log.format", form)
    with Exporter("--config.file", str(configure(**{"a b": server.url})), *ANYWHERE, *flags) as exporter:
        exporter.get("/probe?target=a%20b")
        exporter.get('/"quoted"=%22')
        exporter.send(signal.SIGTERM)
        assert exporter.wait() == 0
    return exporter.stderr.splitlines()


def logfmt(line: str) -> dict[str, str]:
    pairs = PAIR.findall(line)
    assert "".join(match[0] for match in PAIR.finditer(line)) == line
    return {key: json.loads(value) if value.startswith('"') else value for key, value in pairs}


@pytest.mark.parametrize(("form", "read"), [("logfmt", logfmt), ("json", json.loads)])
def test_every_line_of_the_log_can_be_read_by_a_program(
    server: SimulatedServer, configure: Callable[..., Path], form: str, read: Callable[[str], dict[str, str]]
) -> None:
    records = [read(line) for line in logged(server, configure, form)]
    assert all(record.keys() == {"time", "level", "source", "msg"} for record in records)
    assert {record["level"] for record in records} == {"debug", "info", "warn"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["time"]) for record in records)
    assert any(record["msg"].startswith("probe of a b failed (content): ") for record in records)
