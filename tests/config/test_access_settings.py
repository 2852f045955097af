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
from lantime_exporter.config import Tls, parse

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
    return parse(f"modules: {{m: {{tls: {text}}}}}", "config.yml", base).modules["m"].tls


def test_authorities_are_taken(files: Path) -> None:
    assert tls_of("{ca_file: ca.pem, server_name: clock}", files) == Tls(ca_file=files / "ca.pem", server_name="clock")


def test_client_certificate_and_key_are_taken(files: Path) -> None:
    tls = tls_of("{cert_file: client.pem, key_file: client.key}", files)
    assert tls == Tls(cert_file=files / "client.pem", key_file=files / "client.key")


def test_key_may_be_in_the_file_of_the_certificate(files: Path) -> None:
    assert tls_of("{cert_file: both.pem}", files) == Tls(cert_file=files / "both.pem")


def test_verification_can_be_turned_off(files: Path) -> None:
    assert tls_of("{insecure_skip_verify: true}", files) == Tls(insecure_skip_verify=True)


def test_authorities_may_stand_beside_verification_that_is_on(files: Path) -> None:
    assert tls_of("{ca_file: ca.pem, insecure_skip_verify: false}", files) == Tls(ca_file=files / "ca.pem")


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


def test_encrypted_key_is_refused_without_asking_for_its_password(problems: Problems, files: Path) -> None:
    key = load_pem_private_key((files / "client.key").read_bytes(), None)
    encrypted = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"geheim"))
    (files / "client.key").write_bytes(encrypted)
    (problem,) = problems("modules: {m: {tls: {cert_file: client.pem, key_file: client.key}}}")
    assert "no certificate with its unencrypted key in PEM form" in problem


@pytest.mark.parametrize("value", [True, False])
def test_a_file_allows_legacy_ciphers(value: bool) -> None:
    text = f"modules: {{m: {{tls: {{allow_legacy_ciphers: {str(value).lower()}}}}}}}"
    assert parse(text, "config.yml", Path()).modules["m"].tls.allow_legacy_ciphers is value
