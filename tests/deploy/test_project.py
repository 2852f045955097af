"""Files for the hosting platform, editors and pre-commit: valid, with least permissions, and consistent."""

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml"))

each = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)


def loaded(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def steps(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in loaded(workflow)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(
    ("schema", "files"),
    [("github-workflows", WORKFLOWS), ("github-issue-forms", FORMS)],
    ids=lambda part: str(part)[:20],
)
def test_project_its_schema_takes_the_file(schema: str, files: list[Path], checked: Callable[..., str]) -> None:
    checked(Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *files)


@each
def test_project_a_workflow_has_no_permission_but_those_a_job_asks_for(workflow: Path) -> None:
    assert loaded(workflow)["permissions"] == {}
    assert {str(job["permissions"]) for job in loaded(workflow)["jobs"].values()} == {"{'contents': 'read'}"}


@each
def test_project_a_job_has_a_time_limit(workflow: Path) -> None:
    assert all(job["timeout-minutes"] <= 30 for job in loaded(workflow)["jobs"].values())


@each
def test_project_a_checkout_leaves_no_credentials_behind(workflow: Path) -> None:
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@each
def test_project_an_action_is_pinned_and_comes_from_the_platform_itself(workflow: Path) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", action)] == []


@each
def test_project_no_expression_of_a_workflow_is_pasted_into_a_script(workflow: Path) -> None:
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


@each
def test_project_a_workflow_calls_scripts_that_exist(workflow: Path) -> None:
    called = re.findall(r"(?:^|\s)((?:\.ci|tools)/[\w-]+)", "\n".join(step.get("run", "") for step in steps(workflow)))
    assert [script for script in called if not (ROOT / script).is_file()] == []


def test_project_is_tested_with_every_python_from_the_oldest_that_it_takes() -> None:
    versions = loaded(ROOT / ".github/workflows/test.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    assert versions[0] == oldest
    assert len(versions) == 4


def test_project_the_device_form_asks_for_the_anonymised_report() -> None:
    (report,) = (part for part in loaded(ROOT / ".github/ISSUE_TEMPLATE/device.yml")["body"] if part["id"] == "report")
    assert "lantime-exporter inspect TARGET --report" in report["attributes"]["description"]


def test_project_pre_commit_runs_make_lint_and_fetches_nothing() -> None:
    (repository,) = loaded(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == ["make lint"]


def test_project_the_editor_keeps_the_line_length_of_the_linter() -> None:
    length = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["line-length"]
    assert f"max_line_length = {length}" in (ROOT / ".editorconfig").read_text()


def test_project_the_changelog_begins_with_what_is_not_released() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) for heading in headings[1:])
