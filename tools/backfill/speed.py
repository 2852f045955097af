"""Measure how long Prometheus takes for each query of the fleet overview: ``python -m tools.backfill.speed``.

It uses 200 simulated devices and 6 hours, the default range of the dashboard, and takes some minutes.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import requests
from lantime_simulator import CATALOGUE

from tools.backfill.fleets import FleetDevice
from tools.backfill.prometheus import PrometheusServer, backfill, run_prometheus
from tools.backfill.rules import replay, rule_texts
from tools.backfill.samples import ScrapeSpan, device_samples

FLEET = Path(__file__).parents[2] / "dashboards" / "lantime-fleet.json"

RULES = ("lantime-compliance.yml", "lantime-fleet.yml")
"""The rule files that the dashboard reads."""

MODELS = ("m300", "m500", "m600", "m1000", "m3000")

DEVICES = 200

HOURS = 6

SCRAPE = 60
"""Seconds between two samples."""

GRID_STEP = 360
"""Seconds between two points of a graph on a screen 1440 pixels wide, times the columns of its panel."""

TIMES = 3
"""Runs of each query; the fastest counts, because other work on the machine only adds time."""

SUPPLY = re.compile(r"lantime_power_supply_ok\{")


def queries() -> Iterator[tuple[str, str, int]]:
    """Yield title, PromQL and step in seconds for each query of the dashboard; the step is 0 for an instant query."""
    for panel in json.loads(FLEET.read_text(encoding="utf-8"))["panels"]:
        step = GRID_STEP // panel["gridPos"]["w"]
        values = {"$__rate_interval": "1m", "$__range_s": f"{HOURS * 3600}", "$__range": f"{HOURS}h"}
        values |= {"$__interval": f"{step}s", "$job": "lantime", "$instance": ".+"}
        for target in panel.get("targets", ()):
            expr = target["expr"]
            for name, value in values.items():
                expr = expr.replace(name, value)
            yield f"{panel['title']} {target['refId']}", expr, 0 if target["instant"] else step


def samples(until: float) -> Iterator[str]:
    """Yield the samples of all devices: those of one device per model, repeated; of power supplies for a whole day."""
    read = [expr for _, expr, _ in queries()] + [text for file in RULES for text in rule_texts(file)]
    names = "|".join({name for text in read for name in re.findall(r"\blantime_\w+|\bup\b", text)})
    wanted = re.compile(rf"(?:{names})\{{")
    for model in MODELS:
        one = device_samples((FleetDevice("NAME", CATALOGUE[model]()),), ScrapeSpan(until=until, length=0))
        lines = [line.rsplit(" ", 1)[0] for line in one if wanted.match(line)]
        for number in range(DEVICES // len(MODELS)):
            for line in (line.replace('"NAME"', f'"{model}-{number}"') for line in lines):
                hours, step = (24, 15) if SUPPLY.match(line) else (HOURS, SCRAPE)
                for at in range(int(until) - hours * 3600, int(until) + 1, step):
                    yield f"{line} {at}\n"


def measure(server: PrometheusServer, expr: str, until: float, step: int) -> float:
    """Return the seconds from a query to the last byte of its response."""
    begin = {"start": until - HOURS * 3600, "end": until, "step": step} if step else {"time": until}
    parameters: Mapping[str, str | float] = {"query": expr, **begin}
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        requests.post(
            f"{server.url}/api/v1/query{'_range' if step else ''}", data=parameters, timeout=60
        ).raise_for_status()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print the milliseconds of each query, the slowest first."""
    until = time.time() // SCRAPE * SCRAPE
    with tempfile.TemporaryDirectory() as folder:
        storage = Path(folder)
        backfill(samples(until), storage)
        texts = [text for file in RULES for text in rule_texts(file)]
        replay(storage, texts, ScrapeSpan(until=until, length=HOURS * 3600, step=SCRAPE))
        with run_prometheus(storage, lookback="5m") as server:
            (series,) = server.query('count({job="lantime"})', until)
            sys.stdout.write(f"{DEVICES} devices, {series['value'][1]} series, {HOURS} h\n")
            found = [(measure(server, expr, until, step), title) for title, expr, step in queries()]
    for seconds, title in sorted(found, reverse=True):
        sys.stdout.write(f"{seconds * 1000:8.0f} ms  {title}\n")


if __name__ == "__main__":
    main()
