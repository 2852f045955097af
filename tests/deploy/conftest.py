"""Shared by the tests of the deployment: the release, built once, and commands."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="session")
def optional() -> Callable[[str], str]:
    """Return a function from a program to its path; the test is skipped without the program."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed, its check is left out")
        return path

    return find


@pytest.fixture(scope="session")
def checked() -> Callable[..., str]:
    """Return a function that runs a command, which must succeed, and returns its output."""

    def run(*command: str | Path, **settings: object) -> str:
        done = subprocess.run(  # noqa: S603 - commands of the tests
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **settings,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout}"
        return str(done.stdout)

    return run


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, checked: Callable[..., str]) -> Path:
    """Return the folder with wheel, source archive and SBOM of the last commit, as ``make dist`` builds them."""
    if not (ROOT / ".git").exists():
        pytest.skip("releases are built from a git checkout")
    folder = tmp_path_factory.mktemp("dist")
    tools = str(Path(sys.executable).parent)
    checked(ROOT / "tools/dist", folder, env={**os.environ, "TOOLS": tools})
    return folder
