"""The image, without a container engine: the Dockerfile is linted, and its steps run in a temporary folder."""

import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.cli.cli_process import Process
from tests.deploy.conftest import ROOT
from tests.deploy.dockerfile import Instruction, instructions, stages

DOCKERFILE = ROOT / "Dockerfile"
INSTALLED = "/opt/lantime-exporter"
PORT = "10124"

BUILD, FINAL = stages(DOCKERFILE)


def only(stage: list[Instruction], keyword: str) -> Instruction:
    (found,) = (instruction for instruction in stage if instruction.keyword == keyword)
    return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the first stage with another folder in place of ``/opt/lantime-exporter``."""
    folder = tmp_path_factory.mktemp("image")
    source, target = folder / "src", folder / "opt"
    source.mkdir()
    for step in BUILD:
        if step.keyword == "COPY":
            *names, where = step.rest.split()
            copied(names, source / where)
        elif step.keyword == "RUN":
            command = step.rest.replace(INSTALLED, str(target)).replace("python3 ", f"{sys.executable} ")
            subprocess.run(["sh", "-ec", command], cwd=source, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607
    return target


def copied(names: list[str], where: Path) -> None:
    """Copy like COPY: files into the folder, a folder as the destination."""
    for name in names:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, where, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(origin, where)


def moved(command: list[str], installed: Path, port: str = PORT) -> list[str]:
    return [part.replace(INSTALLED, str(installed)).replace(f":{PORT}", f":{port}") for part in command]


@pytest.fixture(scope="module")
def running(installed: Path) -> Iterator[str]:
    """The entry point of the image with the arguments of the demo; yields its port."""
    entry = moved(only(FINAL, "ENTRYPOINT").command, installed)
    with Process(*entry, "demo", "--web.listen-address", "127.0.0.1:0") as demo:
        yield demo.wait_for_line(r"http://127\.0\.0\.1:(\d+)/ ", "stdout")[1]


def test_image_the_dockerfile_passes_its_linter() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (0, "")


def test_image_its_entry_point_is_what_was_installed(installed: Path) -> None:
    assert Path(moved(only(FINAL, "ENTRYPOINT").command, installed)[0]).is_file()


def test_image_the_installed_program_finds_its_alert_rules(installed: Path, checked: Callable[..., str]) -> None:
    script = "from lantime_simulator.demo_prometheus import rule_files; print(*rule_files(), sep='\\n')"
    found = checked(installed / "bin/python", "-c", script, cwd=installed).split()
    assert [Path(file).name for file in found] == sorted(file.name for file in (ROOT / "alerts").glob("*.yml"))
    assert all(Path(file).is_relative_to(installed) for file in found)


def test_image_installs_with_the_commands_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    venv, install = (shlex.split(part) for part in only(BUILD, "RUN").rest.split("&&"))
    assert " ".join(venv) in readme
    assert f"{INSTALLED}/bin/pip install '.[bcrypt,fast]'" in readme
    assert install[:2] == [f"{INSTALLED}/bin/pip", "install"]


def test_image_the_health_check_passes_while_it_serves(installed: Path, running: str) -> None:
    command = moved(only_health_check(), installed, running)
    assert subprocess.run(command, check=False).returncode == 0  # noqa: S603


def test_image_writes_nothing_where_it_is_installed(installed: Path, running: str) -> None:
    before = {file: file.stat().st_mtime_ns for file in installed.rglob("*")}
    assert requests.get(f"http://127.0.0.1:{running}/probe?target=m600", timeout=10).ok
    assert {file: file.stat().st_mtime_ns for file in installed.rglob("*")} == before


def test_image_the_health_check_fails_when_nothing_listens(installed: Path) -> None:
    with socket.socket() as bound:  # bound, not listening: connections to it are refused
        bound.bind(("127.0.0.1", 0))
        command = moved(only_health_check(), installed, str(bound.getsockname()[1]))
        assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode != 0  # noqa: S603


def only_health_check() -> list[str]:
    rest = only(FINAL, "HEALTHCHECK").rest
    return Instruction("CMD", (), rest.removeprefix("CMD ")).command


def test_image_runs_as_a_numeric_user_who_is_not_root() -> None:
    user, _, group = only(FINAL, "USER").rest.partition(":")
    assert int(user) > 0
    assert int(group) > 0


def test_image_takes_nothing_from_the_build_but_the_installation() -> None:
    assert [(step.flags, step.rest) for step in FINAL if step.keyword == "COPY"] == [
        (("--from=build",), f"{INSTALLED} {INSTALLED}")
    ]


def test_image_every_stage_has_the_same_base_which_can_be_given_by_digest() -> None:
    assert {only(stage, "FROM").rest.split()[0] for stage in (BUILD, FINAL)} == {"${PYTHON_IMAGE}"}
    (base,) = (step.rest for step in instructions(DOCKERFILE) if step.rest.startswith("PYTHON_IMAGE="))
    assert base.split(":")[1] not in ("", "latest")


def test_image_what_is_copied_is_let_through_by_the_dockerignore() -> None:
    let_through = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    copies = [step.rest.split()[:-1] for step in BUILD if step.keyword == "COPY"]
    assert {name for names in copies for name in names} == let_through
