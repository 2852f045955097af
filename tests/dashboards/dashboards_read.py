"""The dashboards as they are in the repository, and ways through them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "dashboards"

FILES = sorted(FOLDER.glob("*.json"))

NAMES = [file.stem for file in FILES]

BUILT_IN = frozenset({"__rate_interval", "__interval", "__range", "__from", "__to", "__url_time_range"})

VARIABLE = re.compile(r"\$(?:\{(?P<braced>[A-Za-z_]\w*)[^}]*\}|(?P<plain>[A-Za-z_]\w*))")

SAMPLES = {"__rate_interval": "5m", "__interval": "1m", "__range": "1h"}


def load(file: Path) -> dict[str, Any]:
    dashboard: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return dashboard


def everything(dashboard: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all panels and rows, those inside collapsed rows too."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", ())


def panels(dashboard: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (panel for panel in everything(dashboard) if panel["type"] != "row")


def targets(dashboard: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each query with the title of its panel."""
    for panel in panels(dashboard):
        for target in panel["targets"]:
            yield panel["title"], target


def variables(dashboard: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {variable["name"]: variable for variable in dashboard["templating"]["list"]}


def filled(expr: str, **values: str) -> str:
    """Return PromQL with Grafana's variables filled in; those of the dashboard stand for all values."""

    def value(match: re.Match[str]) -> str:
        name = match["braced"] or match["plain"]
        return values.get(name) or SAMPLES.get(name) or ".+"

    return VARIABLE.sub(value, expr)


def used_variables(dashboard: dict[str, Any]) -> set[str]:
    """Return the names of variables that appear anywhere but in their own definition."""
    text = json.dumps({**dashboard, "templating": {}})
    queries = " ".join(json.dumps(variable.get("query", "")) for variable in dashboard["templating"]["list"])
    sources = " ".join(json.dumps(variable.get("datasource", "")) for variable in dashboard["templating"]["list"])
    found = {match["braced"] or match["plain"] for match in VARIABLE.finditer(text + queries + sources)}
    return found - BUILT_IN - {"__value", "__field", "__data", "__auto", "__all"}


def properties(panel: dict[str, Any], name: str) -> Iterator[Any]:
    """Yield the values that a panel's overrides give to a property."""
    for override in panel["fieldConfig"]["overrides"]:
        for item in override["properties"]:
            if item["id"] == name:
                yield item["value"]
