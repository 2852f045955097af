"""The module family that CONTRIBUTING.md adds as an example is added here unchanged."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from lantime_exporter import collectors
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_simulator import Lantime, carrier, parts
from lantime_simulator.parts import families, sections

from tests.docs.documents import ROOT, Document

CONTRIBUTING = Document(ROOT / "CONTRIBUTING.md")
FILES = {
    block.partition("\n")[0].removeprefix("# "): block.partition("\n")[2] for block in CONTRIBUTING.blocks("python")
}
COLLECTOR, PART, TEST = FILES
(STATUS,) = CONTRIBUTING.blocks("json")
(EXPOSED,) = CONTRIBUTING.blocks("text")

OF_ALL_FAMILIES = (
    *("tests/collectors/test_modules_page.py", "tests/simulator/test_parts.py", "tests/inspection/test_reference.py"),
    *("tests/mapping/test_registry.py", "tests/test_architecture.py"),
)
"""Tests that cover a new family without being edited."""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add the files of the example beside those of the package."""
    for package, file in ((collectors, COLLECTOR), (parts, PART)):
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / Path(file).name).write_text(FILES[file])
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    caches = (parts._parts, sections, families)
    for cache in caches:
        cache.cache_clear()
    yield
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def exposition(answer: dict[str, Any], *without: str) -> str:
    """Return the series of a document, without some collectors."""
    registry = CollectorRegistry(tuple(one for one in load().collectors if one.name not in without))
    return Page(Mapper(registry, Module()).map(answer).families).render(openmetrics=False).decode()


def chassis(**modules: dict[str, Any]) -> dict[str, Any]:
    slots = [{"slot-id": slot, "slot-type": "io", "module": module} for slot, module in modules.items()]
    return {"data": {"chassis0": {"slots": slots}}}


def of_the_example(page: str) -> list[str]:
    return sorted(line for line in page.splitlines() if line.startswith("lantime_display_"))


def test_docs_example_its_files_are_where_new_ones_go() -> None:
    folders = {str(Path(file).parent) for file in FILES}
    assert folders == {"exporter/lantime_exporter/collectors", "exporter/lantime_simulator/parts", "tests/collectors"}


def test_docs_example_gives_the_series_in_the_text_and_leaves_none_to_the_generic_layer(added: None) -> None:
    page = exposition(chassis(io1=json.loads(STATUS)))
    assert of_the_example(page) == EXPOSED.splitlines()
    assert re.findall(r"lantime_module_(?:value|flag|state)\{.*", page) == []


def test_docs_example_without_its_collector_the_generic_layer_has_the_module() -> None:
    page = exposition(chassis(io1=json.loads(STATUS)), "display")
    assert {f"lantime_module_{kind}" for kind in ("value", "flag", "state") if f"lantime_module_{kind}{{" in page} == {
        "lantime_module_value",
        "lantime_module_flag",
        "lantime_module_state",
    }


def test_docs_example_the_simulator_returns_the_status_in_the_text(added: None) -> None:
    answer = Lantime(carrier("display")).document()
    modules = [slot.get("module") for slot in answer["data"]["chassis0"]["slots"]]
    assert json.loads(STATUS) in modules


def test_docs_example_passes_its_own_tests_and_those_of_all_families(tmp_path: Path) -> None:
    for folder in ("exporter", "tests", "tools", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for path in ROOT.glob("[!.]*"):
        if path.is_file():
            shutil.copy(path, tmp_path)
    for file, text in FILES.items():
        (tmp_path / file).write_text(text)
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}:{tmp_path / 'exporter'}"}
    for arguments in (
        ("-m", "tools.metrics_reference", "docs/metrics.md"),
        ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", TEST, *OF_ALL_FAMILIES),
    ):
        command = (sys.executable, *arguments)
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr


def test_docs_example_passes_lint(subtests: pytest.Subtests) -> None:
    for (file, text), arguments in product(FILES.items(), (("check", "--quiet"), ("format", "--diff", "--quiet"))):
        with subtests.test(file=file, arguments=arguments):
            command = (sys.executable, "-m", "ruff", *arguments, "--no-cache", "--stdin-filename", file, "-")
            done = subprocess.run(command, input=text, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
            assert (done.returncode, done.stdout) == (0, "")
