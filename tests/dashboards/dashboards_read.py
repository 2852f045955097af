"""The dashboards in the repository, and functions to read them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "dashboards"

FILES = sorted(FOLDER.glob("*.json"))

NAMES = [file.stem for file in FILES]

Json = dict[str, Any]

DASHBOARDS: dict[str, Json] = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FILES}

BUILT_IN = frozenset({"__rate_interval", "__interval", "__range", "__range_s", "__from", "__to", "__url_time_range"})

VARIABLE = re.compile(r"\$(?:\{(?P<braced>[A-Za-z_]\w*)[^}]*\}|(?P<plain>[A-Za-z_]\w*))")

SAMPLES = {"__rate_interval": "5m", "__interval": "1m", "__range": "1h", "__range_s": "3600", "job": "lantime"}


def everything(dashboard: Json) -> Iterator[Json]:
    """Yield all panels and rows, those inside collapsed rows too."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", ())


def panels(dashboard: Json) -> Iterator[Json]:
    return (panel for panel in everything(dashboard) if panel["type"] != "row")


def all_panels(*kinds: str) -> Iterator[tuple[str, Json]]:
    """Yield every panel of these types (of any without one) with its place as a name."""
    for name, dashboard in DASHBOARDS.items():
        for panel in panels(dashboard):
            if not kinds or panel["type"] in kinds:
                yield f"{name}: {panel['title']}", panel


def all_targets(*kinds: str) -> Iterator[tuple[str, Json]]:
    """Yield every query of panels of these types with the name of its panel."""
    for name, panel in all_panels(*kinds):
        for target in panel["targets"]:
            yield f"{name} {target['refId']}", target


def expressions() -> Iterator[tuple[str, str]]:
    """Yield the PromQL of all panels and annotations with the name of its place."""
    for name, target in all_targets():
        yield name, target["expr"]
    for name, dashboard in DASHBOARDS.items():
        for annotation in dashboard["annotations"]["list"]:
            yield f"{name}: {annotation['name']}", annotation["expr"]


def variables(dashboard: Json) -> dict[str, Json]:
    return {variable["name"]: variable for variable in dashboard["templating"]["list"]}


def filled(expr: str, **values: str) -> str:
    """Return PromQL with Grafana's variables filled in; those of the dashboard match all values."""

    def value(match: re.Match[str]) -> str:
        name = match["braced"] or match["plain"]
        return values.get(name) or SAMPLES.get(name) or ".+"

    return VARIABLE.sub(value, expr)


def used_variables(dashboard: Json) -> set[str]:
    """Return the names of variables that are used outside their own definition."""
    text = json.dumps({**dashboard, "templating": {}})
    queries = " ".join(json.dumps(variable.get("query", "")) for variable in dashboard["templating"]["list"])
    sources = " ".join(json.dumps(variable.get("datasource", "")) for variable in dashboard["templating"]["list"])
    found = {match["braced"] or match["plain"] for match in VARIABLE.finditer(text + queries + sources)}
    return found - BUILT_IN - {"__value", "__field", "__data", "__auto", "__all"}


def properties(panel: Json, name: str) -> Iterator[Any]:
    """Yield the values of a property in the overrides of a panel."""
    for override in panel["fieldConfig"]["overrides"]:
        for item in override["properties"]:
            if item["id"] == name:
                yield item["value"]


def columns(panel: Json) -> dict[str, dict[str, Any]]:
    """Return the properties of a table's columns by their title."""
    return {
        override["matcher"]["options"]: {item["id"]: item["value"] for item in override["properties"]}
        for override in panel["fieldConfig"]["overrides"]
    }
