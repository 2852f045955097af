"""What all tests share: the settings of properties, and programs where they are."""

import os
import resource
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from tests.programs import installed

# The tests start the program some two hundred times. Installed programs have bytecode, so they have it here too.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

NEEDED_FILES = 8192

# A shell allows 1,024 open files, and some tests hold that many connections; the program raises the limit too.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if 0 <= soft < NEEDED_FILES:
    resource.setrlimit(resource.RLIMIT_NOFILE, (NEEDED_FILES if hard < 0 else min(NEEDED_FILES, hard), hard))

# Properties are judged by what holds, not by how fast the machine of the day is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Return a function that gives the path of a program; without it the test is skipped, with CI=true it fails."""
    return installed
