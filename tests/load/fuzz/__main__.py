"""Fuzz all targets, each in a separate process: ``python -m tests.load.fuzz --seconds 600``."""

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

NAMES = ("document", "change", "configuration", "web-configuration", "request", "response")
"""The functions of ``fuzz.targets``, which only an instrumenting process may import."""

FOUND = Path("fuzz-found")
"""Folder for inputs that break a target."""

DONE = re.compile(r"^Done (\d+) (?:runs )?in", re.MULTILINE)
LONGEST = 16384
"""Bytes of an input."""


def fuzz(name: str, seconds: int) -> tuple[int, str]:
    """Fuzz a target for so many seconds; return the exit code and the output."""
    FOUND.mkdir(exist_ok=True)
    options = (f"-max_total_time={seconds}", f"-artifact_prefix={FOUND}/{name}-", f"-max_len={LONGEST}", "-timeout=20")
    command = [sys.executable, "-m", "tests.load.fuzz.one", name, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    # The traceback of the target is on standard output, messages of libFuzzer on standard error.
    return done.returncode, f"{done.stderr[-2000:]}\n{done.stdout[-4000:]}"


def main() -> int:
    """Return 0 if no target broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(NAMES)}; default: all")
    parser.add_argument("--seconds", type=int, default=600, help="for each target (default: %(default)s)")
    given = parser.parse_args()
    names = given.targets or NAMES
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(names, pool.map(lambda name: fuzz(name, given.seconds), names), strict=True))
    for name, (code, output) in results.items():
        runs = DONE.search(output)
        print(f"{name}: {f'{runs[1]} runs' if runs else 'broken'}")  # noqa: T201 - what the command is for
        if code:
            print(output)  # noqa: T201
    return int(any(code for code, _ in results.values()))


if __name__ == "__main__":
    sys.exit(main())
