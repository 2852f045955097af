"""Results of rules for a past period: recorded series and ``ALERTS``, as Prometheus would have stored them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tools.backfill.prometheus import LOOKBACK, PrometheusServer, backfill, run_prometheus
from tools.backfill.samples import ScrapeSpan

ALERTS = Path(__file__).parents[2] / "alerts"

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def rule_texts(*patterns: str) -> list[str]:
    """Return the texts of the shipped rule files that match a pattern; without patterns, of all."""
    files = {file for pattern in patterns or ("*.yml",) for file in ALERTS.glob(pattern)}
    return [file.read_text(encoding="utf-8") for file in sorted(files)]


def replay(directory: Path, files: Iterable[str], span: ScrapeSpan, lookback: str = LOOKBACK) -> None:
    """Add the results of rules to the storage in a directory: records, records of these, then ``ALERTS``.

    ``files`` are the texts of rule files. A group is evaluated at its own interval, or at the step of the samples if
    it has none.
    """
    rules = [
        (rule, _step(group, rule, span))
        for text in files
        for group in yaml.safe_load(text)["groups"]
        for rule in group["rules"]
    ]
    records = [rule for rule, _ in rules if "record" in rule]
    first, second = (
        [(rule, step) for rule, step in rules if "record" in rule and _reads_another(rule, records) is reads]
        for reads in (False, True)
    )
    alerts = [(rule, step) for rule, step in rules if "alert" in rule]
    for chosen, lines in ((first, _recorded), (second, _recorded), (alerts, _fired)):
        if chosen:
            with run_prometheus(directory, lookback=lookback) as server:
                samples = [line for rule, step in chosen for line in lines(server, rule, span, step)]
            backfill(samples, directory)


def _reads_another(rule: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a rule reads the record of another one."""
    return any(other["record"] in rule["expr"] for other in records if other is not rule)


def _step(group: Mapping[str, Any], rule: Mapping[str, Any], span: ScrapeSpan) -> float:
    """Return the seconds between two evaluations.

    A rule that remembers is evaluated at every scrape, because imported samples are visible for less than the interval
    of its group.
    """
    return _seconds(group["interval"]) if "interval" in group and not _remembers(rule) else span.step


def _remembers(rule: Mapping[str, Any]) -> bool:
    """Return whether a rule reads its own past values."""
    return "record" in rule and rule["record"] in rule["expr"]


def _recorded(server: PrometheusServer, rule: Mapping[str, Any], span: ScrapeSpan, step: float) -> Iterator[str]:
    for series in server.query_range(rule["expr"], span.begin, span.until, step):
        labels = series["metric"] | rule.get("labels", {})
        values = dict(series["values"])
        last: str | None = None
        for time in _times(span, step):
            # A rule that reads its own past keeps its last value, which is not in the storage yet.
            last = values.get(time, last if _remembers(rule) else None)
            if last is not None:
                yield _line(rule["record"], labels, last, time)


def _times(span: ScrapeSpan, step: float) -> Iterator[float]:
    count = int((span.until - span.begin) / step) + 1
    return (span.begin + number * step for number in range(count))


def _fired(server: PrometheusServer, rule: Mapping[str, Any], span: ScrapeSpan, step: float) -> Iterator[str]:
    """Yield ``ALERTS`` while an alert fires, and the time at which it became active; ``keep_firing_for`` is ignored."""
    hold = _seconds(str(rule.get("for", "0s")))
    for series in server.query_range(rule["expr"], span.begin, span.until, step):
        labels = series["metric"] | rule.get("labels", {}) | {"alertname": rule["alert"]}
        active_since = last = float("-inf")
        for time, _ in series["values"]:
            if time - last > step * 1.5:
                active_since = time
            last = time
            yield _line("ALERTS_FOR_STATE", labels, f"{active_since:.0f}", time)
            if time - active_since >= hold:
                yield _line("ALERTS", labels | {"alertstate": "firing"}, "1", time)


def _seconds(duration: str) -> float:
    return float(duration[:-1]) * SECONDS[duration[-1]]


def _line(name: str, labels: Mapping[str, str], value: str, time: float) -> str:
    shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in sorted(labels.items()) if label != "__name__")
    return f"{name}{{{shown}}} {value} {time:.3f}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
