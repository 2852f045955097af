"""From cases to tests of promtool."""

import re
from collections.abc import Mapping
from typing import Any

from tests.alerts.alerts_rules import ALERTS, Alert, Severity, seconds
from tests.alerts.cases.definition import TARGET, Case, Episode, Silence, Values, alert_of

LASTS = 5
"""Samples for which the condition holds after the alert fires."""

SLACK = 3
"""Samples by which versions of Prometheus may differ at the end of a window: from 3.0 on its left edge is open."""

AFTER = 10
"""Samples of health after the alert is resolved."""

Test = dict[str, Any]


def as_test(case: Case) -> Test:
    """Return a case as an element of ``tests`` in a test file."""
    alert = alert_of(case)
    return _episode(case, alert) if isinstance(case, Episode) else _silence(case, alert)


def _episode(case: Episode, alert: Alert) -> Test:
    hold, keep = (_samples(time, case.step) for time in (alert.hold, alert.keep))
    fires = case.onset + hold
    ends = fires + LASTS
    over = ends + keep + case.lingers
    labels = {**case.target, **_profile(case), **case.labels, "severity": str(alert.severity)}
    states = {case.onset: "pending", fires - 1: "pending", case.onset - 1: "", fires: "firing"}
    states |= {over - 1: "firing", over + (SLACK if case.lingers else 0): ""}
    firing = {alert.severity: case.description, **case.also}
    return {
        **_given(case, alert, (case.onset, ends - case.onset, over - ends + AFTER)),
        "alert_rule_test": [
            {
                "eval_time": _time(fires, case.step),
                "alertname": alert.name,
                "exp_alerts": [
                    {
                        "exp_labels": {**labels, "severity": str(severity)},
                        "exp_annotations": _annotations(_level(alert, severity), description, labels),
                    }
                    for severity, description in firing.items()
                ],
            }
        ],
        "promql_expr_test": [
            _state(alert, _time(sample, case.step), state, labels) for sample, state in sorted(states.items())
        ],
    }


def _silence(case: Silence, alert: Alert) -> Test:
    fires = case.onset + _samples(alert.hold, case.step)
    ends = fires + LASTS
    samples = sorted({case.onset - 1, case.onset, fires - 1, fires, ends - 1, ends + LASTS})
    return {
        **_given(case, alert, (case.onset, ends - case.onset, AFTER)),
        "promql_expr_test": [_state(alert, _time(sample, case.step), "", {}) for sample in samples],
    }


def _given(case: Case, alert: Alert, phases: tuple[int, int, int]) -> Test:
    """Return the name of a test and its series; the phases are the samples of health, trouble, and health again."""
    return {
        "name": f"{alert.name} ({alert.severity}): {case.says}",
        "interval": _time(1, case.step),
        "input_series": [
            {"series": targeted(series, {**TARGET, **_profile(case)}), "values": notation(values, phases)}
            for series, values in case.series.items()
        ],
    }


def _samples(time: str, step: float) -> int:
    """Return a duration of a rule in samples; 0 for none."""
    return round(seconds(time) / step / 60) if time else 0


def _time(sample: int, step: float) -> str:
    return f"{sample * step * 60:.0f}s"


def _state(alert: Alert, time: str, state: str, labels: Mapping[str, str]) -> Test:
    """Return the check that the alert is ``pending`` or ``firing`` at a time, or neither."""
    found = {"alertname": alert.name, "alertstate": state, **labels}
    series = ", ".join(f'{name}="{value}"' for name, value in found.items())
    return {
        "expr": f'ALERTS{{alertname="{alert.name}", severity="{alert.severity}"}}',
        "eval_time": time,
        "exp_samples": [{"labels": f"ALERTS{{{series}}}", "value": 1}] if state else [],
    }


def _annotations(alert: Alert, description: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the expected annotations: the description of the case, and links with its labels."""
    address = re.sub(
        r"\{\{ \$labels\.(\w+) \| urlquery \}\}", lambda found: labels[found[1]], alert.annotations["dashboard_url"]
    )
    return {**alert.annotations, "description": description, "dashboard_url": address}


def _level(alert: Alert, severity: Severity) -> Alert:
    """Return the alert of the same name with another severity."""
    return next(each for each in ALERTS if each.name == alert.name and each.severity == severity)


def _profile(case: Case) -> dict[str, str]:
    return {"profile": case.profile} if case.profile else {}


SELECTOR = re.compile(r"(?P<metric>[a-zA-Z_:][\w:]*)(?:\{(?P<inner>[^}]*)\})?")


def targeted(series: str, target: Mapping[str, str] = TARGET) -> str:
    """Return a series with the labels of the target that it does not have. Raises ValueError if it is not a series."""
    found = SELECTOR.fullmatch(series)
    if found is None:
        raise ValueError(f"{series}: not a series")
    inner = found["inner"] or ""
    own = re.findall(r"(\w+)=", inner)
    missing = (f'{name}="{value}"' for name, value in target.items() if name not in own)
    return f"{found['metric']}{{{', '.join(filter(None, (inner, *missing)))}}}"


def notation(values: Values, phases: tuple[int, int, int]) -> str:
    """Return values in promtool's notation, those of a pair for the length of the phases."""
    if isinstance(values, str):
        return values
    if not isinstance(values, tuple):
        return f"{values}x{sum(phases)}"
    healthy, bad = values
    before, during, after = phases
    return " ".join((_run(healthy, before, "_"), _run(bad, during, "stale"), _run(healthy, after, "stale")))


def _run(value: float | None, length: int, absent: str) -> str:
    """Return a number of equal samples, or of none; ``absent`` is ``stale`` if samples precede it."""
    return f"{absent} _x{length - 1}" if value is None else f"{value}x{length - 1}"
