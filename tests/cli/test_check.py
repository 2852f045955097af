"""``check FILE`` and ``--config.check``."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.cli_process import ROOT, run

EXAMPLE = str(ROOT / "docs/example.yml")

INVALID = """
auths:
  default: {username: monitor, password: hunter2}
  hq: {username: monitor, pasword: hunter2}
modules:
  default: {timeout: soon, collectors: [clock, clok]}
targets:
  - {name: a, address: 192.0.2.1, auth: hg}
"""


def test_a_valid_file_is_summed_up(configure: Callable[..., Path]) -> None:
    file = configure(a="192.0.2.1", b="192.0.2.2")
    done = run("check", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{file}: valid, 2 targets, 0 allowed patterns, 1 auth, 1 module\n"


def test_a_file_without_targets_is_valid_with_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("modules: {default: {timeout: 5s}}")
    done = run("check", str(file))
    assert done.returncode == 0
    assert done.stderr.startswith(f"{file}: warning: no target and no allowed pattern")


def test_target_labels_that_hide_labels_of_the_metrics_are_rejected(tmp_path: Path) -> None:
    labels = ("job", "instance", "service", "slot", "state", "event", "reason", "collector")
    for arguments in (("check",), ("--config.file",)):
        done = run(*arguments, str(labelled(tmp_path, *labels)))
        assert done.returncode == 1
        for label in labels:
            assert f'targets[0].labels.{label}: hides the label "{label}" of the metrics: choose another' in done.stderr


def test_other_target_labels_are_valid(tmp_path: Path) -> None:
    assert run("check", str(labelled(tmp_path, "profile", "site", "rack"))).returncode == 0


def labelled(folder: Path, *labels: str) -> Path:
    """Return a configuration whose target has these labels."""
    file = folder / "config.yml"
    file.write_text(
        "auths: {default: {username: monitor, password: hunter2}}\n"
        f"targets: [{{address: 192.0.2.1, labels: {{{', '.join(f'{label}: ntp' for label in labels)}}}}}]\n"
    )
    return file


def test_every_problem_has_a_line_without_a_password(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text(INVALID)
    done = run("check", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    places = ("auths.hq", "modules.default.timeout", "modules.default.collectors[1]", "targets[0].auth")
    for place in places:
        assert any(re.match(rf"{re.escape(f'{file}: {place}: ')}.* \(line \d+\)$", line) for line in lines), place
    assert "hunter2" not in done.stderr


def test_a_file_that_is_not_a_configuration_is_one_line(tmp_path: Path, subtests: pytest.Subtests) -> None:
    for text in (b"targets: [", b"\xff\xfe", b"- a\n- b\n", b""):
        with subtests.test(text=text):
            file = tmp_path / "config.yml"
            file.write_bytes(text)
            done = run("check", str(file))
            assert done.returncode == 1
            assert len(done.stderr.splitlines()) == 1
            assert done.stderr.startswith(f"{file}:")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none.yml"
    done = run("check", str(file))
    assert (done.returncode, done.stderr) == (1, f"{file}: cannot be read: No such file or directory\n")


def test_config_check_reads_the_file(configure: Callable[..., Path]) -> None:
    file = configure(a="192.0.2.1")
    done = run("--config.check", "--config.file", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{file}: valid, 1 target, 0 allowed patterns, 1 auth, 1 module\n"


def test_config_check_reads_the_environment() -> None:
    done = run("--config.check", LANTIME_TARGET="192.0.2.1", LANTIME_USERNAME="monitor")
    assert done.returncode == 1
    assert done.stderr.startswith("environment: ")
    assert "LANTIME_PASSWORD" in done.stderr


def test_config_check_reads_the_web_configuration(configure: Callable[..., Path], tmp_path: Path) -> None:
    web = tmp_path / "web.yml"
    web.write_text("tls_server_config: {cert_file: none.pem}")
    done = run("--config.check", "--config.file", str(configure(a="192.0.2.1")), "--web.config.file", str(web))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{web}: ")


def test_without_secrets_the_files_of_passwords_need_not_be_there(tmp_path: Path) -> None:
    file = tmp_path / "lantime-exporter.yml"
    file.write_text(
        "auths: {default: {username: monitor, password_file: /nonexistent/password}}\ntargets: [{address: 192.0.2.1}]\n"
    )
    assert run("check", str(file)).returncode == 1
    assert run("check", "--without-secrets", str(file)).returncode == 0
    file.write_text(f"{file.read_text()}unknown: 1\n")
    assert run("check", "--without-secrets", str(file)).returncode == 1


def test_without_secrets_is_advised_if_all_else_is_valid() -> None:
    done = run("check", EXAMPLE)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("to check it where the secrets are missing, add --without-secrets")
    assert run("check", "--without-secrets", EXAMPLE).returncode == 0
