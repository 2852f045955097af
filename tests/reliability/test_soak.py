"""A short soak test, and the limits of its report; ``make soak`` runs it for longer."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.cli.cli_process import ROOT
from tests.load.soak.process_sampler import ProcessSample
from tests.load.soak.report import Line, log, usage

SAMPLES = 100


def test_a_fleet_with_changing_faults_is_scraped_without_a_gap(program: Callable[[str], str]) -> None:
    program("prometheus"), program("promtool")
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.soak", "--minutes", "0.3", "--devices", "20", "--interval", "2"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def sample(at: float, *, memory: float = 60.0, descriptors: int = 50, threads: int = 20) -> ProcessSample:
    return ProcessSample(at=at, memory=memory, descriptors=descriptors, threads=threads, cpu=at / 20)


def bad(lines: list[Line]) -> list[str]:
    return [line.name.partition(",")[0] for line in lines if line.is_good is False]


def test_a_constant_process_is_good() -> None:
    assert bad(list(usage([sample(at) for at in range(SAMPLES)], 40))) == []


def test_growth_in_the_first_half_is_good() -> None:
    assert bad(list(usage([sample(at, memory=min(60, 20 + at)) for at in range(SAMPLES)], 40))) == []


@pytest.mark.parametrize(
    ("grown", "line"),
    [
        (lambda at: sample(at, memory=60 + at / 2), "resident memory"),
        (lambda at: sample(at, descriptors=50 + at), "file descriptors"),
        (lambda at: sample(at, threads=20 + 2 * at), "threads"),
    ],
    ids=["memory", "descriptors", "threads"],
)
def test_a_process_that_grows_is_bad(grown: Callable[[int], ProcessSample], line: str) -> None:
    assert bad(list(usage([grown(at) for at in range(SAMPLES)], 40))) == [line]


def test_two_log_lines_per_fault_are_good() -> None:
    assert bad(list(log(["level=warn", "level=info"] * 100, faults=100, reloads=0))) == []


def test_a_log_line_for_each_failed_scrape_is_bad() -> None:
    assert bad(list(log(["level=warn"] * 300, faults=100, reloads=0))) == ["log lines"]


@pytest.mark.parametrize("line", ["level=error msg=a", 'level=warn traceback="Traceback (most"'])
def test_an_error_or_a_traceback_in_the_log_is_bad(line: str) -> None:
    assert bad(list(log([line], faults=1, reloads=0))) == ["errors and tracebacks in the log"]
