"""``python -m tools.dashboards DIRECTORY`` writes every dashboard as ``UID.json`` there."""

import json
import sys
from pathlib import Path

from tools.dashboards.page import Page
from tools.dashboards.pages import PAGES


def text(page: Page) -> str:
    """Return a dashboard as the text of its file."""
    return json.dumps(page.render(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write(directory: Path) -> None:
    """Write all dashboards."""
    for page in PAGES:
        (directory / f"{page.uid}.json").write_text(text(page), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
