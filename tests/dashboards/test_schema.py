"""The JSON against the schema of Grafana's own SDK: the SDK drops keys that it does not know."""

import json
import warnings
from collections.abc import Iterator
from typing import Any

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from tests.dashboards.dashboards_read import DASHBOARDS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it recommends a schema that Grafana 11 and older cannot read
    from grafana_foundation_sdk.models.dashboard import Dashboard


def lost(given: Any, kept: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of values that the SDK changes."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key, value in given.items():
            if key not in kept:
                if value is not None:
                    yield f"{path}.{key}"
            else:
                yield from lost(value, kept[key], f"{path}.{key}")
    elif isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
        for number, (one, other) in enumerate(zip(given, kept, strict=True)):
            yield from lost(one, other, f"{path}[{number}]")
    elif given != kept:
        yield path


def test_grafanas_sdk_knows_every_key() -> None:
    for name, given in DASHBOARDS.items():
        kept = json.loads(JSONEncoder(sort_keys=True).encode(Dashboard.from_json(given)))
        assert list(lost(given, kept, name)) == []
