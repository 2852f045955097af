"""Attacks of a hostile scraper and a hostile device, over real sockets.

Tested elsewhere: credentials go to configured devices only (``tests/probe/test_targets.py``), no redirect and no
cookie is followed, no secret is shown (``tests/device``, ``tests/probe/test_secrets.py``), an unknown user costs
as much as a known one (``tests/web/test_basic_auth.py``), names are escaped (``tests/web/pages/test_html.py``).
"""

import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from lantime_exporter.config.load import load
from lantime_exporter.config.settings import Allowed, Module
from lantime_exporter.errors import ConfigError
from msgspec.structs import replace

from tests.device.device_fakes import FakeDevice, Peer, answer, answering
from tests.probe.probe_settings import watching
from tests.reliability.reliability_faults import BODY
from tests.reliability.reliability_service import Watched

HEADERS = {
    *("Content-Type", "Content-Length", "Date", "X-Content-Type-Options", "Connection"),
    *("Content-Security-Policy", "Referrer-Policy", "Cache-Control", "Vary", "Content-Encoding", "Allow"),
}
"""All headers that the exporter sends."""


@pytest.fixture
def device(exporter: Watched) -> Iterator[FakeDevice]:
    """A healthy target; hosts named ``clock<number>.example`` are also allowed."""
    with FakeDevice(answering(answer(BODY))) as running:
        allowed = (Allowed(pattern=re.compile(r"clock\d+\.example")),)
        exporter.watch(watching(running.address, allowed=allowed))
        yield running


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    """A server in the exporter's network that is not a device."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        yield listener


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://[::ffff:127.0.0.1]:{port}",
        "http://127.1:{port}",
        "http://2130706433:{port}",
        "http://0x7f000001:{port}",
        "http://0177.0.0.1:{port}",
        "http://0:{port}",
        "http://127.0.0.1.:{port}",
        "http://①②⑦.0.0.1:{port}",
        "http://127。0。0。1:{port}",
        "http://clock1.example@127.0.0.1:{port}",
        "http://127.0.0.1:{port}#clock1.example",
        "http://127.0.0.1:{port}?clock1.example",
        "http://127.0.0.1:{port}/clock1.example",
        "http://127.0.0.1:{port}\\@clock1.example",
        "http://clock1.example:{port}",
        "https://clock1.example.127.0.0.1.nip.example",
        "https://clock1.example\n.evil.example",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/_GET",
        "unix:///run/docker.sock",
        "//127.0.0.1:{port}",
    ],
)
def test_a_scraper_cannot_make_the_exporter_contact_other_hosts(
    exporter: Watched, device: FakeDevice, stranger: socket.socket, target: str
) -> None:
    found = exporter.probe(target.format(port=stranger.getsockname()[1]))
    assert found.status == 400
    assert found.text.startswith("target: ")
    with pytest.raises(BlockingIOError):
        stranger.accept()
    assert device.requests == []


@pytest.mark.parametrize(
    "slot",
    [
        "../../get-token",
        "..",
        ".",
        "clk1/../../../users",
        "chassis0/../clk1",
        "clk1%2f..",
        "clk1?raw",
        "clk1#",
        "clk1 HTTP/1.1\r\nHost: evil",
        "clk1\r\nX-Evil: 1",
        "clk1\x00",
        "é",
        "-",
    ],
)
def test_a_scraper_cannot_request_other_resources_of_a_device(exporter: Watched, device: FakeDevice, slot: str) -> None:
    found = exporter.probe(slot=slot)
    assert found.status == 400
    assert found.text == "slot: not the name of a slot, write slot=clk1 or slot=chassis1/clk1\n"
    assert device.requests == []


@pytest.mark.parametrize("parameter", ["target", "module", "auth", "slot", "debug", "unknown\r\nSet-Cookie: a=b"])
def test_no_parameter_injects_into_a_response(exporter: Watched, device: FakeDevice, parameter: str) -> None:
    hostile = "x\r\nSet-Cookie: a=b\r\n\r\n<script>"
    given = {"target": "lantime-1", parameter: hostile}
    found = exporter.get("/probe", **given)
    assert found.status == 400
    assert set(found.headers) <= HEADERS
    assert found.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.text.count("\n") == 1


def raw(exporter: Watched, request: bytes) -> bytes:
    """Send bytes, and return all bytes of the response."""
    host, _, port = exporter.address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=10) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(65536), b""))


PATHS = [
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/.%00./etc/passwd",
    "//etc/passwd",
    "///",
    "/probe/../config",
    "/config/",
    "/page.css",
    "/static/../page.html",
    "http://127.0.0.1/../etc/passwd",
    "file:///etc/passwd",
    "*",
    "\\..\\..\\etc\\passwd",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_to_a_file(exporter: Watched, path: str) -> None:
    found = raw(exporter, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    assert found.startswith(b"HTTP/1.1 404 ")
    assert b"root:" not in found


@pytest.mark.parametrize(
    "request_line",
    [
        b"CONNECT 127.0.0.1:22 HTTP/1.1",
        b"GET http://127.0.0.1:22/ HTTP/1.1",
        b"TRACE / HTTP/1.1",
        b"DELETE /config HTTP/1.1",
        b"GET /-/reload HTTP/1.1",
    ],
)
def test_the_exporter_is_not_a_proxy_and_accepts_no_other_methods(exporter: Watched, request_line: bytes) -> None:
    found = raw(exporter, request_line + b"\r\nHost: a\r\nX-Mark: echo\r\nConnection: close\r\n\r\n")
    assert re.match(rb"HTTP/1\.1 (200|404|405) ", found)
    assert b"echo" not in found
    assert b"SSH" not in found


SCRIPT = "<script>alert(1)</script>\"'&lt;<img src=x onerror=alert(1)>"


def with_texts(found: dict[str, Any]) -> dict[str, Any]:
    """Replace every text that is not a name by a script."""
    kept = ("object-id", "slot-id", "slot-type")
    return {key: SCRIPT if isinstance(item, str) and key not in kept else item for key, item in found.items()}


def test_no_text_of_a_device_becomes_html(exporter: Watched) -> None:
    body = json.dumps(json.loads(BODY, object_hook=with_texts)).encode()
    error = answer(SCRIPT.encode(), status=500, headers=[f"Content-Type: {SCRIPT}", f"Server: {SCRIPT}"])
    with FakeDevice(answering(answer(body), error)) as device:
        exporter.watch(watching(device.address))
        samples, debug_output, failed = exporter.probe(), exporter.probe(debug="true"), exporter.probe()
        for page in (samples, debug_output, failed):
            assert page.headers["Content-Type"].startswith("text/plain;")
            assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert SCRIPT.partition('"')[0] in samples.text
        for path in ("/", "/sessions"):
            html = exporter.get(path)
            assert html.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "script" not in html.text
            assert "onerror" not in html.text


def marked(status: int, body: bytes, *headers: str) -> bytes:
    """Return a response with text of the device in every place that HTTP allows."""
    whole = answer(body, status=status, headers=[f"Server: {MARK}", f"{MARK}: a", *headers])
    return whole.replace(b"Whatever", MARK.encode(), 1)


MARK = "level=error-msg=mark"
HOSTILE = {
    "status": marked(500, MARK.encode()),
    "redirect": marked(301, b"", f"Location: https://{MARK}/"),
    "login": marked(401, b"", f'WWW-Authenticate: Basic realm="{MARK}"'),
    "coding": marked(200, BODY, f"Content-Encoding: {MARK}"),
    "chunks": marked(200, f"{MARK}\r\n".encode(), "Transfer-Encoding: chunked"),
    "page": marked(200, MARK.encode()),
    "no JSON": marked(200, b"{" + MARK.encode()),
    "no tree": marked(200, json.dumps({MARK: MARK}).encode()),
    "no HTTP": MARK.encode() + b"\r\n\r\n",
    "invalid values": marked(200, BODY.replace(b'"uptime":', f'"uptime":"{MARK}","{MARK}":'.encode(), 1)),
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_a_device_gets_into_the_log(
    exporter: Watched, caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    caplog.set_level(logging.DEBUG, "lantime_exporter")
    with FakeDevice(answering(sent)) as device:
        exporter.watch(watching(device.address))
        exporter.probe()
        exporter.probe(debug="true")
    assert device.requests
    assert caplog.records
    assert MARK not in caplog.text


@pytest.mark.parametrize(
    "text", ["\n# TYPE x", "\r\n", '"} 1\nfake_metric 1', "\\", '\\"', "\x00", "\u2028", "\x85", "\x0b"]
)
def test_no_text_of_a_device_becomes_a_sample(exporter: Watched, text: str) -> None:
    document = json.loads(BODY)
    names = {line.partition("{")[0].partition(" ")[0] for line in healthy(exporter).splitlines() if line[0] != "#"}
    document["system-information"]["hostname"] = f"a{text}b"
    document["data"]["system"]["sync-status"]["clock-status"]["clock"] = f"a{text}b"
    document["data"]["chassis0"]["slots"][2]["module"][f"key{text}x"] = 1
    with FakeDevice(answering(answer(json.dumps(document).encode()))) as device:
        exporter.watch(watching(device.address))
        found = exporter.probe().samples
    assert found.reason == "none"
    assert found.names - names <= {"lantime_module_value"}


def healthy(exporter: Watched) -> str:
    with FakeDevice(answering(answer(BODY))) as device:
        exporter.watch(watching(device.address))
        return exporter.probe().text


def test_a_flood_of_probes_reaches_a_device_once(exporter: Watched) -> None:
    with FakeDevice(Peer.wait) as device, ThreadPoolExecutor(60) as pool:
        settings = watching(device.address, module=Module(timeout=1.0))
        exporter.watch(replace(settings, max_concurrent_probes=10))
        statuses = list(pool.map(lambda _: raw_status(exporter, "/probe?target=lantime-1"), range(60)))
    assert set(statuses) == {200, 503}
    assert statuses.count(200) >= 10
    assert device.connections <= 2


@pytest.mark.parametrize("method", ["POST /-/reload", "GET /probe?target=lantime-1"])
def test_an_incomplete_request_is_not_executed(exporter: Watched, device: FakeDevice, method: str) -> None:
    found = raw(exporter, f"{method} HTTP/1.1\r\nHost: a\r\n".encode())
    assert found.startswith(b"HTTP/1.1 400 ")
    assert device.requests == []


def raw_status(exporter: Watched, path: str) -> int:
    found = raw(exporter, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    return int(found[9:12])


def test_slow_clients_do_not_block_others(exporter: Watched, device: FakeDevice) -> None:
    host, _, port = exporter.address.rpartition(":")
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection((host, int(port)))) for _ in range(200)]
        for number, sock in enumerate(slow):
            sock.sendall(
                (b"GET /probe?target=lantime-1 HTTP/1.1\r\nA: b", b"POST /-/reload HTTP/1.1\r\n", b"")[number % 3]
            )
        began = time.monotonic()
        assert exporter.probe().samples.reason == "none"
        assert exporter.get("/-/healthy").status == 200
        assert time.monotonic() - began < 2.0


def test_a_hostile_device_makes_few_log_lines(exporter: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """Even if the text of the failure changes at every probe."""
    with FakeDevice(answering(*(answer(b"{" + b" " * number + b"]") for number in range(20)))) as device:
        exporter.watch(watching(device.address))
        for _ in range(20):
            assert exporter.probe().samples.reason == "content"
    assert len(caplog.records) == 1


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    """A configuration whose password is in a folder behind a link, as secrets are mounted."""
    file = tmp_path / "config.yml"
    file.write_text("auths: {default: {username: monitor, password_file: mounted/password}}")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "password").write_text("one\n")
    (tmp_path / "mounted").symlink_to("first")
    return file


def test_a_secret_behind_links_follows_them_at_every_use(mounted: Path) -> None:
    auth = load(mounted).auths["default"]
    assert auth.read_password() == "one"
    (mounted.parent / "second").mkdir()
    (mounted.parent / "second" / "password").write_text("two\n")
    (mounted.parent / "next").symlink_to("second")
    (mounted.parent / "next").rename(mounted.parent / "mounted")
    assert auth.read_password() == "two"


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("nowhere", "No such file or directory"),
        ("password", "Too many levels of symbolic links"),
        (".", "Is a directory"),
    ],
)
def test_a_link_without_a_secret_is_reported(mounted: Path, target: str, problem: str) -> None:
    link = mounted.parent / "first" / "password"
    link.unlink()
    link.symlink_to(target)
    with pytest.raises(ConfigError) as caught:
        load(mounted)
    [logged] = caught.value.problems
    assert f"{mounted.parent / 'mounted' / 'password'}: cannot be read: {problem}" in logged
