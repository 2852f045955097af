"""The Debian package: built, unpacked, and run from there; nothing is installed."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import lantime_exporter
import pytest

from tests.deploy.conftest import DEPLOY, ROOT

HOME = "opt/lantime-exporter"
UNIT = "lantime-exporter.service"


@pytest.fixture(scope="module")
def package(
    tmp_path_factory: pytest.TempPathFactory, optional: Callable[[str], str], checked: Callable[..., str]
) -> Path:
    """Return the package of the last commit."""
    optional("dpkg-deb")
    optional("/usr/bin/python3")
    if not (ROOT / ".git").exists():
        pytest.skip("packages are built from a git checkout")
    folder = tmp_path_factory.mktemp("deb")
    checked(ROOT / "tools/deb", folder, env={**os.environ, "TOOLS": str(Path(sys.executable).parent)})
    (file,) = folder.glob("*.deb")
    return file


@pytest.fixture(scope="module")
def unpacked(package: Path, checked: Callable[..., str]) -> Path:
    """Return the folder that represents the root of the system."""
    checked("dpkg-deb", "--extract", package, package.with_suffix(""))
    return package.with_suffix("")


def test_debian_the_package_is_called_by_the_one_version(package: Path, checked: Callable[..., str]) -> None:
    assert checked("dpkg-deb", "--field", package, "Version").strip() == lantime_exporter.__version__


def test_debian_the_package_asks_for_the_python_it_was_built_with(
    package: Path, unpacked: Path, checked: Callable[..., str]
) -> None:
    (library,) = (unpacked / HOME / "lib").glob("python3.*")
    minor = int(library.name.removeprefix("python3."))
    assert checked("dpkg-deb", "--field", package, "Depends").strip() == (
        f"python3 (>= 3.{minor}~), python3 (<< 3.{minor + 1}~)"
    )


def test_debian_the_program_runs(unpacked: Path, checked: Callable[..., str]) -> None:
    assert lantime_exporter.__version__ in checked(
        unpacked / HOME / "bin/python", "-m", "lantime_exporter", "--version", cwd=unpacked
    )


def test_debian_the_command_and_the_unit_lead_to_the_program(unpacked: Path) -> None:
    program = Path("/", HOME, "bin/lantime-exporter")
    unit = (unpacked / "usr/lib/systemd/system" / UNIT).read_text(encoding="utf-8")
    assert (unpacked / "usr/bin/lantime-exporter").readlink() == program
    assert re.findall(r"^ExecStart=(\S+)", unit, re.MULTILINE) == [str(program)]
    assert os.access(unpacked / program.relative_to("/"), os.X_OK)
    assert (unpacked / program.relative_to("/")).read_text().startswith(f"#!/{HOME}/bin/python")


def test_debian_no_file_names_the_place_where_it_was_built(unpacked: Path) -> None:
    texts = {file: file.read_bytes() for file in unpacked.rglob("*") if file.is_file() and not file.is_symlink()}
    assert [str(file) for file, text in texts.items() if b"/package/opt" in text] == []


def test_debian_an_update_keeps_the_configuration(package: Path, unpacked: Path, checked: Callable[..., str]) -> None:
    (kept,) = checked("dpkg-deb", "--info", package, "conffiles").split()
    assert (unpacked / kept.lstrip("/")).read_text() == (DEPLOY / "systemd/lantime-exporter.yml").read_text()


def test_debian_everything_belongs_to_root(package: Path, checked: Callable[..., str]) -> None:
    listed = checked("dpkg-deb", "--contents", package).splitlines()
    assert [line for line in listed if line.split()[1] != "root/root"] == []


def test_debian_a_script_of_the_package_leaves_a_system_without_systemd_alone(
    checked: Callable[..., str], subtests: pytest.Subtests
) -> None:
    if Path("/run/systemd/system").exists():
        pytest.skip("systemd runs here")
    for script, step in {"preinst": "upgrade", "postinst": "configure", "prerm": "remove", "postrm": "remove"}.items():
        with subtests.test(script=script):
            assert checked(DEPLOY / "debian" / script, step) == ""


def test_debian_the_package_says_how_large_it_is(package: Path, unpacked: Path, checked: Callable[..., str]) -> None:
    held = sum(file.lstat().st_size for file in unpacked.rglob("*") if file.is_file()) // 1024
    assert held <= int(checked("dpkg-deb", "--field", package, "Installed-Size")) <= 3 * held


def test_debian_the_package_brings_documents_and_examples(unpacked: Path) -> None:
    folder = unpacked / "usr/share/doc/lantime-exporter"
    names = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file() and not file.is_symlink()}
    documents = {f"docs/{file.name}" for file in (ROOT / "docs").iterdir() if file.is_file()}
    assert names == {"README.md", "CHANGELOG.md", "copyright"} | documents


def test_debian_the_links_of_the_documents_lead_to_what_the_wheel_installs(
    unpacked: Path, subtests: pytest.Subtests
) -> None:
    folder = unpacked / "usr/share/doc/lantime-exporter"
    for name in ("alerts", "dashboards", "deploy/alertmanager/alertmanager.yml"):
        with subtests.test(name=name):
            assert (unpacked / (folder / name).readlink().relative_to("/")).exists()
