"""The compliance report never reports too much: its recording rules in promtool."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

RULES = Path(__file__).parents[2] / "alerts"

STEP = 15
"""Seconds between two samples."""

LABELS = {"lantime_sync_reference_info": ',ref_type="long-wave-receiver"'}

GOOD, BAD, SILENT = "1e-07", "5e-05", "_"

Program = Callable[[str], str]


def samples(*parts: tuple[str, float]) -> str:
    """Return samples in promtool's notation: each value for so many seconds; silence begins like a failed scrape."""
    return " ".join(
        " ".join((["stale"] if value == SILENT else [value]) + [value] * (round(seconds / STEP) - 1))
        for value, seconds in parts
    )


def share_is(program: str, folder: Path, quality: str, low: float, high: float) -> bool:
    """Return whether the reported share of the first hour within 1 us lies between two figures."""
    share = "sum_over_time(instance:lantime_time_quality_seconds:within_1us[59m]) / 12"
    inputs = {"lantime_time_quality_seconds": quality}
    return holds(program, folder, f"count({share} >= {low} <= {high})", inputs, "", "5m")


def holds(program: str, folder: Path, expr: str, inputs: Mapping[str, str], labels: str, interval: str) -> bool:
    """Return whether an expression is 1 after an hour in which the rules are evaluated at this interval."""
    target = f'job="lantime",instance="a"{labels}'
    test = {
        "rule_files": [str(RULES / f"lantime-{name}.yml") for name in ("fleet", "compliance")],
        "evaluation_interval": interval,
        "tests": [
            {
                "interval": f"{STEP}s",
                "input_series": [
                    {"series": f"{name}{{{target}{LABELS.get(name, '')}}}", "values": values}
                    for name, values in inputs.items()
                ],
                "promql_expr_test": [{"expr": expr, "eval_time": "1h", "exp_samples": [{"labels": "{}", "value": 1}]}],
            }
        ],
    }
    file = folder / "test.json"
    file.write_text(json.dumps(test))
    command = [program, "test", "rules", str(file)]
    return not subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603 -- our own file


HOURS = {
    "an outage of 4.5 min between two evaluations": (((GOOD, 615), (SILENT, 270), (GOOD, 2715)), 0.92, 1 - 270 / 3600),
    "a bad time of 4.5 min between two evaluations": (((GOOD, 615), (BAD, 270), (GOOD, 2715)), 0.92, 1 - 270 / 3600),
    "good throughout": (((GOOD, 3900),), 1, 1),
    "not there for half of the time": (((SILENT, 1815), (GOOD, 1800)), 0.45, 0.5),
}
"""Qualities of a device, and the range of the reported share of the hour."""


def test_the_share_of_an_hour_counts_every_bad_and_every_silent_moment(program: Program, tmp_path: Path) -> None:
    wrong = {
        name
        for name, (parts, low, high) in HOURS.items()
        if not share_is(program("promtool"), tmp_path, samples(*parts), low, high)
    }
    assert wrong == set()


def test_the_limit_is_that_of_the_profile_and_the_receiver(program: Program, tmp_path: Path) -> None:
    long_wave = {"lantime_sync_reference_info": samples(("1", 3900))}
    wrong = set()
    for labels, more, share in (("", {}, 0), (',profile="ntp"', {}, 1), ("", long_wave, 1)):
        inputs = {"lantime_time_quality_seconds": samples((BAD, 3900)), **more}
        expr = f"count(avg_over_time(instance:lantime_time_quality_seconds:within_limit[30m]) == {share})"
        if not holds(program("promtool"), tmp_path, expr, inputs, labels, "1m"):
            wrong.add((labels, *more))
    assert wrong == set()
