"""Coverage-guided fuzzing for a few seconds; ``make fuzz`` does it for as long as one likes."""

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.__main__ import NAMES
from tests.cli.cli_process import ROOT, environment

SECONDS = 1


def test_a_few_seconds_of_fuzzing_break_nothing(tmp_path: Path) -> None:
    pytest.importorskip("atheris", exc_type=ImportError)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "fuzz", "--seconds", str(SECONDS)],
        cwd=tmp_path,
        env=environment({"PYTHONPATH": str(ROOT)}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == list(NAMES)
