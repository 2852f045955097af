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

from monitoring.alerts import GROUPS, Group
from monitoring.cases import CASES
from monitoring.cases.definition import Case
from monitoring.cases.promtool import Test, as_test
from monitoring.deployment import Deployment
from monitoring.rules import Rule, rules
from monitoring.thresholds import Profile

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


def cases_of(name: str, profile: Profile) -> list[Case]:
    """Return the cases of an alert name for a profile."""
    return [case for case in CASES if case.alert == name and profile in case.profiles]


def slices(profile: Profile, deployment: Deployment) -> Iterator[Slice]:
    """Yield all slices of a profile."""
    for group in GROUPS:
        yield from _slices(group, profile, deployment)


def _slices(group: Group, profile: Profile, deployment: Deployment) -> Iterator[Slice]:
    known = list(rules(group, profile, deployment))
    for name in dict.fromkeys(alert.name for alert in group.alerts):
        own = [rule for rule in known if rule.get("alert") == name]
        read = [rule for rule in known if "record" in rule and any(rule["record"] in alert["expr"] for alert in own)]
        tests = tuple(as_test(case, deployment) for case in cases_of(name, profile))
        [interval] = {test["interval"] for test in tests}
        yield Slice(name=name, group=group.name, rules=(*read, *own), tests=tests, interval=interval)


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
