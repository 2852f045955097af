"""Tables: a row for each device, slot, port and so on, a column for each value.

Columns have the width of their headings and usual contents on a screen of 1024 pixels, and share the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tools.dashboards import colours
from tools.dashboards.colours import Steps
from tools.dashboards.links import TO_RUNBOOK, to_device
from tools.dashboards.panel import Description, Panel, thresholds
from tools.dashboards.query import DEVICES, Query, reference, select
from tools.dashboards.states import States, Words
from tools.dashboards.widths import fixed, inside


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a column, and the characters of its usual content if they are more than those of the title."""

    title: str
    room: int = 0


KEYS = {
    "job": Heading("Job"),
    "instance": Heading("Device", 12),
    "slot": Heading("Slot"),
    "port": Heading("Port"),
    "ptp_instance": Heading("PTP"),
    "association": Heading("Source", 8),
    "relay": Heading("Relay"),
    "node": Heading("Node", 13),
    "member": Heading("Member", 10),
    "interface": Heading("Interface"),
    "family": Heading("Family"),
    "event": Heading("Event", 29),
    "type": Heading("Type", 17),
    "service": Heading("Service", 12),
    "mountpoint": Heading("Mounted on", 12),
    "output": Heading("Output"),
    "input": Heading("Input"),
    "priority": Heading("Priority"),
    "fan": Heading("Fan"),
    "path": Heading("Path", 45),
    "package": Heading("Package", 12),
    "chassis": Heading("Chassis"),
    "model": Heading("Model", 8),
    "firmware_version": Heading("Firmware", 14),
    "alertname": Heading("Alert", 28),
    "part": Heading("Part", 27),
}
"""Headings of the columns that identify a row, by label."""

ROOM = {
    "s": 8,
    "bytes": 8,
    "Bps": 8,
    "bps": 6,
    "hertz": 9,
    "celsius": 7,
    "percentunit": 8,
    "rotrpm": 8,
    "dtdurations": 10,
    "dateTimeFromNow": 14,
    "dateTimeAsIso": 19,
}
"""Characters of usual figures, by unit."""

FILTERED = ("instance", "slot")
"""Labels whose columns have a filter, whose icon needs room in the heading."""

SIGN = 2
"""Width of the filter icon in characters."""

PADDING, LEAST = 14, 46
"""Pixels beside the text of a cell, and of the narrowest column."""

BOLD, PLAIN = 8.0, 7.4
"""Pixels of a character of a heading and of a cell, at Grafana's 14 pixels a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A query of a table: its value with ``title`` (hidden without one), and some of its labels with their titles."""

    expr: str
    title: str = ""
    labels: Mapping[str, Heading]
    unit: str = "short"
    states: States | Words | None = None
    steps: Steps = ()
    room: int = 0
    decimals: int | None = None
    matchers: str = DEVICES

    def query(self, keys: Sequence[str]) -> Query:
        """Return the query, reduced to the keys of the table and the labels shown."""
        expr = f"max by ({', '.join((*keys, *self.labels))}) ({self.expr})"
        return Query(expr=select(expr, self.matchers), instant=True, table=True)


def value(  # noqa: PLR0913 -- each option is a keyword
    title: str,
    expr: str,
    *,
    unit: str = "short",
    states: States | Words | None = None,
    steps: Steps = (),
    room: int = 0,
    decimals: int | None = None,
) -> Column:
    """Return a column of figures; ``expr`` is PromQL, ``room`` the characters it needs."""
    return Column(
        expr=expr, title=title, labels={}, unit=unit, states=states, steps=steps, room=room, decimals=decimals
    )


def labels(expr: str, *, states: States | Words | None = None, **headings: str | Heading) -> Column:
    """Return columns of labels of an info metric, as ``label="Title"`` or with a heading that sets the width."""
    shown = {label: Heading(given) if isinstance(given, str) else given for label, given in headings.items()}
    return Column(expr=expr, labels=shown, states=states)


def word(title: str, expr: str, *, label: str = "state", states: States | Words | None = None, room: int = 0) -> Column:
    """Return a column with the current word of a state set."""
    name = title.lower().replace(" ", "_")
    present = f'label_replace({expr} == 1, "{name}", "$1", "{label}", "(.+)")'
    return Column(expr=present, labels={name: Heading(title, room)}, states=states)


