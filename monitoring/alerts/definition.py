"""What an alert is, and a group of alerts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from textwrap import indent

from monitoring.deployment import Dashboard


class Severity(StrEnum):
    """What an alert asks for: critical wakes a person, warning is work for the day, info is for the record."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert of one severity; alerts of one name are levels of the same condition.

    ``expr`` is made of signals and thresholds (``$name``) and PromQL operators; so are the thresholds in ``when``, the
    condition in words. ``description`` is a template of Prometheus. ``hold`` is the time the condition must last
    (``for``; empty for events), ``keep`` the time the alert stays after it (``keep_firing_for``). ``source`` says where
    condition and severity come from. ``variables`` are the variables of the dashboard that the alert's labels fill.
    """

    name: str
    severity: Severity
    when: str
    expr: str
    hold: str = ""
    keep: str = ""
    summary: str
    description: str
    source: str
    dashboard: Dashboard
    variables: tuple[str, ...] = field(default=("job", "instance"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Alerts that are evaluated together. ``name`` is the group's, and with ``.yml`` its file's."""

    name: str
    title: str
    alerts: tuple[Alert, ...]


def booted(expr: str) -> str:
    """Return an expression that does not hold while the device starts; one without uptime is taken for started."""
    guard = "unless on (job, instance) $uptime < $boot_time"
    if "\n" in expr:
        return f"(\n{indent(expr, '  ')}\n)\n{guard}"
    return f"({expr})\n{guard}" if " or " in expr else f"{expr} {guard}"


def names(groups: Iterable[Group]) -> list[str]:
    """Return the names of all alerts in their order, each once."""
    return list(dict.fromkeys(alert.name for group in groups for alert in group.alerts))
