"""The contents of a release: everything the program needs, and nothing of its development."""

import json
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import lantime_exporter
import pytest

from tests.deploy.conftest import ROOT

PACKAGE = ROOT / "exporter"


@pytest.fixture(scope="module")
def wheel(release: Path) -> Iterator[zipfile.ZipFile]:
    (file,) = release.glob("*.whl")
    with zipfile.ZipFile(file) as opened:
        yield opened


@pytest.fixture(scope="module")
def committed(checked: Callable[..., str]) -> set[str]:
    """Return the files of the package in the last commit."""
    listed = checked("git", "ls-tree", "-r", "--name-only", "HEAD", "exporter", cwd=ROOT).split()
    return {name.removeprefix("exporter/") for name in listed}


def test_release_the_wheel_carries_every_file_of_the_package(wheel: zipfile.ZipFile, committed: set[str]) -> None:
    assert {
        name for name in wheel.namelist() if name.startswith(("lantime_exporter/", "lantime_simulator/"))
    } == committed


def test_release_the_wheel_installs_what_prometheus_alertmanager_and_grafana_load_below_share(
    wheel: zipfile.ZipFile, checked: Callable[..., str]
) -> None:
    shared = f"lantime_exporter-{lantime_exporter.__version__}.data/data/share/lantime-exporter/"
    installed = {name.removeprefix(shared) for name in wheel.namelist() if name.startswith(shared)}
    listed = checked("git", "ls-tree", "-r", "--name-only", "HEAD", "alerts", "dashboards", cwd=ROOT).split()
    assert installed == {*listed, "alertmanager.yml", "runbooks.md"}


def test_release_the_wheel_carries_nothing_else(wheel: zipfile.ZipFile) -> None:
    version = lantime_exporter.__version__
    places = {name.split("/")[0] for name in wheel.namelist()}
    assert places == {
        "lantime_exporter",
        "lantime_simulator",
        f"lantime_exporter-{version}.data",
        f"lantime_exporter-{version}.dist-info",
    }


def test_release_the_wheel_carries_the_pages_of_the_web_server(wheel: zipfile.ZipFile) -> None:
    data = {name for name in wheel.namelist() if name.startswith("lantime_exporter/") and not name.endswith(".py")}
    assert {"lantime_exporter/web/pages/page.css", "lantime_exporter/web/pages/page.html"} <= data


def test_release_the_wheel_says_that_its_packages_are_typed(wheel: zipfile.ZipFile) -> None:
    assert {"lantime_exporter/py.typed", "lantime_simulator/py.typed"} <= set(wheel.namelist())


def test_release_the_wheel_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("/licenses/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()


def test_release_its_files_are_called_by_the_one_version(release: Path) -> None:
    version = lantime_exporter.__version__
    assert {file.name for file in release.iterdir()} == {
        f"lantime_exporter-{version}-py3-none-any.whl",
        f"lantime_exporter-{version}.tar.gz",
        "lantime-exporter.cdx.json",
        "prometheusrule.yaml",
    }


def test_release_the_source_archive_has_what_its_tests_need(release: Path) -> None:
    (file,) = release.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        below = {name.partition("/")[2].partition("/")[0] for name in archive.getnames()}
    assert {"exporter", "tests", "docs", "deploy", "tools", "README.md", "LICENSE", "Makefile"} <= below


def test_release_the_sbom_lists_the_program_and_what_it_runs_on(release: Path) -> None:
    bom = json.loads((release / "lantime-exporter.cdx.json").read_text())
    assert bom["bomFormat"] == "CycloneDX"
    assert bom["metadata"]["component"]["name"] == "lantime-exporter"
    listed = {component["name"].lower().replace("_", "-") for component in bom["components"]}
    assert {"requests", "urllib3", "prometheus-client", "pyyaml"} <= listed
    assert listed.isdisjoint({"pytest", "pip", "setuptools", "hatchling"})


def test_release_the_wheel_knows_the_commit_it_was_built_from(wheel: zipfile.ZipFile) -> None:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 - as users have it
    assert f'__revision__ = "{commit.stdout.strip()}"' in wheel.read("lantime_exporter/__init__.py").decode()