def table(  # noqa: PLR0913 -- each option is a keyword
    title: str,
    *columns: Column,
    description: Description,
    keys: tuple[str, ...] = (),
    per: tuple[str, ...] = ("job", "instance"),
    subject: str = KEYS["instance"].title,
    width: int = 24,
    height: int = 8,
    sort: str = "",
    descending: bool = False,
    empty: str = "",
) -> Panel:
    """Return a table with a row for each set of labels ``keys`` of a device (``per``), or of another ``subject``."""
    every = (*per, *keys)
    shown = [key for key in every if key != "job"]
    titles = {key: subject if key == "instance" else KEYS[key].title for key in shown}
    hidden = {"Time": True, "job": True}
    styles = [_key(key, titles[key], linked=subject == KEYS["instance"].title) for key in shown]
    for place, column in enumerate(columns):
        name = "Value" if len(columns) == 1 else f"Value #{reference(place)}"
        if column.title:
            titles[name] = column.title
            styles.append(_style(Heading(column.title, column.room or ROOM.get(column.unit, 0)), column, figures=True))
        else:
            hidden[name] = True
        for label, heading in column.labels.items():
            titles[label] = heading.title
            styles.append(_style(heading, column, figures=False))
    widths = fixed([style.pixels for style in styles], inside(width))
    by = [sort] if sort else [titles[key] for key in shown]
    order = {name: place for place, name in enumerate(titles)}
    # Grafana also shows the text of an empty table in empty cells, unless the column has another one.
    blank = (("noValue", ""),) if empty else ()
    return Panel(
        type="table",
        title=title,
        description=description,
        queries=tuple(column.query(every) for column in columns),
        unit="string",
        width=width,
        height=height,
        empty=empty,
        steps=((None, colours.TEXT),),
        custom={
            "align": "auto",
            "cellOptions": {"type": "auto"},
            "filterable": False,
            "inspect": False,
        },
        overrides=[style.render(pixels, *blank) for style, pixels in zip(styles, widths, strict=True)],
        options={
            "cellHeight": "sm",
            "footer": {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""},
            "showHeader": True,
            "sortBy": [{"desc": descending, "displayName": name} for name in by],
        },
        transformations=[
            *([{"id": "merge", "options": {}}] if len(columns) > 1 else []),
            {"id": "organize", "options": {"excludeByName": hidden, "indexByName": order, "renameByName": titles}},
        ],
    )


@dataclass(frozen=True, slots=True)
class _ColumnStyle:
    """The style of a column, and its minimum width in pixels."""

    title: str
    pixels: int
    properties: tuple[tuple[str, object], ...]

    def render(self, width: int | None, *more: tuple[str, object]) -> dict[str, object]:
        """Return the override; a column without a width gets a share of the rest."""
        size = ("custom.minWidth", self.pixels) if width is None else ("custom.width", width)
        properties = [{"id": name, "value": given} for name, given in (size, *self.properties, *more)]
        return {"matcher": {"id": "byName", "options": self.title}, "properties": properties}


def _pixels(heading: Heading, *more: str, sign: int = 0) -> int:
    """Return the pixels for a heading with its icon, its usual content and other texts."""
    content = PLAIN * max(heading.room, *map(len, more), 0)
    return max(LEAST, PADDING + ceil(max(BOLD * (len(heading.title) + sign), content)))


def _key(label: str, title: str, *, linked: bool) -> _ColumnStyle:
    """Return the style of a column that identifies a row."""
    heading = Heading(title, KEYS[label].room)
    filtered = label in FILTERED
    properties: list[tuple[str, object]] = [("custom.filterable", True)] if filtered else []
    if label == "instance" and linked:
        properties.append(("links", [dict(link) for link in to_device("${__value.raw}")]))
    if label == "alertname":
        properties.append(("links", [TO_RUNBOOK]))
    return _ColumnStyle(title, _pixels(heading, sign=SIGN if filtered else 0), tuple(properties))


def _style(heading: Heading, column: Column, *, figures: bool) -> _ColumnStyle:
    """Return the style of a column of figures or of labels."""
    properties: list[tuple[str, object]] = []
    if figures:
        properties.append(("unit", column.unit))
    if column.decimals is not None:
        properties.append(("decimals", column.decimals))
    if column.states:
        properties.append(("mappings", column.states.mappings()))
        properties.append(("custom.align", "left"))
    if column.steps:
        properties.append(("thresholds", thresholds(column.steps)))
    if column.states or column.steps:
        properties.append(("custom.cellOptions", {"type": "color-text"}))
    return _ColumnStyle(
        heading.title, _pixels(heading, *(column.states.texts if column.states else ())), tuple(properties)
    )
