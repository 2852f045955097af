"""pipx installs the checkout, in folders of the test in place of the user's."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import lantime_exporter

from tests.deploy.conftest import ROOT


def test_pipx_installs_the_program(tmp_path: Path, checked: Callable[..., str]) -> None:
    folders = {name: str(tmp_path / name) for name in ("PIPX_HOME", "PIPX_BIN_DIR", "PIPX_MAN_DIR")}
    pipx = Path(sys.executable).with_name("pipx")
    checked(pipx, "install", ".[bcrypt,fast]", cwd=ROOT, env={**os.environ, **folders})
    assert lantime_exporter.__version__ in checked(tmp_path / "PIPX_BIN_DIR/lantime-exporter", "--version")
