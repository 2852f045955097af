"""The types of panels: stat, time series, state timeline, heatmap."""

from dataclasses import replace
from typing import TypedDict, Unpack

from tools.dashboards.colours import BAD, GOOD, QUIET, TEXT, WARNING, Steps
from tools.dashboards.links import to_device
from tools.dashboards.panel import Description, Panel
from tools.dashboards.query import Query
from tools.dashboards.states import States, Words
from tools.dashboards.widths import COLUMNS

ALARM: Steps = ((None, QUIET), (1, BAD))
"""A count of faults: no colour at 0, red from 1 on."""

ATTENTION: Steps = ((None, QUIET), (1, WARNING))

PLAIN: Steps = ((None, TEXT),)

PER_PAGE = 20
"""Rows per page of a timeline."""


class Frame(TypedDict, total=False):
    """Options of a panel of any type, with the names and meanings of ``Panel``."""

    width: int
    height: int
    unit: str
    decimals: int | None
    states: States | Words | None
    steps: Steps
    empty: str


def stat(title: str, *queries: Query, description: Description, show: str = "auto", **frame: Unpack[Frame]) -> Panel:
    """Return the current figure, or word, of each series; ``show="name"`` shows the legend instead of the value."""
    given: Frame = {"width": 8, "height": 3, "steps": PLAIN, "empty": "no data", **frame}
    is_coloured = given["steps"] != PLAIN or "states" in given or any(query.steps for query in queries)
    return Panel(
        type="stat",
        title=title,
        description=description,
        queries=tuple(replace(query, instant=True) for query in queries),
        options={
            "colorMode": "background" if is_coloured else "value",
            "graphMode": "none",
            "justifyMode": "center",
            "orientation": "auto",
            "percentChangeColorMode": "standard",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "showPercentChange": False,
            "textMode": show,
            "wideLayout": True,
        },
        **given,
    )


def lines(
    title: str,
    *queries: Query,
    description: Description,
    least: float | None = None,
    most: float | None = None,
    logarithmic: bool = False,
    stepped: bool = False,
    **frame: Unpack[Frame],
) -> Panel:
    """Return quantities over time; the legend has minimum, mean, maximum and last value, the worst first.

    The worst is the largest, or the smallest if the thresholds call low values bad. Thresholds are dashed lines;
    ``stepped`` is for values that change in steps.
    """
    given: Frame = {"width": 12, "height": 9, "steps": PLAIN, **frame}
    is_limited = given["steps"] != PLAIN or any(query.steps for query in queries)
    is_low_bad = given["steps"][0][1] == BAD and given["steps"][-1][1] == GOOD
    worst = "min" if is_low_bad else "max"
    is_wide = given["width"] >= COLUMNS // 2
    return Panel(
        type="timeseries",
        title=title,
        description=description,
        queries=queries,
        colour="palette-classic",
        bounds=(least, most),
        links=to_device("${__field.labels.instance}"),
        custom={
            "axisBorderShow": False,
            "axisPlacement": "auto",
            "drawStyle": "line",
            "fillOpacity": 0,
            "gradientMode": "none",
            "lineInterpolation": "stepAfter" if stepped else "linear",
            "lineWidth": 1,
            "pointSize": 4,
            "scaleDistribution": {"type": "log", "log": 10} if logarithmic else {"type": "linear"},
            "showPoints": "never",
            "spanNulls": False,
            "stacking": {"group": "A", "mode": "none"},
            "thresholdsStyle": {"mode": "dashed" if is_limited else "off"},
        },
        options={
            "legend": {
                "calcs": ["min", "mean", "max", "lastNotNull"] if is_wide else [worst, "lastNotNull"],
                "displayMode": "table",
                "placement": "right" if given["width"] == COLUMNS else "bottom",
                "showLegend": True,
                "sortBy": worst.capitalize(),
                "sortDesc": not is_low_bad,
            },
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
        **given,
    )


def timeline(title: str, *queries: Query, description: Description, **frame: Unpack[Frame]) -> Panel:
    """Return states over time, a row for each series; missing values are gaps."""
    given: Frame = {"width": COLUMNS, "height": 7, "steps": PLAIN, **frame}
    return Panel(
        type="state-timeline",
        title=title,
        description=description,
        queries=queries,
        links=to_device("${__field.labels.instance}"),
        custom={"fillOpacity": 75, "insertNulls": False, "lineWidth": 0, "spanNulls": False},
        options={
            "alignValue": "left",
            "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True},
            "mergeValues": True,
            "perPage": PER_PAGE,
            "rowHeight": 0.85,
            "showValue": "auto",
            "tooltip": {"mode": "single", "sort": "none"},
        },
        **given,
    )


def heatmap(title: str, *queries: Query, description: Description, **frame: Unpack[Frame]) -> Panel:
    """Return the frequency of values over time; Grafana counts the samples of all series together."""
    given: Frame = {"width": COLUMNS, "height": 9, "unit": "short", **frame}
    return Panel(
        type="heatmap",
        title=title,
        description=description,
        queries=queries,
        custom={"hideFrom": {"legend": False, "tooltip": False, "viz": False}, "scaleDistribution": {"type": "linear"}},
        options={
            "calculate": True,
            "calculation": {"xBuckets": {"mode": "count", "value": "84"}, "yBuckets": {"mode": "count", "value": "25"}},
            "cellGap": 1,
            "color": {
                "exponent": 0.5,
                "fill": "dark-orange",
                "mode": "scheme",
                "reverse": False,
                "scale": "exponential",
                "scheme": "Viridis",
                "steps": 64,
            },
            "exemplars": {"color": "rgba(255,0,255,0.7)"},
            "filterValues": {"le": 1e-9},
            "legend": {"show": True},
            "rowsFrame": {"layout": "auto"},
            "showValue": "never",
            "tooltip": {"mode": "single", "showColorScale": True, "yHistogram": True},
            "yAxis": {"axisPlacement": "left", "reverse": False, "unit": given["unit"]},
        },
        **given,
    )
