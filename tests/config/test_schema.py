"""Every key is declared once, and the generated documents are current."""

import json
import re
import shutil
from pathlib import Path

import jsonschema  # type: ignore[import-untyped] # no stubs are installed
import pytest
import yaml
from lantime_exporter.config.decoding import keys
from lantime_exporter.config.environment import Environment
from lantime_exporter.config.load import load

from tools.configuration_reference import json_schema, reference, sections, with_reference

DOCS = Path(__file__).parents[2] / "docs"
SECTIONS = [section for _, section in sections()]


def test_every_key_has_a_description() -> None:
    lacking = [
        key.name
        for section in (*SECTIONS, Environment)
        for key in keys(section)
        if (key.meta.description or "")[-1:] != "."
    ]
    assert lacking == []


def test_schema_for_editors_is_current() -> None:
    schema = (DOCS / "config.schema.json").read_text(encoding="utf-8")
    assert schema == json_schema(), "run make docs"


def test_example_fits_the_schema_and_mistakes_do_not(subtests: pytest.Subtests) -> None:
    schema = json.loads(json_schema())
    jsonschema.validate(yaml.safe_load((DOCS / "example.yml").read_text(encoding="utf-8")), schema)
    mistakes: list[object] = [
        {"target": []},
        {"modules": {"m": {"timeout": "soon"}}},
        {"modules": {"m": {"generic_series_per_slot": -1}}},
        {"targets": [{"name": "a"}]},
        {"auths": {"a": {"username": "u"}}},
        {"auths": {"a": {"username": "u", "password": "p", "password_file": "p"}}},
    ]
    for document in mistakes:
        with subtests.test(document=document), pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, schema)


def test_page_holds_the_current_reference() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert page == with_reference(page), "run make docs"


def test_reference_documents_every_key_and_no_other() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", reference(), re.MULTILINE)
    assert sorted(documented) == sorted(key.name for section in (*SECTIONS, Environment) for key in keys(section))


def test_page_without_marks_is_rejected() -> None:
    with pytest.raises(ValueError, match="the page lacks the marks"):
        with_reference("# Configuration\n")


def test_example_is_a_good_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(DOCS / "example.yml", tmp_path)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "default").write_text("geheim\n")
    monkeypatch.setenv("LAB_PASSWORD", "geheim")
    settings = load(tmp_path / "example.yml")
    assert [target.name for target in settings.targets] == ["studio-1", "studio-2", "transmitter", "bench"]


def test_first_example_of_the_page_is_a_good_configuration(tmp_path: Path) -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    example = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    (tmp_path / "config.yml").write_text(example)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "default").write_text("geheim\n")
    assert [target.name for target in load(tmp_path / "config.yml").targets] == ["studio-1", "studio-2"]
