"""Programs that the tests run."""

import subprocess
from pathlib import Path


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program, and return the result."""
    return subprocess.run(  # noqa: S603 - programs that the tests name
        [str(part) for part in command], capture_output=True, text=True, check=False
    )


def succeeds(*command: str | Path) -> str:
    """Run a program that must succeed, and return its output."""
    done = run(*command)
    assert done.returncode == 0, f"{done.args}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout
