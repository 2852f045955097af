"""What panels ask Prometheus."""

from dataclasses import dataclass

from monitoring.signals import BY_NAME
from monitoring.template import select

DEVICES = 'job=~"$job", instance=~"$instance"'
"""The matchers every selector of a device's metric has."""

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """PromQL with its matchers, and the legend of its series; ``instant`` asks for the end of the time range alone."""

    expr: str
    legend: str = ""
    instant: bool = False
    table: bool = False

    def render(self, ref: str) -> dict[str, object]:
        """Return the target of a panel; ``ref`` names it."""
        return {
            "datasource": DATASOURCE,
            "editorMode": "code",
            "expr": self.expr,
            "format": "table" if self.table else "time_series",
            "instant": self.instant,
            "legendFormat": self.legend or "__auto",
            "range": not self.instant,
            "refId": ref,
        }


def ask(text: str, legend: str = "", *, matchers: str = DEVICES) -> Query:
    """Return the query of a signal, by its name, or of PromQL whose selectors still lack the matchers of the page."""
    if text in BY_NAME:
        return Query(expr=BY_NAME[text].query(matchers), legend=legend)
    return Query(expr=select(text, matchers), legend=legend)


def exactly(expr: str, legend: str = "") -> Query:
    """Return the query of PromQL that is complete, for metrics that are not the exporter's."""
    return Query(expr=expr, legend=legend)


def reference(place: int) -> str:
    """Return the name of the n-th query of a panel: A to Z, then AA, AB."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[place] if place < len(letters) else f"A{letters[place - len(letters)]}"
