"""The file of --web.config.file, read strictly."""

import re
import sys
from pathlib import Path

import bcrypt
import pytest
import trustme
from lantime_exporter.config.secret import Secret
from lantime_exporter.errors import ConfigError
from lantime_exporter.web.server_tls import TlsServerConfig, server_tls
from lantime_exporter.web.web_config import WebConfig, load

HASH = bcrypt.hashpw(b"s3cret", b"$2b$04$abcdefghijklmnopqrstuu").decode()
TLS = "tls_server_config: {cert_file: server.crt, key_file: server.key"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    authority = trustme.CA()
    server = authority.issue_cert("localhost")
    server.cert_chain_pems[0].write_to_path(tmp_path / "server.crt")
    server.private_key_pem.write_to_path(tmp_path / "server.key")
    authority.cert_pem.write_to_path(tmp_path / "ca.crt")
    return tmp_path


def read(folder: Path, text: str) -> WebConfig:
    path = folder / "web.yml"
    path.write_text(text)
    return load(path)


def test_paths_are_relative_to_the_file(folder: Path) -> None:
    config = read(folder, f"{TLS}}}")
    assert config.tls_server_config == TlsServerConfig(cert_file=folder / "server.crt", key_file=folder / "server.key")


def test_every_supported_key_is_read(folder: Path) -> None:
    config = read(
        folder,
        f"""
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.crt
  client_allowed_sans: [prometheus.example.net, 10.0.0.1]
  min_version: TLS12
  max_version: TLS13
  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
  prefer_server_cipher_suites: false
http_server_config:
  http2: false
  headers:
    X-Frame-Options: deny
    X-Content-Type-Options: nosniff
    Strict-Transport-Security: max-age=31536000
    X-XSS-Protection: "0"
    Content-Security-Policy: default-src 'none'
basic_auth_users:
  prometheus: {HASH}
""",
    )
    assert config.tls_server_config == TlsServerConfig(
        cert_file=folder / "server.crt",
        key_file=folder / "server.key",
        client_auth_type="RequireAndVerifyClientCert",
        client_ca_file=folder / "ca.crt",
        client_allowed_sans=("prometheus.example.net", "10.0.0.1"),
        cipher_suites=("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",),
        prefer_server_cipher_suites=False,
    )
    assert list(config.response_headers) == [
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Strict-Transport-Security",
        "X-XSS-Protection",
        "Content-Security-Policy",
    ]
    assert config.basic_auth_users == {"prometheus": Secret(HASH)}


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "---\n", "# nothing yet\n", "---\n# nothing yet\n\n", "{}"),
        *("basic_auth_users:\n", "basic_auth_users: {}\n", "http_server_config: {http2: true}\n"),
    ],
)
def test_file_that_sets_nothing_means_plain_http_for_all(folder: Path, text: str) -> None:
    assert read(folder, text) == WebConfig()


def test_cipher_suites_of_go_are_known(folder: Path) -> None:
    names = "TLS_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_128_CBC_SHA, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305"
    config = read(folder, f"{TLS}, cipher_suites: [{names}]}}").tls_server_config
    assert config is not None
    assert config.cipher_suites == tuple(names.split(", "))
    assert server_tls(config)


def test_what_cannot_be_used_is_named_with_its_path(folder: Path, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str, str]] = [
        ("tls: {}", "", 'unknown key "tls"'),
        ("tls_server_config: {cert_file: server.crt}", "tls_server_config.key_file", "is missing"),
        (f"{TLS}, cert: x}}", "tls_server_config.cert", "use cert_file"),
        (f"{TLS}, key: x}}", "tls_server_config.key", "use key_file"),
        (f"{TLS}, curve_preferences: [X25519]}}", "tls_server_config.curve_preferences", "not supported"),
        (f"{TLS}, min_version: TLS10}}", "tls_server_config.min_version", "must be one of TLS12, TLS13"),
        (f"{TLS}, min_version: TLS13, max_version: TLS12}}", "tls_server_config", "min_version TLS13 is above max_ver"),
        (f"{TLS}, cipher_suites: [RC4]}}", "tls_server_config.cipher_suites[0]", "must be one of TLS_ECDHE_"),
        (f"{TLS}, client_auth_type: RequireAnyClientCert}}", "tls_server_config.client_auth_type", "must be one of"),
        (
            f"{TLS}, client_auth_type: VerifyClientCertIfGiven}}",
            "tls_server_config",
            "client_auth_type VerifyClientCertIfGiven needs client_ca_file",
        ),
        (
            f"{TLS}, client_ca_file: ca.crt}}",
            "tls_server_config",
            "client_ca_file has no effect with client_auth_type NoClientCert",
        ),
        (
            f"{TLS}, client_allowed_sans: [a]}}",
            "tls_server_config",
            "client_allowed_sans has no effect with client_auth_type NoClientCert",
        ),
        (f"{TLS}, cert_file: server.crt}}", "tls_server_config.cert_file", "is given twice"),
        ("tls_server_config: {cert_file: no.crt, key_file: server.key}", "tls_server_config.cert_file", "cannot be re"),
        ("http_server_config: {headers: {X-Other: a}}", "http_server_config.headers", 'unknown key "X-Other"'),
        (
            "http_server_config: {headers: {X-Frame-Options: allow}}",
            "http_server_config.headers.X-Frame-Options",
            "must be one of deny, sameorigin",
        ),
        (
            'http_server_config: {headers: {Strict-Transport-Security: "a\\r\\nb: c"}}',
            "http_server_config.headers.Strict-Transport-Security",
            "control characters",
        ),
        (
            "http_server_config: {headers: {Content-Security-Policy: ü}}",
            "http_server_config.headers.Content-Security-Policy",
            "must be ASCII text",
        ),
        ("basic_auth_users: {prometheus: s3cret}", "basic_auth_users.prometheus", "must be a bcrypt hash"),
        (f"basic_auth_users: {{'a:b': {HASH}}}", 'basic_auth_users."a:b"', "must not contain a colon"),
        ("rate_limit: {interval: 1s}", "rate_limit", "not supported"),
    ]
    for text, path, words in cases:
        with subtests.test(text=text):
            with pytest.raises(ConfigError) as caught:
                read(folder, text)
            (problem,) = caught.value.problems
            source = re.escape(str(folder / "web.yml"))
            assert re.match(rf"{source}(:\d+)?: {re.escape(path)}" if path else rf"{source}(:\d+)?: ", problem)
            assert words in problem


def test_every_problem_is_named(folder: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(folder, "a: 1\nrate_limit: {}\nbasic_auth_users: {x: y}")
    assert len(caught.value.problems) == 3


def test_hashes_are_never_shown(folder: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read(folder, f"basic_auth_users: {{prometheus: {HASH}x}}")
    assert HASH not in str(caught.value)
    assert HASH not in repr(read(folder, f"basic_auth_users: {{prometheus: {HASH}}}"))


def test_missing_bcrypt_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bcrypt", None)
    assert read(folder, f"{TLS}}}").tls_server_config
    with pytest.raises(ConfigError, match=r"basic_auth_users: .*-m pip install bcrypt"):
        read(folder, f"basic_auth_users: {{prometheus: {HASH}}}")


def test_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"web\.yml: cannot be read: No such file or directory"):
        load(tmp_path / "web.yml")


def test_binary_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"web\.yml: cannot be read: not UTF-8 text"):
        load(tmp_path / "web.yml")
