"""Certificates and keys are checked when the configuration is loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from lantime_exporter.config.load import parse
from lantime_exporter.config.settings import Tls
from lantime_exporter.config.value_types import Context

Problems = Callable[[str], list[str]]

UNUSABLE = "holds no usable certificate in PEM form"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def files(tmp_path: Path, authority: trustme.CA) -> Path:
    client = authority.issue_cert("client.example.net")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    client.cert_chain_pems[0].write_to_path(tmp_path / "client.pem")
    client.private_key_pem.write_to_path(tmp_path / "client.key")
    client.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    authority.issue_cert("other.example.net").private_key_pem.write_to_path(tmp_path / "other.key")
    (tmp_path / "text.pem").write_text("no certificate")
    (tmp_path / "empty.pem").write_text("")
    return tmp_path


def tls_of(text: str, base: Path) -> Tls:
    return parse(f"modules: {{m: {{tls: {text}}}}}", "config.yml", Context(base=base)).modules["m"].tls


def test_settings_of_tls_are_accepted(files: Path, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, Tls]] = [
        ("{ca_file: ca.pem, server_name: clock}", Tls(ca_file=files / "ca.pem", server_name="clock")),
        (
            "{cert_file: client.pem, key_file: client.key}",
            Tls(cert_file=files / "client.pem", key_file=files / "client.key"),
        ),
        ("{cert_file: both.pem}", Tls(cert_file=files / "both.pem")),
        ("{insecure_skip_verify: true}", Tls(insecure_skip_verify=True)),
        ("{ca_file: ca.pem, insecure_skip_verify: false}", Tls(ca_file=files / "ca.pem")),
        ("{allow_legacy_ciphers: true}", Tls(allow_legacy_ciphers=True)),
        ("{allow_legacy_ciphers: false}", Tls()),
    ]
    for text, tls in cases:
        with subtests.test(text=text):
            assert tls_of(text, files) == tls


def test_unusable_settings_are_explained(problems: Problems, files: Path, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("{ca_file: text.pem}", f".ca_file: BASE/text.pem: {UNUSABLE} (no certificate or crl found)"),
        ("{ca_file: empty.pem}", f".ca_file: BASE/empty.pem: {UNUSABLE} (no certificate or crl found)"),
        ("{ca_file: none.pem}", ".ca_file: BASE/none.pem: cannot be read: No such file or directory"),
        ("{cert_file: none.pem}", ".cert_file: BASE/none.pem: cannot be read: No such file or directory"),
        ("{cert_file: .}", ".cert_file: BASE: cannot be read: Is a directory"),
        ("{key_file: client.key}", ": key_file has no effect without cert_file"),
        ("{cert_file: client.pem, key_file: other.key}", (": BASE/client.pem with key BASE/other.key: "
         "no certificate with its unencrypted key in PEM form (key values mismatch)")),
        ("{ca_file: ca.pem, insecure_skip_verify: true}",
         ": ca_file has no effect with insecure_skip_verify: remove one of them"),
    ]  # fmt: skip
    for text, problem in cases:
        with subtests.test(text=text):
            assert problems(f"modules: {{m: {{tls: {text}}}}}") == [
                f"modules.m.tls{problem}".replace("BASE", str(files))
            ]


def test_encrypted_key_is_rejected_without_asking_for_its_password(problems: Problems, files: Path) -> None:
    key = load_pem_private_key((files / "client.key").read_bytes(), None)
    encrypted = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"geheim"))
    (files / "client.key").write_bytes(encrypted)
    (problem,) = problems("modules: {m: {tls: {cert_file: client.pem, key_file: client.key}}}")
    assert "no certificate with its unencrypted key in PEM form" in problem
