"""Measure the cost of the rules in Prometheus: ``python -m tools.rule_cost``. It takes some minutes.

One M3000 is scraped every 15 seconds. A Prometheus imports a day of raw samples, the longest range of a rule, a week of
the records of ``lantime-history``, and the last records of the other rules. Every rule is then evaluated several times.
Prometheus itself reports the time, without HTTP; the fastest run counts, because other work on the machine only adds
time.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import requests
import yaml
from lantime_simulator import CATALOGUE

from tools.backfill import (
    FleetDevice,
    PrometheusServer,
    ScrapeSpan,
    backfill,
    device_samples,
    rule_texts,
    run_prometheus,
)

STEP = 15.0
DAY = 86400.0
TIMES = 15
"""Evaluations of each rule; the fastest counts."""

REMEMBERED = re.compile(r"(?P<now>.*)\nor last_over_time\(", re.DOTALL)


def main() -> None:
    """Print the cost of each group in milliseconds, and for a Prometheus that evaluates every 15 seconds."""
    groups = [group for text in rule_texts() for group in yaml.safe_load(text)["groups"]]
    span = ScrapeSpan(until=time.time() // STEP * STEP, length=DAY, step=STEP)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        read = set(
            re.findall(r"\b(?:lantime_\w+|up\b)", " ".join(rule["expr"] for group in groups for rule in group["rules"]))
        )
        fleet = [FleetDevice("m3000", CATALOGUE["m3000"]())]
        backfill((line for line in device_samples(fleet, span) if line.partition("{")[0] in read), directory)
        with run_prometheus(directory) as server:
            history = [line for group in groups for rule in group["rules"] for line in _history(server, rule, span)]
        backfill(history, directory)
        with run_prometheus(directory) as server:
            _report(groups, server, span.until)


def _history(server: PrometheusServer, rule: Mapping[str, Any], span: ScrapeSpan) -> Iterator[str]:
    """Yield a healthy week of a record that reads its own past, and the last minutes of another."""
    if "record" not in rule:
        return
    found = REMEMBERED.match(rule["expr"])
    length, step = (7 * DAY, 240.0) if found else (300.0, STEP)
    for series in server.query(found["now"] if found else rule["expr"], span.until):
        labels = ",".join(f'{name}="{value}"' for name, value in series["metric"].items() if name != "__name__")
        for number in range(int(length / step)):
            now = span.until - step * number
            yield f"{rule['record']}{{{labels}}} {f'{now:.0f}' if found else series['value'][1]} {now:.3f}\n"


def _report(groups: list[dict[str, Any]], server: PrometheusServer, now: float) -> None:
    total = 0.0
    for group in groups:
        seconds = [_evaluation(server, rule["expr"], now) for rule in group["rules"]]
        interval = float(group.get("interval", "15s").replace("m", "").replace("s", ""))
        interval *= 60 if "m" in group.get("interval", "") else 1
        share = sum(seconds) * STEP / interval
        total += share
        slowest = max(zip(seconds, group["rules"], strict=True), key=lambda pair: pair[0])
        name = slowest[1].get("alert") or slowest[1]["record"]
        sys.stdout.write(
            f"{group['name']:22} {sum(seconds) * 1e3:7.1f} ms every {interval:.0f} s; slowest: "
            f"{slowest[0] * 1e3:.1f} ms {name}\n"
        )
    sys.stdout.write(f"{'all':22} {total * 1e3:7.1f} ms for every 15 s\n")


def _evaluation(server: PrometheusServer, expr: str, now: float) -> float:
    """Return the seconds that Prometheus takes for an expression."""

    def once() -> float:
        parameters = {"query": expr, "time": f"{now:.3f}", "stats": "all"}
        answer = requests.post(f"{server.url}/api/v1/query", data=parameters, timeout=60).json()
        return float(answer["data"]["stats"]["timings"]["execTotalTime"])

    return min(once() for _ in range(TIMES))


if __name__ == "__main__":
    main()
