"""The command with a device on a real socket: output, files and exit code."""

import io
import json
import os
import re
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from lantime_exporter import __version__
from lantime_exporter.cli import arguments
from lantime_exporter.cli.main import main
from lantime_simulator import Lantime, SimulatedServer, m600

ENVIRONMENT = {"LANTIME_USERNAME": "inspector", "LANTIME_PASSWORD": "geheim"}

Run = Callable[..., int]


def parsed(*words: str) -> arguments.Arguments:
    return arguments.parse(("inspect", *words))


@pytest.fixture
def run() -> Run:
    """Return a function from the words of a command line to the exit code."""
    return lambda *words, environ=ENVIRONMENT: main(("inspect", *words), environ)


@pytest.fixture
def server() -> Iterator[SimulatedServer]:
    with SimulatedServer(Lantime(m600()), credentials=("inspector", "geheim")) as started:
        yield started


@pytest.fixture(autouse=True)
def nobody_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def test_a_device_is_shown_with_one_request(
    run: Run, server: SimulatedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(server.url) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{server.url}/api/status: ")
    assert "\n  model                 M600\n" in shown
    assert dict(server.traffic.requests) == {("GET", "/api/status", 200): 1}


def test_target_of_a_configuration_is_shown(
    run: Run, server: SimulatedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.yml"
    file.write_text(
        "auths: {default: {username: inspector, password: geheim}}\n"
        f"targets: [{{name: studio, address: '{server.url}'}}]\n"
    )
    assert run("studio", "--config.file", str(file), environ={}) == 0
    assert "M600" in capsys.readouterr().out


def test_a_wrong_command_line_is_explained_with_exit_code_2(
    run: Run, server: SimulatedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], subtests: pytest.Subtests
) -> None:
    file = tmp_path / "config.yml"
    file.write_text("targets: []\n")
    cases: list[tuple[tuple[str, ...], dict[str, str], str]] = [
        ((server.url, "--config.file", str(file)), ENVIRONMENT, "target: neither configured under targets"),
        ((server.url,), {}, "no user: give --username or LANTIME_USERNAME\n"),
        (("clock1", "--from", str(file)), ENVIRONMENT, "give either TARGET or --from\n"),
    ]
    for words, environ, problem in cases:
        with subtests.test(words=words):
            assert run(*words, environ=environ) == 2
            assert capsys.readouterr().err.startswith(problem)


def test_a_device_that_fails_is_explained_with_exit_code_1(
    run: Run, server: SimulatedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as unused, socket.create_server(("127.0.0.1", 0)) as silent:
        unused.bind(("127.0.0.1", 0))
        assert run(f"http://127.0.0.1:{unused.getsockname()[1]}") == 1
        assert "connection refused" in capsys.readouterr().err
        assert run(f"http://127.0.0.1:{silent.getsockname()[1]}", "--timeout", "0.2") == 1
        assert "deadline" in capsys.readouterr().err
    assert run(server.url, environ={**ENVIRONMENT, "LANTIME_PASSWORD": "wrong!"}) == 1
    captured = capsys.readouterr()
    assert "401" in captured.err
    assert "wrong!" not in captured.out + captured.err


def test_an_untrusted_certificate_is_rejected_with_advice_in_flags_that_work(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with SimulatedServer(Lantime(m600()), credentials=("inspector", "geheim"), tls=context) as secure:
        assert run(secure.url) == 1
        advice = capsys.readouterr().err
        assert "then use --fingerprint, or use --ca-file" in advice
        assert "tls.fingerprint_sha256" not in advice
        (fingerprint,) = re.findall(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", advice)
        for trust in (("--fingerprint", fingerprint), ("--ca-file", str(tmp_path / "ca.pem")), ("--insecure",)):
            assert run(secure.url, *trust) == 0
            assert "certificate valid until " in capsys.readouterr().out
        assert run(secure.url, "--fingerprint", "00" * 32) == 1
        assert fingerprint in capsys.readouterr().err


def test_a_saved_response_is_shown(run: Run, response_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--from", str(response_file)) == 0
    assert "M600" in capsys.readouterr().out


def test_a_saved_response_that_cannot_be_used_is_named(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], subtests: pytest.Subtests
) -> None:
    file = tmp_path / "answer.json"
    cases = [(None, "cannot be read: No such file"), (b"hello", "not JSON"), (b"{}", "no status tree")]
    for content, problem in cases:
        if content is not None:
            file.write_bytes(content)
        with subtests.test(content=content):
            assert run("--from", str(file)) == 1
            assert f"{file}: {problem}" in capsys.readouterr().err


def test_a_report_is_anonymous_and_comes_with_the_advice_to_read_it(
    run: Run, server: SimulatedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.json"
    assert run(server.url, "--report", str(file)) == 0
    text = file.read_text()
    device = server.lantime.device
    assert [secret for secret in (device.hostname, device.serial_number, "geheim", "inspector") if secret in text] == []
    assert json.loads(text)["report"] == {"tool": f"lantime-exporter {__version__}", "api-version": "20.05.013"}
    assert "Read it before you send it" in capsys.readouterr().out


def test_report_can_be_inspected_with_everything_accounted(
    run: Run, response_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--from", str(response_file), "--report", str(tmp_path / "report.json"))
    assert run("--from", str(tmp_path / "report.json")) == 0
    assert capsys.readouterr().out.count("       0 unaccounted\n") == 2


def test_a_response_is_saved_unchanged_for_its_owner_alone(
    run: Run, response_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answer.json"
    assert run("--from", str(response_file), "--json", str(file)) == 0
    assert file.read_bytes() == response_file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_report_that_cannot_be_written_is_named_before_any_request(
    run: Run, server: SimulatedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "missing" / "report.json"
    assert run(server.url, "--report", str(file)) == 1
    captured = capsys.readouterr()
    assert f"{file}: cannot be written: No such file or directory" in captured.err
    assert captured.out == ""
    assert not server.traffic.requests


def test_a_report_of_a_device_that_fails_leaves_no_file(run: Run, server: SimulatedServer, tmp_path: Path) -> None:
    run(server.url, "--report", str(tmp_path / "report.json"), environ={**ENVIRONMENT, "LANTIME_PASSWORD": "falsch"})
    assert list(tmp_path.iterdir()) == []


def test_output_fits_an_encoding_that_knows_less(
    run: Run, response_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert run("--from", str(response_file)) == 0
    out.seek(0)
    assert " ?C" in out.read()


def test_configuration_may_be_named_before_the_command() -> None:
    given = arguments.parse(("--config.file", "config.yml", "inspect", "studio"))
    assert given.config_file == Path("config.yml")


def test_wrong_command_line_ends_with_status_2(capsys: pytest.CaptureFixture[str], subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, ...]] = [
        ("--timeout", "0"),
        ("--timeout", "soon"),
        ("--timeout", "inf"),
        ("--insecure", "--ca-file", "x"),
    ]
    for words in cases:
        with subtests.test(words=words):
            with pytest.raises(SystemExit) as ended:
                parsed("clock1", *words)
            assert ended.value.code == 2


def test_width_is_that_of_the_terminal(
    run: Run, response_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "30")
    run("--from", str(response_file))
    assert "\n  port                       lan0\n" in capsys.readouterr().out


COMMAND = (sys.executable, "-m", "lantime_exporter", "inspect", "--from")


def test_reader_that_closes_the_pipe_ends_the_output_without_a_word(response_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with subprocess.Popen(  # noqa: S603 -- our own command
        (*COMMAND, str(response_file), "--report", str(report)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(30)) == (b"", 0)
    assert report.exists()


def test_a_full_disk_is_one_line(run: Run, response_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = "cannot be written: No space left on device\n"
    for option in ("--report", "--json"):
        assert run("--from", str(response_file), option, "/dev/full") == 1
        assert capsys.readouterr().err == f"/dev/full: {problem}"
    with Path("/dev/full").open("w") as output:
        done = subprocess.run(  # noqa: S603 -- our own command
            (*COMMAND, str(response_file)),
            stdout=output,
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
    assert (done.stderr.decode(), done.returncode) == (f"standard output: {problem}", 1)


def test_a_fingerprint_may_be_in_the_form_of_openssl() -> None:
    for form in ("{}", "sha256 Fingerprint={}", "SHA256 Fingerprint={}"):
        given = parsed("192.0.2.10", "--fingerprint", form.format(":".join(["8F"] * 32)))
        assert given.fingerprint == "8f" * 32
