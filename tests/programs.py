"""Programs that tests need and the virtual environment does not hold."""

import os
import shutil

import pytest


def installed(name: str) -> str:
    """Return the path of a program; without it the test is skipped, with CI=true it fails."""
    path = shutil.which(name)
    if path is None:
        missing(f"{name} is not installed: 'make test' as root on Debian or Ubuntu installs it")
    return str(path)


def missing(reason: str) -> None:
    """Skip the test for this reason; with CI=true it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
