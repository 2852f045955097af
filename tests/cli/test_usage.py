"""Command lines that end immediately, and their exit codes."""

import platform
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lantime_exporter import __version__

from tests.cli.cli_process import COMMAND, run


def test_a_wrong_command_line_ends_with_2_and_the_usage(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, ...]] = [
        ("--config.fil=x",),
        ("--no-such-flag",),
        ("check",),
        ("chek", "a"),
        ("inspect", "a", "b"),
        ("demo", "extra"),
        ("--log.level", "loud"),
    ]
    for arguments in cases:
        with subtests.test(arguments=arguments):
            done = run(*arguments)
            assert done.returncode == 2
            assert done.stderr.startswith("usage: lantime-exporter")
            assert done.stdout == ""


def test_a_mistake_is_named_with_the_probable_intention(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (("--config.flie", "good.yml"), 'unknown flag --config.flie (did you mean "--config.file"?)'),
        (("--config", "good.yml"), 'unknown flag --config (did you mean "--config.'),
        (("good.yml",), 'unknown command "good.yml" (did you mean --config.file good.yml?)'),
        (("chek", "good.yml"), 'unknown command "chek" (did you mean "check"?), known: demo, check, inspect'),
        (
            ("check", "--without-secret", "good.yml"),
            'unknown flag --without-secret (did you mean "--without-secrets"?)',
        ),
        (("check",), "check needs one file: lantime-exporter check FILE"),
        (("--config.file", "a.yml", "check", "b.yml"), "check needs one file: lantime-exporter check FILE"),
    ]
    for arguments, problem in cases:
        with subtests.test(arguments=arguments):
            done = run(*arguments)
            assert done.returncode == 2
            assert f"error: {problem}" in done.stderr


def test_check_takes_its_file_as_a_flag_too(configure: Callable[..., Path]) -> None:
    file = str(configure(a="192.0.2.1"))
    for arguments in (("check", "--config.file", file), ("--config.file", file, "check")):
        assert run(*arguments).returncode == 0


def test_the_version_is_printed() -> None:
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - this program
    python = f"{platform.python_implementation()} {platform.python_version()}"
    assert (done.returncode, done.stdout) == (0, f"lantime-exporter {__version__} ({python})\n")


def test_the_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("demo", "check", "inspect"):
        assert f"\n    {command} " in done.stdout


def test_without_a_device_it_says_what_to_give() -> None:
    done = run()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("no device is configured: give --config.file FILE, or set LANTIME_TARGET")
    assert len(done.stderr.splitlines()) == 1


def test_a_bad_configuration_is_not_served(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("targets: 1")
    done = run("--config.file", str(file))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{file}: targets: ")


@pytest.fixture
def taken() -> Iterator[str]:
    """An address that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def test_an_address_in_use_is_named(configure: Callable[..., Path], taken: str) -> None:
    for command in (("--config.file", str(configure(a="192.0.2.1"))), ("demo",)):
        done = run(*command, "--web.listen-address", taken)
        assert (done.returncode, done.stderr) == (1, f"--web.listen-address {taken}: Address already in use\n")


def test_an_invalid_address_is_named(configure: Callable[..., Path], subtests: pytest.Subtests) -> None:
    for address in ("10124", "localhost:99999", "[::1:10124"):
        with subtests.test(address=address):
            done = run("--config.file", str(configure(a="192.0.2.1")), f"--web.listen-address={address}")
            assert done.returncode == 1
            assert done.stderr.startswith("--web.listen-address ")
            assert len(done.stderr.splitlines()) == 1
