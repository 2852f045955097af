"""The page about the dashboards: every picture is used, small and as new as what it shows."""

import re
from pathlib import Path

import pytest

from monitoring.screenshots.shots import PUBLISHED, Shot
from monitoring.screenshots.signature import digest, sign, signature
from tests.dashboards.dashboards_read import FOLDER, NAMES, load

DOCS = Path(__file__).parents[2] / "docs"

PAGE = (DOCS / "dashboards.md").read_text(encoding="utf-8")


def test_every_dashboard_has_a_picture() -> None:
    assert {shot.dashboard for shot in PUBLISHED} == set(NAMES)


def test_the_page_shows_every_picture() -> None:
    assert set(re.findall(r"\(images/([\w-]+)\.png\)", PAGE)) == {shot.name for shot in PUBLISHED}


@pytest.mark.parametrize("shot", PUBLISHED, ids=lambda shot: shot.name)
def test_a_picture_is_as_new_as_the_dashboard_it_shows(shot: Shot) -> None:
    shown = signature(DOCS / "images" / f"{shot.name}.png")
    assert shown == digest(load(FOLDER / f"{shot.dashboard}.json")), "draw the pictures again: make screenshots"


def test_what_shows_of_a_dashboard_changes_its_digest() -> None:
    assert digest({"panels": [{"title": "Load"}]}) != digest({"panels": [{"title": "Memory"}]})


def test_descriptions_do_not_show_in_pictures() -> None:
    assert digest({"panels": [{"description": "one"}]}) == digest({"panels": [{"description": "other"}]})


def test_a_picture_keeps_what_it_was_drawn_from(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xae\x42\x60\x82")
    sign(picture, "something")
    assert signature(picture) == "something"


def test_a_picture_without_a_signature_has_none(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xae\x42\x60\x82")
    assert signature(picture) is None


def test_pictures_are_there_and_small() -> None:
    sizes = [(DOCS / "images" / f"{shot.name}.png").stat().st_size for shot in PUBLISHED]
    assert all(0 < size < 250_000 for size in sizes)


def test_files_and_folders_the_page_leads_to_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]
    assert [link for link in links if not (DOCS / link).exists()] == []
