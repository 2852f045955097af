"""The shell scripts of the project are valid and executable."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "tools", "deploy/debian", "tests/deploy/systemd")
SCRIPTS = {
    file: first.removeprefix(b"#!").split()[-1].decode().rpartition("/")[2]
    for folder in FOLDERS
    for file in sorted((ROOT / folder).iterdir())
    if file.is_file() and (first := file.read_bytes().partition(b"\n")[0]).endswith(b"sh")
}


def test_scripts_are_found() -> None:
    assert {"run", "test-systemd", "preinst", "in-container"} <= {file.name for file in SCRIPTS}


def is_readable(file: Path, shell: str) -> bool:
    return subprocess.run([shell, "-n", file], check=False).returncode == 0  # noqa: S603 - a shell


def test_a_shell_reads_every_script() -> None:
    assert [file.name for file, shell in SCRIPTS.items() if not is_readable(file, shell)] == []


def test_every_script_can_be_started() -> None:
    assert [file.name for file in SCRIPTS if not os.access(file, os.X_OK)] == []
