"""How an alert is proved: episodes in which it fires, and silences in which it must not; both become promtool tests.

Time goes in minutes, one sample a minute. In an episode all is healthy until ``onset``, then bad for as long as it
takes the alert to fire and ``LASTS`` minutes more, then healthy again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitoring.alerts import GROUPS, Alert, Severity
from monitoring.deployment import Dashboard, Deployment
from monitoring.template import SELECTOR
from monitoring.thresholds import Profile

LASTS = 5
"""Minutes for which the condition goes on after the alert fires."""

TARGET = {"job": "lantime", "instance": "lt1", "site": "hq"}
"""Labels of every series that does not say otherwise; ``site`` is one that a user adds to targets."""

Values = float | str | tuple[float | None, float | None]
"""A constant, values in promtool's notation from minute 0 on, or a pair: while healthy, while bad; None is absent."""

TIMES = {"s": 1 / 60, "m": 1, "h": 60, "d": 1440}


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The alert fires. ``labels`` are those of the alert beside the target's and severity.

    ``description`` is the annotation when it fires; ``also`` are other severities of the name that fire then, with
    their descriptions. ``lingers`` are minutes that the condition may outlast its series, for windows. ``target`` are
    the target's labels that the alert keeps.
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
    target: Mapping[str, str] = field(default_factory=lambda: TARGET)
    profiles: tuple[Profile, ...] = tuple(Profile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """The alert is neither pending nor firing at any time, although the series become bad in some way at ``onset``."""

    alert: str
    severity: Severity | None = None
    says: str
    series: Mapping[str, Values]
    onset: int = 10
    profiles: tuple[Profile, ...] = tuple(Profile)


Case = Episode | Silence


def alert_of(case: Case) -> Alert:
    """Return the alert of a case. Raises LookupError where the name is not known or the severity not clear."""
    found = [
        alert
        for group in GROUPS
        for alert in group.alerts
        if alert.name == case.alert and case.severity in (None, alert.severity)
    ]
    if len(found) != 1:
        raise LookupError(f"{case.alert}: {len(found)} alerts for severity {case.severity}")
    return found[0]


def minutes(duration: str) -> int:
    """Return a duration of a rule in minutes; 0 for none."""
    return int(float(duration[:-1]) * TIMES[duration[-1]]) if duration else 0


def test_of(case: Case, deployment: Deployment) -> dict[str, Any]:
    """Return a case as an element of ``tests`` in a test file of promtool."""
    alert = alert_of(case)
    hold, keep = minutes(alert.hold), minutes(alert.keep)
    fires = case.onset + hold
    ends = fires + LASTS
    phases = (case.onset, ends - case.onset, keep + (case.lingers if isinstance(case, Episode) else 0) + 10)
    test: dict[str, Any] = {
        "name": f"{alert.name} ({alert.severity}): {case.says}",
        "interval": "1m",
        "input_series": [
            {"series": targeted(series), "values": notation(values, phases)} for series, values in case.series.items()
        ],
    }
    if isinstance(case, Silence):
        moments = sorted({case.onset - 1, case.onset, fires - 1, fires, ends - 1, ends + 5})
        test["promql_expr_test"] = [_state(alert, moment, "", {}) for moment in moments]
        return test
    labels = {**case.target, **case.labels, "severity": str(alert.severity)}
    over = ends + keep + case.lingers
    checks = [_state(alert, case.onset - 1, "", {})]
    if hold:
        checks += [_state(alert, moment, "pending", labels) for moment in sorted({case.onset, fires - 1})]
    checks.append(_state(alert, fires, "firing", labels))
    if keep:
        checks.append(_state(alert, ends + keep - 1, "firing", labels))
    checks.append(_state(alert, over + (2 if case.lingers else 0), "", {}))
    firing = {alert.severity: case.description, **case.also}
    test["alert_rule_test"] = [
        {
            "eval_time": f"{fires}m",
            "alertname": alert.name,
            "exp_alerts": [
                {
                    "exp_labels": {**labels, "severity": str(severity)},
                    "exp_annotations": _annotations(alert, description, labels, deployment),
                }
                for severity, description in firing.items()
            ],
        }
    ]
    test["promql_expr_test"] = checks
    return test


def _annotations(alert: Alert, description: str, labels: Mapping[str, str], deployment: Deployment) -> dict[str, str]:
    """Return the annotations as they must be read, put together without the templates of the rule."""
    variables = "&".join(f"var-{name}={labels[name]}" for name in alert.variables)
    return {
        "summary": alert.summary,
        "description": description,
        "runbook_url": f"{deployment.runbooks}#{alert.name.lower()}",
        "dashboard_url": f"{deployment.dashboards}/d/{Dashboard(alert.dashboard).value}"
        + (f"?{variables}" if variables else ""),
    }


def _state(alert: Alert, minute: int, state: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the check that the alert is ``pending`` or ``firing`` at a minute, or neither."""
    found = {"alertname": alert.name, "alertstate": state, **labels}
    series = ", ".join(f'{name}="{value}"' for name, value in found.items())
    return {
        "expr": f'ALERTS{{alertname="{alert.name}", severity="{alert.severity}"}}',
        "eval_time": f"{minute}m",
        "exp_samples": [{"labels": f"ALERTS{{{series}}}", "value": 1}] if state else [],
    }


def targeted(series: str) -> str:
    """Return a series with the labels of the target that it does not have itself."""
    found = SELECTOR.fullmatch(series)
    if found is None:
        raise ValueError(f"{series}: not a series")
    inner = found["inner"] or ""
    own = re.findall(r"(\w+)=", inner)
    missing = (f'{name}="{value}"' for name, value in TARGET.items() if name not in own)
    return f"{found['metric']}{{{', '.join(filter(None, (inner, *missing)))}}}"


def notation(values: Values, phases: tuple[int, int, int]) -> str:
    """Return values in promtool's notation; the phases are the minutes of health, of trouble, and of health again."""
    if isinstance(values, str):
        return values
    if not isinstance(values, tuple):
        return f"{values}x{sum(phases)}"
    healthy, bad = values
    before, during, after = phases
    return " ".join((_run(healthy, before, "_"), _run(bad, during, "stale"), _run(healthy, after, "stale")))


def _run(value: float | None, length: int, absent: str) -> str:
    """Return a number of equal samples, or of none; ``absent`` is ``stale`` after samples, which would else linger."""
    return f"{absent} _x{length - 1}" if value is None else f"{value}x{length - 1}"
