"""The types of panels: stat, time series, state timeline, heatmap."""

from dataclasses import replace

from tools.dashboards.colours import BAD, QUIET, TEXT, WARNING, Steps
from tools.dashboards.links import to_device
from tools.dashboards.panel import Description, Panel
from tools.dashboards.query import Query
from tools.dashboards.states import States, Words
from tools.dashboards.widths import COLUMNS

ALARM: Steps = ((None, QUIET), (1, BAD))
"""A count of things in trouble: quiet at 0, loud from 1 on."""

ATTENTION: Steps = ((None, QUIET), (1, WARNING))

PLAIN: Steps = ((None, TEXT),)

PER_PAGE = 20
"""Rows of a timeline; Grafana shows the others on more pages."""


def stat(  # noqa: PLR0913 -- each option is a keyword
    title: str,
    *queries: Query,
    description: Description,
    unit: str = "short",
    states: States | Words | None = None,
    steps: Steps = PLAIN,
    width: int = 8,
    height: int = 3,
    show: str = "auto",
    decimals: int | None = None,
    empty: str = "no data",
) -> Panel:
    """Return the present figure, or word, of each series; ``show`` is ``name`` for the legend in place of the value."""
    is_coloured = steps != PLAIN or states is not None or any(query.steps for query in queries)
    return Panel(
        type="stat",
        title=title,
        description=description,
        queries=tuple(replace(query, instant=True) for query in queries),
        width=width,
        height=height,
        unit=unit,
        decimals=decimals,
        states=states,
        steps=steps,
        empty=empty,
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
    )


def lines(  # noqa: PLR0913 -- each option is a keyword
    title: str,
    *queries: Query,
    description: Description,
    unit: str = "short",
    steps: Steps = PLAIN,
    width: int = 12,
    height: int = 9,
    decimals: int | None = None,
    least: float | None = None,
    most: float | None = None,
    logarithmic: bool = False,
    stepped: bool = False,
    empty: str = "",
) -> Panel:
    """Return quantities over time; the legend has minimum, mean, maximum and last value, the greatest first.

    Thresholds are dashed lines; ``stepped`` is for what changes at once.
    """
    is_limited = len(steps) > 1 or any(query.steps for query in queries)
    return Panel(
        type="timeseries",
        title=title,
        description=description,
        queries=queries,
        width=width,
        height=height,
        unit=unit,
        decimals=decimals,
        steps=steps,
        colour="palette-classic",
        bounds=(least, most),
        empty=empty,
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
                "calcs": ["min", "mean", "max", "lastNotNull"] if width >= COLUMNS // 2 else ["max", "lastNotNull"],
                "displayMode": "table",
                "placement": "right" if width == COLUMNS else "bottom",
                "showLegend": True,
                "sortBy": "Max",
                "sortDesc": True,
            },
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
    )


def timeline(
    title: str,
    *queries: Query,
    description: Description,
    states: States | Words,
    width: int = 24,
    height: int = 7,
    empty: str = "",
) -> Panel:
    """Return states over time, a row for each series; a device that says nothing is a gap."""
    return Panel(
        type="state-timeline",
        title=title,
        description=description,
        queries=queries,
        width=width,
        height=height,
        states=states,
        steps=PLAIN,
        links=to_device("${__field.labels.instance}"),
        empty=empty,
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
    )


def heatmap(
    title: str, *queries: Query, description: Description, unit: str, width: int = 24, height: int = 9, empty: str = ""
) -> Panel:
    """Return how often which value occurred over time; Grafana counts the samples of all series together."""
    return Panel(
        type="heatmap",
        title=title,
        description=description,
        queries=queries,
        width=width,
        height=height,
        empty=empty,
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
            "yAxis": {"axisPlacement": "left", "reverse": False, "unit": unit},
        },
    )
