"""The objects for the Prometheus Operator pass its schemas, which come with an npm package of models."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.conftest import DEPLOY
from tools.prometheus_rule import ALERTS, prometheus_rule

VALIDATOR = Path(__file__).parent / "operator"
OBJECTS = [
    yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((DEPLOY / "kubernetes/operator").glob("*.yaml"))
    if file.name != "kustomization.yaml"
]
OBJECTS.append(prometheus_rule(ALERTS))

Validate = Callable[[list[dict[str, Any]]], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def validate(
    optional: Callable[[str], str], checked: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Validate:
    """Return a function that validates objects, with the package installed in a folder of the test."""
    npm, node = optional("npm"), optional("node")
    folder = tmp_path_factory.mktemp("npm") / "operator"
    shutil.copytree(VALIDATOR, folder)
    checked(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=folder)

    def run(objects: list[dict[str, Any]]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [node, "validate.mjs"], cwd=folder, input=json.dumps(objects), capture_output=True, text=True, check=False
        )

    return run


def test_operator_takes_every_object(validate: Validate) -> None:
    done = validate(OBJECTS)
    assert done.returncode == 0, done.stderr


def test_operator_refuses_an_object_with_a_fault(validate: Validate) -> None:
    (scrape,) = (found for found in OBJECTS if found["kind"] == "ScrapeConfig")
    done = validate([{**scrape, "spec": {**scrape["spec"], "scrapeInterval": 15}}])
    assert done.returncode != 0
    assert "scrapeInterval" in done.stderr
