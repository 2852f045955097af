"""A dashboard: its identity, its variables, and its rows of panels, placed without overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tools.dashboards.annotations import ANNOTATIONS
from tools.dashboards.links import TAG, TO_ALL
from tools.dashboards.panel import Panel
from tools.dashboards.variables import DATASOURCE, INSTANCE, JOB, Variable
from tools.dashboards.widths import COLUMNS

SCHEMA_VERSION = 42


@dataclass(frozen=True, slots=True)
class PanelRow:
    """Panels below a heading; ``collapsed`` rows show their panels, and run their queries, when they are opened."""

    title: str
    panels: tuple[Panel, ...]
    collapsed: bool = False

    def height(self, *, opened: bool) -> int:
        """Return the height in rows of the grid, with a heading; ``opened`` counts the panels of a closed row too."""
        _, height = _flow(self.panels)
        return bool(self.title) + (0 if self.collapsed and not opened else height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A dashboard; ``since`` is the start of its time range, such as ``now-6h``."""

    uid: str
    title: str
    description: str
    rows: tuple[PanelRow, ...]
    since: str = "now-6h"
    refresh: str = "1m"
    variables: tuple[Variable, ...] = field(default=(JOB, INSTANCE))

    @property
    def panels(self) -> Iterator[Panel]:
        """All panels, including those of collapsed rows."""
        return (panel for row in self.rows for panel in row.panels)

    def height(self, *, opened: bool) -> int:
        """Return the height in rows of the grid, with closed rows ``opened`` or closed."""
        return sum(row.height(opened=opened) for row in self.rows)

    def render(self) -> dict[str, Any]:
        """Return the dashboard in the JSON of Grafana."""
        return {
            "annotations": {"list": [annotation.render() for annotation in ANNOTATIONS]},
            "description": self.description,
            "editable": True,
            "fiscalYearStartMonth": 0,
            "graphTooltip": 1,
            "id": None,
            "links": [TO_ALL],
            "panels": list(_placed(self.rows)),
            "refresh": self.refresh,
            "schemaVersion": SCHEMA_VERSION,
            "tags": [TAG],
            "templating": {"list": [DATASOURCE, *(variable.render() for variable in self.variables)]},
            "time": {"from": self.since, "to": "now"},
            "timepicker": {},
            "timezone": "utc",
            "title": self.title,
            "uid": self.uid,
            "version": 1,
            "weekStart": "",
        }


def _placed(rows: Sequence[PanelRow]) -> Iterator[dict[str, object]]:
    """Yield rows and panels from top to bottom; the first row has no heading if its title is empty."""
    number, y = 1, 0
    for row in rows:
        places, height = _flow(row.panels)
        if row.title:
            heading = _heading(row, number, y)
            number, y = number + 1, y + 1
            yield heading
        drawn = [panel.render(number + place, x, y + down) for place, (panel, x, down) in enumerate(places)]
        number += len(drawn)
        if row.collapsed:
            heading["panels"] = drawn
        else:
            yield from drawn
            y += height


def _heading(row: PanelRow, number: int, y: int) -> dict[str, object]:
    return {
        "collapsed": row.collapsed,
        "gridPos": {"h": 1, "w": COLUMNS, "x": 0, "y": y},
        "id": number,
        "panels": [],
        "title": row.title,
        "type": "row",
    }


def _flow(panels: Sequence[Panel]) -> tuple[list[tuple[Panel, int, int]], int]:
    """Return the panels with their places from left to right, line by line, and the total height.

    The panels of a line get the height of the tallest.
    """
    places, y = [], 0
    for line in _lines(panels):
        x, tallest = 0, max(panel.height for panel in line)
        for panel in line:
            places.append((replace(panel, height=tallest), x, y))
            x += panel.width
        y += tallest
    return places, y


def _lines(panels: Sequence[Panel]) -> list[list[Panel]]:
    """Return panels line by line, as many in each as fit."""
    lines: list[list[Panel]] = []
    room = 0
    for panel in panels:
        if panel.width > room:
            lines.append([])
            room = COLUMNS
        lines[-1].append(panel)
        room -= panel.width
    return lines
