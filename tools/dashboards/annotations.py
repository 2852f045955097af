"""Annotations in the graphs: events of the devices.

The ranges are ``$__rate_interval``, which is never shorter than the step of the query: over 30 days a fixed range of
some minutes would miss most events.
"""

from dataclasses import dataclass

from tools.dashboards.query import DATASOURCE, DEVICES, select


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark where the query has a value; ``text`` describes it, with labels as ``{{label}}``."""

    name: str
    expr: str
    colour: str
    text: str = "{{instance}}"

    def render(self) -> dict[str, object]:
        """Return the annotation in the JSON of Grafana."""
        return {
            "datasource": DATASOURCE,
            "enable": True,
            "expr": select(self.expr, DEVICES),
            "hide": False,
            "iconColor": self.colour,
            "name": self.name,
            "step": "60s",
            "tagKeys": "instance",
            "textFormat": self.text,
            "titleFormat": self.name,
            "useValueForTime": False,
        }


CHANGED_AT = 'lantime_event_last_triggered_timestamp_seconds{event="device-configuration-changed"}'

CRITICAL = (
    'max_over_time(ALERTS{alertname=~"Lantime.+", alertstate="firing", severity="critical", '
    'job=~"$job", instance=~"$instance"}[$__rate_interval])'
)

ANNOTATIONS = (
    Annotation("Critical alert", CRITICAL, "red", "{{instance}} {{slot}} {{alertname}}"),
    Annotation("Restart", "resets(lantime_uptime_seconds[$__rate_interval]) > 0", "purple"),
    Annotation("Configuration changed", f"changes({CHANGED_AT}[$__rate_interval]) > 0", "blue"),
    Annotation("Leap second announced", "lantime_leap_second_announced == 1", "yellow"),
)
