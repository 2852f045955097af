"""``python -m tools.backfill.speed`` measures each query of the fleet overview for 200 devices over six hours."""

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from lantime_simulator import CATALOGUE

from tools.backfill.fleets import Played
from tools.backfill.prometheus import Server, backfill, serving
from tools.backfill.rules import replay, rule_texts
from tools.backfill.samples import Span, devices

FLEET = Path(__file__).parents[2] / "dashboards" / "lantime-fleet.json"

MODELS = ("m300", "m500", "m600", "m1000", "m3000")

DEVICES = 200

HOURS = 6

SCRAPE, STEP = 60, 15
"""Seconds between two samples, and between two points of a graph 1440 pixels wide."""

SUPPLY = re.compile(r"lantime_power_supply_ok\{")


def queries() -> Iterator[tuple[str, str, bool]]:
    """Yield title, PromQL and whether it asks for the present alone, for each query of the fleet overview."""
    values = {"$__rate_interval": "1m", "$__range_s": f"{HOURS * 3600}", "$__range": f"{HOURS}h"}
    values |= {"$__interval": f"{STEP}s", "$job": "lantime", "$instance": ".+"}
    for panel in json.loads(FLEET.read_text(encoding="utf-8"))["panels"]:
        for target in panel.get("targets", ()):
            expr = target["expr"]
            for name, value in values.items():
                expr = expr.replace(name, value)
            yield f"{panel['title']} {target['refId']}", expr, target["instant"]


def samples(until: float) -> Iterator[str]:
    """Yield the samples of all devices: those of one of each model, repeated; of power supplies a whole day."""
    names = "|".join({name for _, expr, _ in queries() for name in re.findall(r"\blantime_\w+|\bup\b", expr)})
    wanted = re.compile(rf"(?:{names})\{{")
    for model in MODELS:
        one = devices((Played("NAME", CATALOGUE[model]()),), Span(until=until, length=0))
        lines = [line.rsplit(" ", 1)[0] for line in one if wanted.match(line)]
        for number in range(DEVICES // len(MODELS)):
            for line in (line.replace('"NAME"', f'"{model}-{number}"') for line in lines):
                hours, scrape = (24, STEP) if SUPPLY.match(line) else (HOURS, SCRAPE)
                for at in range(int(until) - hours * 3600, int(until) + 1, scrape):
                    yield f"{line} {at}\n"


def measured(server: Server, expr: str, until: float, *, instant: bool) -> float:
    """Return the least seconds that a query takes of three times."""
    taken = []
    for _ in range(3):
        begin = time.perf_counter()
        if instant:
            server.query(expr, until)
        else:
            server.query_range(expr, until - HOURS * 3600, until, STEP)
        taken.append(time.perf_counter() - begin)
    return min(taken)


def main() -> None:
    """Print the milliseconds of each query, the slowest first."""
    until = time.time() // SCRAPE * SCRAPE
    with tempfile.TemporaryDirectory() as storage:
        backfill(samples(until), Path(storage))
        replay(
            Path(storage),
            [*rule_texts("lantime-compliance.yml"), *rule_texts("lantime-fleet.yml")],
            Span(until=until, length=HOURS * 3600, step=SCRAPE),
        )
        with serving(Path(storage), lookback="5m") as server:
            (series,) = server.query('count({job="lantime"})', until)
            sys.stdout.write(f"{DEVICES} devices, {series['value'][1]} series, {HOURS} h at steps of {STEP} s\n")
            found = [(measured(server, expr, until, instant=instant), title) for title, expr, instant in queries()]
    for seconds, title in sorted(found, reverse=True):
        sys.stdout.write(f"{seconds * 1000:8.0f} ms  {title}\n")


if __name__ == "__main__":
    main()
