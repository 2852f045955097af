"""The kinds of panels: one figure, lines over time, states over time."""

from dataclasses import replace

from tools.dashboards.links import to_device
from tools.dashboards.panel import About, Panel, Steps
from tools.dashboards.query import Query
from tools.dashboards.states import States, Words

ALARM: Steps = ((None, "transparent"), (1, "red"))
"""A count of things in trouble: quiet at 0, loud from 1 on."""

WARNING: Steps = ((None, "transparent"), (1, "orange"))

PLAIN: Steps = ((None, "text"),)


def stat(  # noqa: PLR0913 -- each look is a keyword
    title: str,
    *queries: Query,
    about: About,
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
    return Panel(
        kind="stat",
        title=title,
        about=about,
        queries=tuple(replace(query, instant=True) for query in queries),
        width=width,
        height=height,
        unit=unit,
        decimals=decimals,
        states=states,
        steps=steps,
        empty=empty,
        options={
            "colorMode": "value" if steps == PLAIN and states is None else "background",
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


def lines(  # noqa: PLR0913 -- each look is a keyword
    title: str,
    *queries: Query,
    about: About,
    unit: str = "short",
    steps: Steps = PLAIN,
    width: int = 12,
    height: int = 8,
    decimals: int | None = None,
    least: float | None = None,
    most: float | None = None,
    logarithmic: bool = False,
    stepped: bool = False,
    empty: str = "",
) -> Panel:
    """Return quantities over time; thresholds are dashed lines, ``stepped`` is for what changes at once."""
    return Panel(
        kind="timeseries",
        title=title,
        about=about,
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
            "thresholdsStyle": {"mode": "dashed" if len(steps) > 1 else "off"},
        },
        options={
            "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
    )


def timeline(
    title: str,
    *queries: Query,
    about: About,
    states: States | Words,
    width: int = 24,
    height: int = 7,
    empty: str = "",
) -> Panel:
    """Return states over time, a row for each series; a device that says nothing is a gap."""
    return Panel(
        kind="state-timeline",
        title=title,
        about=about,
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
            "rowHeight": 0.85,
            "showValue": "auto",
            "tooltip": {"mode": "single", "sort": "none"},
        },
    )
