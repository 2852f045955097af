"""Programs that tests need and the virtual environment does not hold."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NEWER = Path(__file__).parents[1] / "tools/newer-programs"


def installed(name: str) -> str:
    """Return the path of a program; without it the test is skipped, with CI=true it fails."""
    path = shutil.which(name)
    if path is None:
        missing(f"{name} is not installed: 'make test' as root on Debian or Ubuntu installs it")
    return str(path)


def newer(name: str) -> str:
    """Return the path of a program of a newer Debian; without it the test is skipped, with CI=true it fails."""
    done = subprocess.run([NEWER], capture_output=True, text=True, check=False)  # noqa: S603 -- our own script
    if done.returncode:
        missing(f"a newer {name} cannot be had: {done.stderr.strip()}")
    return str(Path(done.stdout.strip()) / name)


def missing(reason: str) -> None:
    """Skip the test for this reason; with CI=true it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
