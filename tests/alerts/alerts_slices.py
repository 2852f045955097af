"""Rule files cut into slices, one for each alert name: its rules, the records they read, and the cases that prove them.

Cases prove slices and not whole files because promtool evaluates every rule of a file for every test.
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.alerts.alerts_rules import ALERTS, NAMES, RECORDS, Rule, records_read
from tests.alerts.cases import CASES
from tests.alerts.cases.history import history
from tests.alerts.cases.promtool import Test, as_test

PARALLEL = 2
"""Processes of promtool at a time."""

BATCH = 8
"""Slices for each process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The rules of one alert name in their order, what promtool is to test them with, and how often to evaluate."""

    name: str
    group: str
    rules: tuple[Rule, ...]
    tests: tuple[Test, ...]
    interval: str

    def write(self, directory: Path, stem: str) -> Path:
        """Write rules and tests to a directory, as JSON, which is YAML too; return the file of the tests."""
        rule_file = {"groups": [{"name": self.group, "rules": list(self.rules)}]}
        (directory / f"{stem}.yml").write_text(json.dumps(rule_file))
        tests = directory / f"{stem}.test.yml"
        content = {"rule_files": [f"{stem}.yml"], "evaluation_interval": self.interval, "tests": list(self.tests)}
        tests.write_text(json.dumps(content))
        return tests


def slices() -> Iterator[Slice]:
    """Yield all slices: one for each alert name and each pace of its cases."""
    for name in NAMES:
        own = [alert for alert in ALERTS if alert.name == name]
        read: list[Rule] = []
        for alert in own:
            read += [rule for rule in records_read(alert.expr) if rule not in read]
        for step in dict.fromkeys(case.step for case in CASES if case.alert == name):
            tests = tuple(as_test(case) for case in CASES if case.alert == name and case.step == step)
            rules = (*read, *(alert.rule for alert in own))
            yield Slice(name=name, group=own[0].group, rules=rules, tests=tests, interval=tests[0]["interval"])


def history_slices() -> Iterator[Slice]:
    """Yield a slice for each rule of the history."""
    for record, tests in history().items():
        [rule] = (rule for rule in RECORDS if rule["record"] == record)
        yield Slice(name=record, group="lantime-history", rules=(rule,), tests=tuple(tests), interval="1h")


def run(promtool: str, cut: Sequence[Slice], directory: Path) -> list[str]:
    """Return what promtool has to say against each slice, empty for nothing. The files are left in the directory."""
    files = [part.write(directory, f"{number:04}-{part.name}") for number, part in enumerate(cut)]
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(chain.from_iterable(pool.map(lambda batch: _run(promtool, batch), batches)))


def _run(promtool: str, files: Sequence[Path]) -> list[str]:
    """Return the complaints for each file: what stands between one verdict and the next, which come in their order."""
    done = subprocess.run(  # noqa: S603 -- promtool with files of our own
        [promtool, "test", "rules", *map(str, files)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    found: list[str] = []
    for line in done.stdout.splitlines():
        if line in ("  SUCCESS", "  FAILED:"):
            found.append("" if line == "  SUCCESS" else " ")
        elif found and found[-1] and line and not line.startswith("Unit Testing:"):
            found[-1] += f"{line}\n"
    if len(found) != len(files):
        raise RuntimeError(f"{promtool}: {len(files)} files, {len(found)} verdicts: {done.stdout[-2000:]}")
    return found
