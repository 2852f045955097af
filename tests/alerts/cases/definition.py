"""Test cases of an alert: episodes in which it fires, and silences in which it must not.

Times are counted in samples of ``step`` minutes. In an episode all is healthy until ``onset``, then bad until some
samples after the alert fires, then healthy again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.alerts.alerts_rules import ALERTS, NAMES, Alert, Severity

TARGET = {"job": "lantime", "instance": "lt1", "site": "hq"}
"""Default labels of series; ``site`` represents a label that a user adds to targets."""

Values = float | str | tuple[float | None, float | None]
"""A constant, values in promtool's notation from the start, or a pair: while healthy, while bad; None is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The alert fires. ``labels`` are those of the alert besides severity and the target's.

    ``description`` is the annotation when it fires; ``also`` are other severities of the name that fire then, with
    their descriptions. ``lingers`` are the samples that the condition outlasts its series, for windows. ``target`` are
    the target's labels that the alert keeps. ``profile`` is the label of that name, on the target and on the alert.
    """

    alert: str
    severity: Severity | None = None
    says: str
    series: Mapping[str, Values]
    labels: Mapping[str, str] = field(default_factory=dict)
    description: str
    also: Mapping[Severity, str] = field(default_factory=dict)
    onset: int = 10
    lingers: int = 0
    step: float = 1
    target: Mapping[str, str] = field(default_factory=lambda: TARGET)
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """The alert is neither pending nor firing at any time, although the series become bad in some way at ``onset``."""

    alert: str
    severity: Severity | None = None
    says: str
    series: Mapping[str, Values]
    onset: int = 10
    step: float = 1
    profile: str = ""


Case = Episode | Silence

LEVELS = {name: [alert for alert in ALERTS if alert.name == name] for name in NAMES}
"""The alerts of each name."""


def alert_of(case: Case) -> Alert:
    """Return the alert of a case. Raises LookupError if the name is unknown or the severity ambiguous."""
    found = [alert for alert in LEVELS.get(case.alert, ()) if case.severity in (None, alert.severity)]
    if len(found) != 1:
        raise LookupError(f"{case.alert}: {len(found)} alerts for severity {case.severity}")
    return found[0]
