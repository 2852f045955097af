"""What the tests of the whole way share: real programs."""

import os
import shutil
from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Return a function that gives the path of a program; without it the test is skipped, with CI=true it fails."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not installed")
        if path is None:
            pytest.skip(f"{name} is not installed: 'make test' as root on Debian or Ubuntu installs it")
        return path

    return find
