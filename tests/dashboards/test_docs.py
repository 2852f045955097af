"""The page about the dashboards: every dashboard has a picture, and every picture is used and small."""

import json
import re
from pathlib import Path

from tests.dashboards.dashboards_read import NAMES
from tools.screenshots.shots import PUBLISHED, layout_hash

DOCS = Path(__file__).parents[2] / "docs"

PAGE = (DOCS / "dashboards.md").read_text(encoding="utf-8")


def test_every_dashboard_has_a_picture() -> None:
    assert {shot.dashboard for shot in PUBLISHED} == set(NAMES)


def test_the_page_shows_every_picture() -> None:
    assert set(re.findall(r"\(images/([\w-]+)\.png\)", PAGE)) == {shot.name for shot in PUBLISHED}


def test_pictures_are_there_and_small() -> None:
    sizes = {shot.name: (DOCS / "images" / f"{shot.name}.png").stat().st_size for shot in PUBLISHED}
    assert {name: size for name, size in sizes.items() if not 0 < size < 250_000} == {}


def test_pictures_show_the_panels_that_there_are() -> None:
    drawn = json.loads((DOCS / "images" / "layouts.json").read_text(encoding="utf-8"))
    assert [shot.name for shot in PUBLISHED if drawn.get(shot.name) != layout_hash(shot)] == [], "run: make screenshots"


def test_files_and_folders_the_page_leads_to_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]
    assert [link for link in links if not (DOCS / link).exists()] == []
