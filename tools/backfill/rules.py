"""What rules make of a time that is over: recorded series and ``ALERTS``, as Prometheus would have stored them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tools.backfill.prometheus import Server, backfill, serving
from tools.backfill.samples import Span

ALERTS = Path(__file__).parents[2] / "alerts"

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def rule_texts() -> list[str]:
    """Return the texts of the rule files that the project ships."""
    return [file.read_text(encoding="utf-8") for file in sorted(ALERTS.glob("*.yml"))]


def replay(directory: Path, files: Iterable[str], span: Span) -> None:
    """Add what rules give to the storage in a directory: first what they record, then ``ALERTS``.

    ``files`` are the texts of rule files.
    """
    rules = [rule for text in files for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]
    for chosen, lines in ((_recordings(rules), _recorded), (_alerts(rules), _fired)):
        if chosen:
            with serving(directory) as server:
                samples = [line for rule in chosen for line in lines(server, rule, span)]
            backfill(samples, directory)


def _recordings(rules: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [rule for rule in rules if "record" in rule]


def _alerts(rules: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [rule for rule in rules if "alert" in rule]


def _recorded(server: Server, rule: Mapping[str, Any], span: Span) -> Iterator[str]:
    for series in server.query_range(rule["expr"], span.begin, span.until, span.step):
        labels = series["metric"] | rule.get("labels", {})
        for time, value in series["values"]:
            yield _line(rule["record"], labels, value, time)


def _fired(server: Server, rule: Mapping[str, Any], span: Span) -> Iterator[str]:
    """Yield ``ALERTS`` for the times at which an alert fires; ``keep_firing_for`` is left out."""
    hold = _seconds(str(rule.get("for", "0s")))
    for series in server.query_range(rule["expr"], span.begin, span.until, span.step):
        labels = series["metric"] | rule.get("labels", {}) | {"alertname": rule["alert"], "alertstate": "firing"}
        active_since = last = float("-inf")
        for time, _ in series["values"]:
            if time - last > span.step * 1.5:
                active_since = time
            last = time
            if time - active_since >= hold:
                yield _line("ALERTS", labels, "1", time)


def _seconds(duration: str) -> float:
    return float(duration[:-1]) * SECONDS[duration[-1]]


def _line(name: str, labels: Mapping[str, str], value: str, time: float) -> str:
    shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in sorted(labels.items()) if label != "__name__")
    return f"{name}{{{shown}}} {value} {time:.3f}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
