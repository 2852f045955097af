"""Slices of rule files: some rules, the records that they read, and their cases.

promtool evaluates every rule of a file for every test, so slices are faster than whole files.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from tests.alerts.alerts_rules import ALERTS, NAMES, RECORDS, Alert, Rule, records_read
from tests.alerts.cases import CASES
from tests.alerts.cases.definition import Case, alert_of
from tests.alerts.cases.history import history
from tests.alerts.cases.promtool import Test, as_test

PARALLEL = 2
"""Processes of promtool at a time."""

BATCH = 8
"""Slices for each process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Rules in their order, their tests, and the interval of evaluation."""

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
    """Yield a slice for each alert name and interval of its cases."""
    for name in NAMES:
        yield from _paces(
            [alert for alert in ALERTS if alert.name == name], [case for case in CASES if case.alert == name]
        )


def levels() -> Iterator[list[Slice]]:
    """Yield the slices of each level of an alert, without its other levels: one per interval of its cases."""
    for alert in ALERTS:
        yield [
            replace(part, tests=tuple(_of_level(test, alert) for test in part.tests))
            for part in _paces([alert], [case for case in CASES if alert_of(case) is alert])
        ]


def _paces(alerts: Sequence[Alert], cases: Sequence[Case]) -> Iterator[Slice]:
    """Yield a slice for each interval of the cases of an alert name."""
    read: list[Rule] = []
    for alert in alerts:
        read += [rule for rule in records_read(alert.expr) if rule not in read]
    rules = (*read, *(alert.rule for alert in alerts))
    for step in dict.fromkeys(case.step for case in cases):
        tests = tuple(as_test(case) for case in cases if case.step == step)
        yield Slice(name=alerts[0].name, group=alerts[0].group, rules=rules, tests=tests, interval=tests[0]["interval"])


def _of_level(test: Test, alert: Alert) -> Test:
    """Return a test that expects nothing of the other levels of the alert."""
    expected = [
        {**check, "exp_alerts": [each for each in check["exp_alerts"] if _severity(each) == alert.severity]}
        for check in test.get("alert_rule_test", ())
    ]
    return {**test, "alert_rule_test": expected}


def _severity(expected: Test) -> str:
    return str(expected["exp_labels"]["severity"])


def history_slices() -> Iterator[Slice]:
    """Yield slices for the rules of the history: one for each record and interval of its tests."""
    for rule in RECORDS:
        for pace, tests in history(rule["record"]).items():
            yield Slice(name=rule["record"], group="lantime-history", rules=(rule,), tests=tuple(tests), interval=pace)


def run(promtool: str, cut: Sequence[Slice], directory: Path) -> list[str]:
    """Return the failures of each slice from promtool, empty if there are none. The files stay in the directory."""
    files = [part.write(directory, f"{number:04}-{part.name}") for number, part in enumerate(cut)]
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(chain.from_iterable(pool.map(lambda batch: _run(promtool, batch), batches)))


def _run(promtool: str, files: Sequence[Path]) -> list[str]:
    """Return the failures of each file: the text between two results, which promtool prints in order."""
    done = subprocess.run(  # noqa: S603 -- promtool with files of our own
        [promtool, "test", "rules", *map(str, files)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "GOGC": "400"},  # otherwise promtool spends a third of its time on garbage collection
    )
    found: list[str] = []
    for line in done.stdout.splitlines():
        if line in ("  SUCCESS", "  FAILED:"):
            found.append("" if line == "  SUCCESS" else " ")
        elif found and found[-1] and line and not line.startswith("Unit Testing:"):
            found[-1] += f"{line}\n"
    if len(found) != len(files):
        raise RuntimeError(f"{promtool}: {len(files)} files, {len(found)} outcomes: {done.stdout[-2000:]}")
    return found
