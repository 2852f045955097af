"""Queries of panels."""

import re
from dataclasses import dataclass

from tools.dashboards.colours import Steps

DEVICES = 'job=~"$job", instance=~"$instance"'
"""The matchers of every selector of a device's metric."""

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}

METRIC = r"(?:\w+:)?lantime_\w+(?::\w+)?|up"

SELECTOR = re.compile(rf"(?<![\w:\"-])(?P<metric>{METRIC})(?![\w:\"(-])(?P<braces>\{{(?P<inner>[^}}]*)\}})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """PromQL with its matchers, and the legend of its series; ``instant`` queries only the end of the time range.

    ``steps`` are thresholds of its series, if they differ from those of the panel. A limit is a dashed line.
    """

    expr: str
    legend: str = ""
    instant: bool = False
    table: bool = False
    steps: Steps = ()
    is_limit: bool = False

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


def select(expression: str, matchers: str) -> str:
    """Return PromQL with the matchers added to every selector.

    Metrics are those of the exporter (``lantime_...``), records of them (``level:lantime_...:operation``) and ``up``;
    label values with a closing brace do not occur.
    """

    def added(found: re.Match[str]) -> str:
        return f"{found['metric']}{{{', '.join(filter(None, (found['inner'], matchers)))}}}"

    return SELECTOR.sub(added, expression) if matchers else expression


def query(expr: str, legend: str = "", *, matchers: str = DEVICES) -> Query:
    """Return the query of PromQL, with the matchers of the page added to its selectors."""
    return Query(expr=select(expr, matchers), legend=legend)


def by_profile(expr: str, legend: str = "", *, matchers: str = DEVICES, ptp: Steps, ntp: Steps) -> tuple[Query, Query]:
    """Return two queries, because devices of the profile ``ntp`` have other limits than others.

    Without a legend, they are called for the profile.
    """
    return (
        Query(expr=select(expr, f'{matchers}, profile!="ntp"'), legend=legend or "ptp", steps=ptp),
        Query(expr=select(expr, f'{matchers}, profile="ntp"'), legend=legend or "ntp", steps=ntp),
    )


def complete_query(expr: str, legend: str = "") -> Query:
    """Return the query of complete PromQL, for metrics of other programs."""
    return Query(expr=expr, legend=legend)


def reference(place: int) -> str:
    """Return the name of the n-th query of a panel: A to Z, then AA, AB."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[place] if place < len(letters) else f"A{letters[place - len(letters)]}"
