"""The unit for systemd: known settings, a sandbox as tight as the documents say, paths as in the README."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.deploy.conftest import DEPLOY, ROOT

UNIT = DEPLOY / "systemd/lantime-exporter.service"
PROGRAM = "/opt/lantime-exporter/bin/lantime-exporter"
EXPOSURE = re.compile(r"exposure level for \S+: (\d+\.\d+)")


def values(key: str) -> list[str]:
    """Return the values of a setting, in order."""
    return re.findall(rf"^{key}=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return the unit with an existing program, so that only the unit itself can be wrong."""
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace(PROGRAM, sys.executable))
    return unit


def test_systemd_takes_the_unit(installed: Path, optional: Callable[[str], str], checked: Callable[..., str]) -> None:
    assert checked(optional("systemd-analyze"), "verify", "--man=no", "--generators=no", installed) == ""


def test_systemd_finds_the_sandbox_as_tight_as_the_document_says(
    optional: Callable[[str], str], checked: Callable[..., str]
) -> None:
    output = re.search(r"exposure\s+level of (\d+\.\d+)", (ROOT / "docs/installation.md").read_text(encoding="utf-8"))
    assert output, "docs/installation.md does not say it"
    found = EXPOSURE.search(checked(optional("systemd-analyze"), "security", "--offline=true", "--no-pager", UNIT))
    assert found
    assert float(found[1]) <= float(output[1]) + 0.3  # versions of systemd rate differently


def test_systemd_the_unit_runs_what_the_readme_installs() -> None:
    assert f"{Path(PROGRAM).parent}/pip install" in (ROOT / "docs/installation.md").read_text(encoding="utf-8")
    assert {command.split()[0] for command in values("ExecStart")} == {PROGRAM}


def test_systemd_a_reload_checks_the_file_that_is_served() -> None:
    (start,) = values("ExecStart")
    check, hangup = values("ExecReload")
    assert check == f"{PROGRAM} check --without-secrets {start.split()[-1]}"
    assert hangup == "/bin/kill -HUP $MAINPID"


def test_systemd_the_password_is_a_credential_that_the_example_reads() -> None:
    (credential,) = (value.partition(":")[0] for value in values("LoadCredential"))
    example = yaml.safe_load((DEPLOY / "systemd/lantime-exporter.yml").read_text(encoding="utf-8"))
    assert example["auths"]["default"]["password_file"] == f"/run/credentials/{UNIT.name}/{credential}"
