"""Coverage-guided fuzzing for a few seconds; ``make fuzz`` runs longer."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.cli_process import ROOT, environment
from tests.load.fuzz.__main__ import NAMES

SECONDS = 1
"""For each target; its start takes as long."""

HAS_WHEEL = sys.version_info < (3, 14) and (sys.platform, platform.machine()) == ("linux", "x86_64")


@pytest.mark.skipif(not HAS_WHEEL, reason="the fuzzer, atheris, is there for Python up to 3.13 on Linux x86_64 only")
def test_a_few_seconds_of_fuzzing_break_nothing(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.load.fuzz", "--seconds", str(SECONDS)],
        cwd=tmp_path,
        env=environment({"PYTHONPATH": str(ROOT)}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == list(NAMES)
