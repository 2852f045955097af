"""What the tests of the alert rules share: promtool of two generations, the rules as they are shipped."""

from collections.abc import Callable

import pytest

from monitoring.render import ROOT
from tests.alerts.alerts_programs import run
from tests.programs import missing


@pytest.fixture(scope="session")
def newer() -> str:
    """Return the path of promtool of Prometheus 3."""
    done = run(ROOT / "scripts/newer-prometheus")
    if done.returncode:
        missing(f"promtool of Prometheus 3 cannot be had: {done.stderr.strip()}")
    return done.stdout.strip()


@pytest.fixture(params=["installed", "newer"])
def promtool(request: pytest.FixtureRequest, program: Callable[[str], str]) -> str:
    """Return the path of promtool: the installed one (2.42 on Debian 12), then that of Prometheus 3."""
    return program("promtool") if request.param == "installed" else str(request.getfixturevalue("newer"))
