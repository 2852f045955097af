"""Every command in a document is run here or by another test, or a reason why not is listed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lantime_simulator import Lantime, SimulatedNetwork, m600

from tests.docs.documents import DOCUMENTS, ROOT, Document

USER = "monitor"
PASSWORD = "a password with spaces"

COMMANDS = [(document, command) for document in DOCUMENTS for command in document.commands]

HERE = (
    r"lantime-exporter inspect https://lantime\.example\.net .*",
    r"lantime-exporter check lantime-exporter\.yml",
    r"lantime-exporter check --without-secrets /etc/lantime-exporter/lantime-exporter\.yml",
    r"lantime-exporter --version",
    r"cp deploy/\S+ lantime-exporter/",
    r"sed -i 's#https://docs.example.net.*",
    r"promtool check rules alerts/\*\.yml",
    r"install -d .*",
    r"install -m .*",
    r"ln -s .*",
    r"\(umask 077 && cat >.*",
)
"""Commands that need only the checkout and a device, and end."""

ELSEWHERE = {
    r"make test|make lint": ".ci/run",
    r"make release": "tests/deploy/test_release.py",
    r"make deb": "tests/deploy/test_debian.py",
    r"make docs": "tests/dashboards",
    r"(make|lantime-exporter) demo": "tests/cli/test_demo.py",
    r"curl 'http://localhost:10124/probe\?target=m600'": "tests/cli/test_demo.py",
    r"openssl s_client .*": "tests/docs/test_certificates.py",
    r"pipx install '\.\[bcrypt,fast\]'": "tests/deploy/test_pipx.py",
    r"python3 -m venv /opt/lantime-exporter": "tests/deploy/test_image.py",
    r"/opt/lantime-exporter/bin/pip install '\.\[bcrypt,fast\]'": "tests/deploy/test_image.py",
    r"export LANTIME_\w+=.*": "tests/cli/test_serve.py",
    r"lantime-exporter": "tests/cli/test_serve.py",
    r"lantime-exporter --config\.file lantime-exporter\.yml": "tests/cli/test_serve.py",
}
"""Commands that other tests run, with their file or folder."""

NOT_RUN = {
    r"cp -r /opt/lantime-exporter/\S+ /etc/prometheus/": "needs the installed package; test_image.py checks its files",
    r"amtool --alertmanager\.url http://localhost:9093 silence add .*": "needs a running Alertmanager",
    r"docker .*": "needs a container engine; the steps of the Dockerfile run in tests/deploy/test_image.py",
    r"tools/prometheus_rule\.py \| kubectl .*": "needs a cluster; tests/deploy/test_operator.py checks the object",
    r"curl -s 'http://localhost:10124/probe\?target=m3000' \| grep .*": "needs the demo; tests/integration probes io3",
    r"kubectl .*": "needs a cluster; the manifests are validated in tests/deploy/test_kubernetes.py",
    r"systemctl .*": "needs a running systemd; the unit is checked in tests/deploy/test_systemd.py",
    r"\(umask 077 && systemd-ask-password .*": "prompts for input",
    r"sudo install .*": "needs root",
    r"apt-get install .*": "installs a package; what is in it runs in tests/deploy/test_debian.py",
}
"""Commands that cannot run in a test, with the reason."""


def ways(command: str) -> list[str]:
    """Return the patterns that match a command."""
    return [pattern for pattern in (*HERE, *ELSEWHERE, *NOT_RUN) if re.fullmatch(pattern, command)]


def test_docs_a_command_is_listed_in_one_way() -> None:
    """Run a new command in a test, or list the reason why not."""
    wrong = [f"{document.name}: {command}" for document, command in COMMANDS if len(ways(command)) != 1]
    assert wrong == []


def test_docs_a_listed_command_is_in_a_document() -> None:
    shown = [command for _, command in COMMANDS]
    patterns = [*HERE, *ELSEWHERE, *NOT_RUN]
    assert [one for one in patterns if not any(re.fullmatch(one, command) for command in shown)] == []


def test_docs_the_test_that_runs_a_command_is_there() -> None:
    assert [file for file in ELSEWHERE.values() if not (ROOT / file).exists()] == []


@pytest.fixture(scope="module")
def device() -> Iterator[str]:
    """The address of a simulated device."""
    with SimulatedNetwork([Lantime(m600())], credentials=(USER, PASSWORD)) as fleet:
        yield fleet.servers[0].url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the documents mention: the password, the file of the README, the checkout."""
    (tmp_path / "etc/lantime-exporter").mkdir(parents=True)
    (tmp_path / "etc/systemd/system").mkdir(parents=True)
    (tmp_path / "usr/local/bin").mkdir(parents=True)
    (tmp_path / "lantime-exporter").mkdir()
    shutil.copy(ROOT / "deploy/systemd/lantime-exporter.yml", tmp_path / "etc/lantime-exporter")
    for password in (tmp_path / "password", tmp_path / "etc/lantime-exporter/password"):
        password.write_text(f"{PASSWORD}\n")
    (block,) = (block for block in readme().blocks("yaml") if block.startswith("# lantime-exporter.yml"))
    (tmp_path / "lantime-exporter.yml").write_text(moved(block, tmp_path))
    shutil.copytree(ROOT / "alerts", tmp_path / "alerts")
    for name in ("deploy", "tools", "exporter"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def readme() -> Document:
    (found,) = (document for document in DOCUMENTS if document.name == "README.md")
    return found


def moved(text: str, folder: Path) -> str:
    return re.sub(r"/(etc/lantime-exporter|etc/systemd|usr/local/bin)", rf"{folder}/\1", text)


RUN = sorted({command for _, command in COMMANDS if any(re.fullmatch(pattern, command) for pattern in HERE)})


def test_docs_a_command_works(device: str, folder: Path, subtests: pytest.Subtests) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "LANTIME_PASSWORD_FILE": f"{folder}/password"}  # as the README exports
    for command in RUN:
        with subtests.test(command=command):
            done = subprocess.run(  # noqa: S603
                ["sh", "-ec", moved(command, folder).replace("https://lantime.example.net", device)],  # noqa: S607
                cwd=folder,
                env=environment,
                input=f"{PASSWORD}\n",  # for commands that prompt
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert PASSWORD not in done.stdout + done.stderr
