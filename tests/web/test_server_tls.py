"""TLS of the exporter's own port, with ``--web.config.file``."""

import http.client
import logging
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme
from lantime_exporter.errors import ConfigError
from lantime_exporter.web.access_control import AccessControl
from lantime_exporter.web.message import Request, Response
from lantime_exporter.web.request_handler import Limits
from lantime_exporter.web.server import Server

if TYPE_CHECKING:
    from tests.web.conftest import Serve

MAX_WAIT = 10.0
TLS = "tls_server_config: {cert_file: server.crt, key_file: server.key"
MUTUAL = f"{TLS}, client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt"

Connect = Callable[[Server], socket.socket]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def folder(tmp_path: Path, authority: trustme.CA) -> Path:
    issue(tmp_path, authority, "127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "ca.crt")
    return tmp_path


def issue(folder: Path, authority: trustme.CA, *names: str, key_type: trustme.KeyType = trustme.KeyType.ECDSA) -> None:
    certificate = authority.issue_cert(*names, key_type=key_type)
    certificate.private_key_pem.write_to_path(folder / "server.key")
    certificate.cert_chain_pems[0].write_to_path(folder / "server.crt")


def access_control(folder: Path, text: str) -> AccessControl:
    (folder / "web.yml").write_text(text)
    return AccessControl(folder / "web.yml")


def client_context(authority: trustme.CA, identity: trustme.LeafCert | None = None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    if identity:
        identity.configure_cert(context)
    return context


def get(server: Server, context: ssl.SSLContext) -> tuple[int, bytes]:
    host, _, port = server.addresses[0].rpartition(":")
    connection = http.client.HTTPSConnection(host, int(port), timeout=MAX_WAIT, context=context)
    try:
        connection.request("GET", "/a")
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_tls_serves_a_verifying_client(serve: "Serve", folder: Path, authority: trustme.CA) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    assert get(server, client_context(authority)) == (200, b"GET /a\n")


def test_silent_client_does_not_block_others(
    serve: "Serve", connect: Connect, folder: Path, authority: trustme.CA
) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    silent = connect(server)
    start = time.monotonic()
    assert get(server, client_context(authority))[0] == 200
    assert time.monotonic() - start < 2
    silent.close()


def test_silent_client_is_dropped_after_the_handshake_timeout(serve: "Serve", connect: Connect, folder: Path) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls, limits=Limits(handshake=0.1))
    assert connect(server).recv(1) == b""


def test_plain_http_on_the_tls_port_gets_an_explanation(serve: "Serve", connect: Connect, folder: Path) -> None:
    sock = connect(serve(tls=access_control(folder, f"{TLS}}}").tls))
    sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
    answer = sock.recv(1000)
    assert answer.startswith(b"HTTP/1.0 400 ")
    assert answer.endswith(b"this port serves HTTPS\n")


def test_failed_handshakes_log_nothing(
    serve: "Serve", connect: Connect, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    sock = connect(server)
    sock.sendall(b"\x16\x03\x01\x00\x05garbage")
    sock.recv(1000)
    server.stop()
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


def test_end_of_a_connection_is_announced_to_tls_clients(
    serve: "Serve", connect: Connect, folder: Path, authority: trustme.CA
) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    context = client_context(authority)
    with context.wrap_socket(connect(server), server_hostname="127.0.0.1", suppress_ragged_eofs=False) as sock:
        sock.sendall(b"GET /a HTTP/1.0\r\n\r\n")
        data = b""
        while chunk := sock.recv(1000):
            data += chunk
    assert data.endswith(b"GET /a\n")


def test_client_that_reads_slowly_is_cut_off(
    serve: "Serve", connect: Connect, folder: Path, authority: trustme.CA
) -> None:
    def large(_: Request) -> Response:
        return Response(body=b"x" * 20_000_000)

    server = serve(large, tls=access_control(folder, f"{TLS}}}").tls, limits=Limits(write=0.3))
    received = 0
    with client_context(authority).wrap_socket(connect(server), server_hostname="127.0.0.1") as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        with suppress(OSError):
            while chunk := sock.recv(16 * 1024):
                received += len(chunk)
                time.sleep(0.01 if received < 1_000_000 else 0)
    assert 1_000_000 < received < 19_000_000


def test_lowest_version_is_kept(serve: "Serve", folder: Path, authority: trustme.CA) -> None:
    server = serve(tls=access_control(folder, f"{TLS}, min_version: TLS13}}").tls)
    context = client_context(authority)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        get(server, context)


def test_suites_of_tls_1_3_alone_mean_tls_1_3(serve: "Serve", folder: Path, authority: trustme.CA) -> None:
    server = serve(tls=access_control(folder, f"{TLS}, cipher_suites: [TLS_AES_128_GCM_SHA256]}}").tls)
    assert get(server, client_context(authority))[0] == 200
    context = client_context(authority)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        get(server, context)


def test_suites_without_authenticated_encryption_are_off_by_default(
    serve: "Serve", folder: Path, authority: trustme.CA
) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    context = client_context(authority)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert get(server, context)[0] == 200
    context.set_ciphers("ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384")
    with pytest.raises(ssl.SSLError):
        get(server, context)


@pytest.mark.parametrize(
    ("config", "group", "is_accepted"),
    [
        (f"{TLS}}}", "P-256", True),
        (f"{TLS}}}", "ffdhe8192", False),
        (f"{MUTUAL}}}", "P-256", True),
        (f"{MUTUAL}}}", "ffdhe8192", False),
        pytest.param(f"{MUTUAL}, max_version: TLS12}}", "P-384", True, id="for client certificates of any curve"),
    ],
)
def test_a_client_cannot_choose_a_key_exchange_that_is_dear(
    serve: "Serve", folder: Path, authority: trustme.CA, config: str, group: str, is_accepted: bool
) -> None:
    issue(folder, authority, "127.0.0.1", key_type=trustme.KeyType.RSA)
    openssl = shutil.which("openssl")  # not every version of Python knows other groups than curves
    if openssl is None:
        pytest.skip("openssl is not installed")
    server = serve(tls=access_control(folder, config).tls)
    identity = ["-cert", str(folder / "server.crt"), "-key", str(folder / "server.key")]
    client = [openssl, "s_client", "-connect", server.addresses[0], "-groups", group, *identity]
    done = subprocess.run(client, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10)  # noqa: PLW1510,S603
    assert (done.returncode == 0) == is_accepted, done.stderr
    assert ("handshake failure" in done.stderr) != is_accepted, done.stderr


def test_cipher_suites_are_kept(serve: "Serve", connect: Connect, folder: Path, authority: trustme.CA) -> None:
    config = f"{TLS}, max_version: TLS12, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]}}"
    server = serve(tls=access_control(folder, config).tls)
    with client_context(authority).wrap_socket(connect(server), server_hostname="127.0.0.1") as sock:
        assert sock.cipher() == ("ECDHE-ECDSA-AES256-GCM-SHA384", "TLSv1.2", 256)


def test_renewed_certificate_is_used_without_a_reload(serve: "Serve", folder: Path) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    other = trustme.CA()
    issue(folder, other, "127.0.0.1")
    assert get(server, client_context(other))[0] == 200


def test_broken_certificate_keeps_the_old_one(
    serve: "Serve", folder: Path, authority: trustme.CA, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(tls=access_control(folder, f"{TLS}}}").tls)
    (folder / "server.key").write_text("")
    assert get(server, client_context(authority))[0] == 200
    assert "the last valid content stays in force" in caplog.text
    assert "server.key" in caplog.text


def test_key_of_another_certificate_is_refused(folder: Path, authority: trustme.CA) -> None:
    authority.issue_cert("other").private_key_pem.write_to_path(folder / "server.key")
    with pytest.raises(ConfigError, match=r"server\.crt with key .*server\.key: .*\(key values mismatch\)"):
        access_control(folder, f"{TLS}}}")


def test_client_certificate_of_the_authority_is_let_in(serve: "Serve", folder: Path, authority: trustme.CA) -> None:
    server = serve(tls=access_control(folder, f"{MUTUAL}}}").tls)
    assert get(server, client_context(authority, authority.issue_cert("prometheus")))[0] == 200


@pytest.mark.parametrize("stranger", [True, False])
def test_client_without_such_a_certificate_is_not(
    serve: "Serve", folder: Path, authority: trustme.CA, stranger: bool
) -> None:
    server = serve(tls=access_control(folder, f"{MUTUAL}}}").tls)
    identity = trustme.CA().issue_cert("prometheus") if stranger else None
    with pytest.raises((ssl.SSLError, ConnectionError)):
        get(server, client_context(authority, identity))


def test_certificate_may_be_left_out_where_it_is_optional(serve: "Serve", folder: Path, authority: trustme.CA) -> None:
    server = serve(
        tls=access_control(folder, f"{TLS}, client_auth_type: VerifyClientCertIfGiven, client_ca_file: ca.crt}}").tls
    )
    assert get(server, client_context(authority))[0] == 200


def test_client_with_an_allowed_name_is_let_in(
    serve: "Serve", folder: Path, authority: trustme.CA, subtests: pytest.Subtests
) -> None:
    cases: list[tuple[str, str]] = [
        ("prometheus.example.net", "[10.0.0.1, prometheus.example.net]"),
        ("10.0.0.1", "[10.0.0.1, prometheus.example.net]"),
        ("2001:db8::1", "['2001:db8::1']"),
        ("2001:db8::1", "['2001:0DB8:0:0:0:0:0:1']"),
        ("::ffff:10.0.0.1", "['::ffff:10.0.0.1']"),
    ]
    for name, allowed in cases:
        with subtests.test(name=name):
            server = serve(tls=access_control(folder, f"{MUTUAL}, client_allowed_sans: {allowed}}}").tls)
            assert get(server, client_context(authority, authority.issue_cert(name)))[0] == 200


def test_client_with_another_name_is_not(serve: "Serve", folder: Path, authority: trustme.CA) -> None:
    server = serve(tls=access_control(folder, f"{MUTUAL}, client_allowed_sans: [prometheus.example.net]}}").tls)
    with pytest.raises((ssl.SSLError, OSError, http.client.HTTPException)):
        get(server, client_context(authority, authority.issue_cert("grafana.example.net")))
