"""``python -m tools.dashboards DIRECTORY`` writes every dashboard as ``UID.json`` there."""

import json
import sys
from pathlib import Path

from tools.dashboards.dashboard import Dashboard
from tools.dashboards.definitions import DASHBOARDS


def text(dashboard: Dashboard) -> str:
    """Return a dashboard as the text of its file."""
    return json.dumps(dashboard.render(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write(directory: Path) -> None:
    """Write all dashboards."""
    for dashboard in DASHBOARDS:
        (directory / f"{dashboard.uid}.json").write_text(text(dashboard), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
