"""What all tests share: the settings of properties, and programs where they are."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from tests.programs import installed

# Properties are judged by what holds, not by how fast the machine of the day is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Return a function that gives the path of a program; without it the test is skipped, with CI=true it fails."""
    return installed
