"""Commands with closed pipes and full disks."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.cli_process import COMMAND

CONFIG = "auths: {default: {username: u, password: p}}\ntargets: [{address: clock}]\n"


@pytest.fixture
def config(tmp_path: Path) -> str:
    file = tmp_path / "config.yml"
    file.write_text(CONFIG)
    return str(file)


def run(arguments: Sequence[str], output: int) -> tuple[int, str]:
    """Return exit code and standard error of the program with this standard output."""
    done = subprocess.run(  # noqa: S603 - this program
        [*COMMAND, *arguments], stdout=output, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=False
    )
    return done.returncode, done.stderr


COMMANDS = (["--help"], ["check", "FILE"])


def test_closed_pipe_ends_a_command_in_silence(config: str, subtests: pytest.Subtests) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        for command in COMMANDS:
            with subtests.test(command=command):
                assert run([config if part == "FILE" else part for part in command], writer) == (0, "")
    finally:
        os.close(writer)


def test_full_disk_is_one_line_and_exit_code_1(config: str, subtests: pytest.Subtests) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        for command in COMMANDS:
            with subtests.test(command=command):
                code, error = run([config if part == "FILE" else part for part in command], full)
                assert (code, error) == (1, "standard output: cannot be written: No space left on device\n")
    finally:
        os.close(full)


def test_closed_standard_error_leaves_the_exit_code(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run([*COMMAND, "check", str(tmp_path / "none.yml")], stderr=writer, check=False)  # noqa: S603 - this program
    finally:
        os.close(writer)
    assert done.returncode == 1
