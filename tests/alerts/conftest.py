"""Shared by the tests of the alert rules: promtool in two versions, an Alertmanager with the example."""

from collections.abc import Callable, Iterator

import pytest

from tests.alerts.alerts_manager import Manager
from tests.alerts.alerts_rules import ROOT
from tests.programs import newer

EXAMPLE = ROOT / "deploy/alertmanager/alertmanager.yml"


@pytest.fixture(params=["installed", "newer"])
def promtool(request: pytest.FixtureRequest, program: Callable[[str], str]) -> str:
    """Return the path of promtool: the installed one (2.42 on Debian 12), then that of Prometheus 3."""
    return program("promtool") if request.param == "installed" else newer("promtool")


@pytest.fixture(scope="session")
def manager(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manager]:
    """Return a running Alertmanager with the example configuration."""
    with Manager(program("prometheus-alertmanager"), EXAMPLE, tmp_path_factory.mktemp("alertmanager")) as running:
        yield running
