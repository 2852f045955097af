"""The alert rules as they are shipped: ``alerts/*.yml``."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]

FILES = sorted((ROOT / "alerts").glob("*.yml"))

Rule = dict[str, Any]


class Severity(StrEnum):
    """The severity of an alert: critical pages someone, warning can wait for working hours, info is only recorded."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Alert:
    """One alerting rule, and the name of its group."""

    rule: Rule
    group: str

    @property
    def name(self) -> str:
        return str(self.rule["alert"])

    @property
    def severity(self) -> Severity:
        return Severity(self.rule["labels"]["severity"])

    @property
    def expr(self) -> str:
        return str(self.rule["expr"])

    @property
    def hold(self) -> str:
        return str(self.rule.get("for", ""))

    @property
    def keep(self) -> str:
        return str(self.rule.get("keep_firing_for", ""))

    @property
    def annotations(self) -> dict[str, str]:
        return dict(self.rule["annotations"])

    @property
    def description(self) -> str:
        return self.annotations["description"]

    def __str__(self) -> str:
        return f"{self.name} ({self.severity})"


GROUPS = {
    group["name"]: list[Rule](group["rules"])
    for file in FILES
    for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
}
"""The rules by their group."""

ALERTS = [Alert(rule, group) for group, rules in GROUPS.items() for rule in rules if "alert" in rule]

RECORDS: list[Rule] = [rule for rules in GROUPS.values() for rule in rules if "record" in rule]

NAMES = list(dict.fromkeys(alert.name for alert in ALERTS))

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(duration: str) -> float:
    """Return a PromQL duration of one unit in seconds."""
    return float(duration[:-1]) * UNITS[duration[-1]]


def records_read(expr: str) -> list[Rule]:
    """Return the recording rules that an expression reads, also indirectly, in the order of evaluation."""
    found: list[Rule] = []
    for rule in RECORDS:
        if rule["record"] in expr:
            below = [] if rule["record"] in rule["expr"] else records_read(rule["expr"])
            found += [each for each in (*below, rule) if each not in found]
    return found
