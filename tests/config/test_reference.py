"""The documentation tells what the code does."""

import re
import shutil
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
from lantime_exporter.config import load
from lantime_exporter.config.environment import ENVIRONMENT
from lantime_exporter.config.schema import ALLOWED, AUTH, MODULE, PROXY, SETTINGS, TARGET, TLS
from lantime_exporter.config.table import Table

from tools.configuration_reference import reference, with_reference

DOCS = Path(__file__).parents[2] / "docs"
TABLES: list[Table[Any]] = [SETTINGS, AUTH, MODULE, TLS, PROXY, TARGET, ALLOWED]


def model_name(table: Table[Any]) -> str:
    return table.model.__name__


def keys_of(table: Table[Any]) -> set[str]:
    return {key.name for key in table.keys}


def fields_of(table: Table[Any]) -> set[str]:
    return {field.name for field in fields(table.model)}


@pytest.mark.parametrize("table", TABLES, ids=model_name)
def test_every_field_of_the_settings_can_be_configured(table: Table[Any]) -> None:
    assert fields_of(table) - keys_of(table) == set()


@pytest.mark.parametrize("table", TABLES, ids=model_name)
def test_every_key_is_a_field_of_the_settings(table: Table[Any]) -> None:
    other_sources = {"username_file", "username_env", "password_file", "password_env"} if table is AUTH else set()
    assert keys_of(table) - fields_of(table) == other_sources


@pytest.mark.parametrize("table", TABLES, ids=model_name)
def test_text_implied_by_an_absent_key_is_the_default_of_its_field(table: Table[Any]) -> None:
    defaults = {field.name: field.default for field in fields(table.model)}
    assert all(defaults[key.name] == key.implied for key in table.keys if key.implied is not None)


@pytest.mark.parametrize("table", [TLS, PROXY, MODULE], ids=model_name)
def test_what_may_be_left_out_has_a_default(table: Table[Any]) -> None:
    assert all(field.default is not MISSING or field.default_factory is not MISSING for field in fields(table.model))


def test_page_holds_the_current_reference() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert page == with_reference(page), "run python -m tools.configuration_reference docs/configuration.md"


def test_reference_documents_every_key_and_no_other() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", reference(), re.MULTILINE)
    assert sorted(documented) == sorted(key.name for table in (*TABLES, ENVIRONMENT) for key in table.keys)


def test_page_without_marks_is_refused() -> None:
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
