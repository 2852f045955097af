"""Who is admitted, and that a change of the file never opens the port by mistake."""

import base64
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import bcrypt
import pytest
from lantime_exporter.web.access_control import AccessControl
from lantime_exporter.web.message import Request, plain
from lantime_exporter.web.server import Server

MAX_WAIT = 10.0
TLS = "tls_server_config: {cert_file: server.crt, key_file: server.key"

Connect = Callable[[Server], socket.socket]


def access_control(folder: Path, text: str) -> AccessControl:
    (folder / "web.yml").write_text(text)
    return AccessControl(folder / "web.yml")


def request(**fields: str) -> Request:
    return Request(method="GET", path="/", headers={name.lower(): value for name, value in fields.items()})


def basic(username: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode()}"


def users(password: str) -> str:
    return f"basic_auth_users: {{prometheus: {bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()}}}"


def test_requests_without_credentials_are_challenged(tmp_path: Path) -> None:
    response = access_control(tmp_path, users("s3cret")).guarded(lambda _: plain("in"))(request())
    assert response.status == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic realm=")


def test_right_credentials_get_in_and_wrong_ones_do_not(tmp_path: Path) -> None:
    guarded = access_control(tmp_path, users("s3cret")).guarded(lambda _: plain("in"))
    assert guarded(request(Authorization=basic("prometheus", "s3cret"))).body == b"in\n"
    assert guarded(request(Authorization=basic("prometheus", "wrong"))).status == 401


def test_changed_password_counts_from_the_next_request(tmp_path: Path) -> None:
    guarded = access_control(tmp_path, users("s3cret")).guarded(lambda _: plain("in"))
    (tmp_path / "web.yml").write_text(users("renewed"))
    assert guarded(request(Authorization=basic("prometheus", "s3cret"))).status == 401
    assert guarded(request(Authorization=basic("prometheus", "renewed"))).status == 200


@pytest.mark.parametrize("path", ["/-/healthy", "/-/ready"])
def test_health_checks_need_no_password(tmp_path: Path, path: str) -> None:
    guarded = access_control(tmp_path, users("s3cret")).guarded(lambda _: plain("in"))
    assert guarded(Request(method="GET", path=path)).body == b"in\n"


@pytest.mark.parametrize("path", ["/-/reload", "/-/healthy/", "//-/healthy", "/-/Healthy", "/", "/metrics", "/none"])
def test_everything_else_needs_the_password(tmp_path: Path, path: str) -> None:
    guarded = access_control(tmp_path, users("s3cret")).guarded(lambda _: plain("in"))
    assert guarded(Request(method="POST", path=path)).status == 401


@pytest.mark.parametrize(
    "text",
    ["", "# nothing", "{}", "http_server_config: {}", "basic_auth_users: {prometheus: x}", "{", "rate_limit: {}"],
)
def test_invalid_or_empty_file_never_takes_protection_away(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    guarded = access_control(tmp_path, users("s3cret")).guarded(lambda _: plain("in"))
    (tmp_path / "web.yml").write_text(text)
    assert guarded(request()).status == 401
    assert guarded(request(Authorization=basic("prometheus", "s3cret"))).status == 200
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 1


def test_headers_are_on_every_response(tmp_path: Path) -> None:
    text = f"{users('s3cret')}\nhttp_server_config: {{headers: {{X-Frame-Options: deny}}}}"
    guarded = access_control(tmp_path, text).guarded(lambda _: plain("in"))
    for fields in ({}, {"Authorization": basic("prometheus", "s3cret")}):
        assert guarded(request(**fields)).headers["X-Frame-Options"] == "deny"
