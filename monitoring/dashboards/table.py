"""Tables: a row for each device, slot, port or the like, a column for each thing known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitoring.dashboards.links import to_device
from monitoring.dashboards.panel import About, Panel, Steps
from monitoring.dashboards.query import DEVICES, Query, reference
from monitoring.dashboards.states import States, Words
from monitoring.signals import BY_NAME
from monitoring.template import select

KEYS = {
    "job": "Job",
    "instance": "Device",
    "slot": "Slot",
    "port": "Port",
    "exported_instance": "PTP instance",
    "association": "Association",
    "relay": "Relay",
    "node": "Node",
    "member": "Member",
    "interface": "Interface",
    "family": "Family",
    "event": "Event",
    "type": "Type",
    "service": "Service",
    "mountpoint": "Mounted on",
    "output": "Output",
    "input": "Input",
    "priority": "Priority",
    "fan": "Fan",
    "sensor": "Sensor",
    "path": "Path",
    "package": "Package",
    "gnss": "Constellation",
    "collector": "Collector",
    "direction": "Direction",
    "chassis": "Chassis",
    "supply": "Supply",
    "model": "Model",
    "firmware_version": "Firmware",
    "alertname": "Alert",
    "severity": "Severity",
    "account": "Account",
    "pll": "PLL",
    "condition": "Condition",
    "state": "State",
}
"""Titles of the columns that say what a row is about, by label."""

WIDE = {"path": 280, "alertname": 230, "event": 200, "condition": 140, "exported_instance": 110}
"""Pixels of columns with long words."""


MIN_WIDTH = 70
"""Pixels that a column has at least; columns share what is left of the width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A query of a table: its value under ``title`` (hidden without one), some of its labels under titles of theirs."""

    expr: str
    title: str = ""
    labels: Mapping[str, str]
    unit: str = "short"
    states: States | Words | None = None
    steps: Steps = ()
    width: int | None = None
    decimals: int | None = None
    matchers: str = DEVICES

    def query(self, keys: Sequence[str]) -> Query:
        """Return the query, reduced to the keys of the table and the labels shown."""
        text = BY_NAME[self.expr].query("") if self.expr in BY_NAME else self.expr
        expr = f"max by ({', '.join((*keys, *self.labels))}) ({text})"
        return Query(expr=select(expr, self.matchers), instant=True, table=True)


def value(  # noqa: PLR0913 -- each look is a keyword
    title: str,
    expr: str,
    *,
    unit: str = "short",
    states: States | Words | None = None,
    steps: Steps = (),
    width: int | None = None,
    decimals: int | None = None,
) -> Column:
    """Return a column of figures; ``expr`` is a signal's name or PromQL."""
    return Column(
        expr=expr, title=title, labels={}, unit=unit, states=states, steps=steps, width=width, decimals=decimals
    )


def labels(expr: str, *, states: States | Words | None = None, width: int | None = None, **titles: str) -> Column:
    """Return columns of labels of an info metric, as ``label="Title"``."""
    return Column(expr=expr, labels=titles, states=states, width=width)


def word(title: str, expr: str, *, label: str = "state", states: States | Words | None = None) -> Column:
    """Return a column with the present word of a state set."""
    name = title.lower().replace(" ", "_")
    present = f'label_replace({expr} == 1, "{name}", "$1", "{label}", "(.+)")'
    return Column(expr=present, labels={name: title}, states=states)


def table(  # noqa: PLR0913 -- each look is a keyword
    title: str,
    *columns: Column,
    about: About,
    keys: tuple[str, ...] = (),
    per: tuple[str, ...] = ("job", "instance"),
    subject: str = KEYS["instance"],
    width: int = 24,
    height: int = 8,
    sort: str = "",
    descending: bool = False,
    empty: str = "",
) -> Panel:
    """Return a table with a row for each set of labels ``keys`` of a device (``per``), or of another ``subject``."""
    every = (*per, *keys)
    shown = [key for key in every if key != "job"]
    titles = {key: subject if key == "instance" else KEYS[key] for key in shown}
    hidden = {"Time": True, "job": True}
    overrides = [_device_link()] if "instance" in shown and subject == KEYS["instance"] else []
    overrides += [_wide(KEYS[key], pixels) for key, pixels in WIDE.items() if key in shown]
    for place, column in enumerate(columns):
        name = "Value" if len(columns) == 1 else f"Value #{reference(place)}"
        if column.title:
            titles[name] = column.title
            overrides.append(_look(column.title, column, figures=True))
        else:
            hidden[name] = True
        for label, heading in column.labels.items():
            titles[label] = heading
            overrides.append(_look(heading, column, figures=False))
    by = [sort] if sort else [titles[key] for key in shown]
    order = {name: place for place, name in enumerate(titles)}
    return Panel(
        kind="table",
        title=title,
        about=about,
        queries=tuple(column.query(every) for column in columns),
        unit="string",
        width=width,
        height=height,
        empty=empty,
        steps=((None, "text"),),
        custom={
            "align": "auto",
            "minWidth": MIN_WIDTH,
            "cellOptions": {"type": "auto"},
            "filterable": True,
            "inspect": False,
        },
        overrides=overrides,
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


def _look(title: str, column: Column, *, figures: bool) -> dict[str, object]:
    """Return the override of a column."""
    properties: list[dict[str, object]] = [{"id": "custom.minWidth", "value": max(MIN_WIDTH, 30 + 7 * len(title))}]
    if figures:
        properties.append({"id": "unit", "value": column.unit})
    if column.decimals is not None:
        properties.append({"id": "decimals", "value": column.decimals})
    if column.width is not None:
        properties.append({"id": "custom.width", "value": column.width})
    if column.states:
        properties.append({"id": "mappings", "value": column.states.mappings()})
        properties.append({"id": "custom.align", "value": "left"})
    if column.steps:
        steps = [{"color": colour, "value": value} for value, colour in column.steps]
        properties.append({"id": "thresholds", "value": {"mode": "absolute", "steps": steps}})
    if column.states or column.steps:
        properties.append({"id": "custom.cellOptions", "value": {"type": "color-text"}})
    return {"matcher": {"id": "byName", "options": title}, "properties": properties}


def _wide(title: str, pixels: int) -> dict[str, object]:
    return {
        "matcher": {"id": "byName", "options": title},
        "properties": [{"id": "custom.width", "value": pixels}],
    }


def _device_link() -> dict[str, object]:
    links = [dict(link) for link in to_device("${__value.raw}")]
    return {
        "matcher": {"id": "byName", "options": KEYS["instance"]},
        "properties": [{"id": "links", "value": links}, {"id": "custom.width", "value": 110}],
    }
