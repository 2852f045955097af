"""Runbooks and documents: complete both ways, and as the tables say."""

import re
from pathlib import Path

import pytest

from monitoring.alerts import GROUPS
from monitoring.alerts.definition import names
from monitoring.deployment import Deployment
from monitoring.documents import SECTIONS, alerts_document, runbook_files, runbooks, runbooks_document, sections
from monitoring.render import ROOT, main, rendered_documents, rendered_rules
from monitoring.thresholds import THRESHOLDS
from monitoring.unbuilt import UNBUILT

BOOKS = {name: body for text in runbook_files().values() for name, body in runbooks(text).items()}

NAMES = names(GROUPS)

FRESH = {**rendered_rules(Deployment()), **rendered_documents()}
"""All generated files as they should be."""


def test_runbooks_are_there_for_every_alert_and_for_no_other() -> None:
    assert sorted(BOOKS) == sorted(NAMES)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_runbooks_stand_in_the_order_of_the_alerts(group: object) -> None:
    for known in GROUPS:
        text = runbook_files()[known.name.removeprefix("lantime-")]
        assert list(runbooks(text)) == names([known])


@pytest.mark.parametrize("name", NAMES)
def test_runbooks_say_meaning_impact_diagnosis_mitigation_and_false_alarms(name: str) -> None:
    assert tuple(sections(BOOKS[name])) == SECTIONS


@pytest.mark.parametrize("name", NAMES)
def test_runbooks_have_nothing_outside_of_their_sections(name: str) -> None:
    paragraphs = [part for part in BOOKS[name].split("\n\n") if part.strip()]
    assert len(paragraphs) == len(SECTIONS)


@pytest.mark.parametrize("name", NAMES)
def test_runbooks_name_alerts_that_exist(name: str) -> None:
    assert set(re.findall(r"Lantime[A-Z]\w+", BOOKS[name])) <= set(NAMES)


def test_runbooks_have_the_headings_that_the_rules_point_to() -> None:
    headings = re.findall(r"^## (\w+)$", runbooks_document(), re.MULTILINE)
    anchors = {Deployment().runbook_url(name).partition("#")[2] for name in NAMES}
    assert {heading.lower() for heading in headings} == anchors


def test_alerts_document_has_every_alert_threshold_and_condition_without_alert() -> None:
    text = alerts_document()
    assert all(f"](runbooks.md#{name.lower()})" in text for name in NAMES)
    assert all(f"| {threshold.name} |" in text for threshold in THRESHOLDS)
    assert all(f"| {condition} |" in text for condition, _ in UNBUILT)


@pytest.mark.parametrize("name", sorted(FRESH))
def test_alerts_generated_files_are_up_to_date(name: str) -> None:
    there = (ROOT / name).read_text(encoding="utf-8")
    assert there == FRESH[name], f"{name} is stale, run: python -m monitoring.render"


def test_alerts_folder_has_nothing_but_what_is_generated() -> None:
    there = {str(file.relative_to(ROOT)) for file in (ROOT / "alerts").rglob("*") if file.is_file()}
    assert there == set(rendered_rules(Deployment()))


def test_render_writes_rules_and_documents_of_a_site_to_a_folder(tmp_path: Path) -> None:
    main(["--output", str(tmp_path), "--runbooks", "https://wiki.example.org/runbooks", "--jobs", "time"])
    written = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    assert written == set(FRESH)
    assert 'up{job=~"time"}' in (tmp_path / "alerts/ntp/lantime-availability.yml").read_text()


def test_render_refuses_an_option_that_it_does_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--output", str(tmp_path), "--job", "time", "--grafana", "x"])
    assert "unrecognized arguments" in capsys.readouterr().err
