"""Marks in the graphs: what happened to the devices."""

from dataclasses import dataclass

from tools.dashboards.query import DATASOURCE, DEVICES, select


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark wherever the query has a value."""

    name: str
    expr: str
    colour: str
    shown: bool = True

    def render(self) -> dict[str, object]:
        """Return the annotation as Grafana reads it."""
        return {
            "datasource": DATASOURCE,
            "enable": self.shown,
            "expr": select(self.expr, DEVICES),
            "hide": False,
            "iconColor": self.colour,
            "name": self.name,
            "step": "60s",
            "tagKeys": "instance",
            "textFormat": "{{instance}}",
            "titleFormat": self.name,
            "useValueForTime": False,
        }


CHANGED = 'changes(lantime_event_last_triggered_timestamp_seconds{event="device-configuration-changed"}[2m]) > 0'

CRITICAL = (
    'ALERTS{alertname=~"Lantime.+", alertstate="firing", severity="critical", job=~"$job", instance=~"$instance"}'
)

ANNOTATIONS = (
    Annotation("Critical alert", CRITICAL, "red", shown=False),
    Annotation("Restart", "resets(lantime_uptime_seconds[2m]) > 0", "purple"),
    Annotation("Configuration changed", CHANGED, "blue"),
    Annotation("Leap second announced", "lantime_leap_second_announced == 1", "yellow"),
)
