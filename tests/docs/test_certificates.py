"""A self-signed certificate can be pinned with the command of docs/configuration.md."""

import ssl
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
import yaml
from lantime_simulator import Lantime, SimulatedNetwork, m600

from tests.docs.documents import ROOT, Document

CONFIGURATION = Document(ROOT / "docs/configuration.md")
(COMMAND,) = (command for command in CONFIGURATION.commands if command.startswith("openssl "))
(EXAMPLE,) = (block for block in CONFIGURATION.blocks("yaml") if "fingerprint_sha256" in block)


@pytest.fixture
def device() -> Iterator[str]:
    """The address of a device with a self-signed certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("lantime.example.net").configure_cert(context)
    with SimulatedNetwork([Lantime(m600())], credentials=("monitor", "a password"), tls=context) as fleet:
        yield fleet.servers[0].address


def test_docs_the_printed_fingerprint_pins_the_certificate(
    device: str, tmp_path: Path, optional: Callable[[str], str], checked: Callable[..., str]
) -> None:
    optional("openssl")
    printed = checked("sh", "-ec", COMMAND.replace("lantime.example.net:443", device))
    (tmp_path / "password").write_text("a password")
    settings = yaml.safe_load(EXAMPLE)
    settings["auths"]["default"]["password_file"] = "password"
    settings["targets"][0]["fingerprint_sha256"] = printed.strip().rpartition("=")[2]
    settings["targets"][0]["address"] = f"https://{device}"
    (tmp_path / "config.yml").write_text(yaml.safe_dump(settings))
    output = checked(
        sys.executable, "-m", "lantime_exporter", "inspect", "hq-1", "--config.file", tmp_path / "config.yml", cwd=ROOT
    )
    assert "M600" in output
