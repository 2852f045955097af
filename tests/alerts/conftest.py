"""What the tests of the alert rules share: promtool of two generations, the rules as they are shipped."""

from collections.abc import Callable

import pytest

from tests.programs import newer


@pytest.fixture(params=["installed", "newer"])
def promtool(request: pytest.FixtureRequest, program: Callable[[str], str]) -> str:
    """Return the path of promtool: the installed one (2.42 on Debian 12), then that of Prometheus 3."""
    return program("promtool") if request.param == "installed" else newer("promtool")
