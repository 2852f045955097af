"""Passwords and tokens appear nowhere, whatever the device does with them."""

import base64
import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Proxy, Tls
from lantime_exporter.device.auth import Credentials, Login
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.proxy import proxy_for
from msgspec.structs import replace

from tests.device.device_fakes import TOKEN, Behaviour, FakeDevice, Peer, Request, answer, by_request

PASSWORD = "s3cr:t'\"%&ü /?#@"
TOKEN_TEXT = TOKEN.decode()
BASIC = base64.b64encode(f"monitor:{PASSWORD}".encode()).decode()
FORMS = [
    PASSWORD,
    repr(PASSWORD)[1:-1],
    quote(PASSWORD),
    quote(PASSWORD, safe=""),
    quote_plus(PASSWORD),
    base64.b64encode(PASSWORD.encode()).decode(),
    BASIC,
    BASIC.rstrip("="),
    TOKEN_TEXT,
    "s3cr",
]


def echo_in_status(request: Request) -> bytes:
    return f"HTTP/1.1 500 {request.authorization}\r\nContent-Length: 0\r\n\r\n".encode()


def echo_as_status(request: Request) -> bytes:
    return f"{request.authorization}\r\n\r\n".encode()


def echo_as_version(request: Request) -> bytes:
    return f"HTTP/{request.authorization} 200\r\n\r\n".encode()


def echo_in_redirect(request: Request) -> bytes:
    return answer(status=302, headers=[f"Location: http://{request.authorization}/"])


def echo_in_body(request: Request) -> bytes:
    return answer(request.authorization.encode())


def echo_in_header(request: Request) -> bytes:
    return answer(b"{}", headers=[f"Content-Encoding: {request.authorization}"])


def echo_in_malformed_header(request: Request) -> bytes:
    return f"HTTP/1.1 200 OK\r\nA: b\r\n{request.authorization}\r\nContent-Length: 0\r\n\r\n".encode()


def echo_in_length(request: Request) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {request.authorization}\r\n\r\n".encode()


def echo_in_chunk(request: Request) -> bytes:
    return f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{request.authorization}\r\n".encode()


def echo_in_refusal(request: Request) -> bytes:
    return answer(request.authorization.encode(), status=401)


def with_token(reply: Callable[[Request], bytes]) -> Callable[[Request], bytes]:
    """Issue a token first, so that the token is echoed."""
    return lambda request: answer(b'{"token": "%s"}' % TOKEN) if request.line.startswith("PUT") else reply(request)


REPLIES = [
    echo_in_status,
    echo_as_status,
    echo_as_version,
    echo_in_redirect,
    echo_in_body,
    echo_in_header,
    echo_in_malformed_header,
    echo_in_length,
    echo_in_chunk,
    echo_in_refusal,
]


def close_at_once(peer: Peer) -> None:
    peer.read_request()


def never_answer(peer: Peer) -> None:
    peer.read_request()
    peer.wait()


def all_texts(client: DeviceClient, caplog: pytest.LogCaptureFixture) -> str:
    """Fetch twice, and return everything that a person or a page can see."""
    fetches = [client.fetch("/api/status", Deadline.after(0.1)) for _ in range(2)]
    errors = [fetch.error for fetch in fetches] + [exchange.error for exchange in client.sessions]
    texts = [line for error in errors if error is not None for line in traceback.format_exception(error)]
    return "\n".join([*texts, repr(fetches), repr(client.sessions), repr(client), caplog.text])


def assert_silent(text: str) -> None:
    assert text
    assert [form for form in FORMS if form in text] == []


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


AUTH = Auth(username="monitor", password=Secret(PASSWORD))


@pytest.mark.parametrize("method", ["basic", "bearer"])
@pytest.mark.parametrize("reply", REPLIES)
def test_an_echo_of_the_authorization_is_not_repeated(
    open_client: Callable[..., DeviceClient],
    caplog: pytest.LogCaptureFixture,
    reply: Callable[[Request], bytes],
    method: str,
) -> None:
    auth = replace(AUTH, method=method, fallback_to_basic=True)
    with FakeDevice(by_request(with_token(reply))) as device:
        assert_silent(all_texts(open_client(device.address, auth=auth), caplog))


@pytest.mark.parametrize("behave", [close_at_once, never_answer])
def test_a_broken_connection_reveals_no_secret(
    open_client: Callable[..., DeviceClient], caplog: pytest.LogCaptureFixture, behave: Behaviour
) -> None:
    with FakeDevice(behave) as device:
        assert_silent(all_texts(open_client(device.address, auth=AUTH), caplog))


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://127.0.0.1:1", "http://lt1.invalid"])
def test_an_absent_device_reveals_no_secret(
    open_client: Callable[..., DeviceClient], caplog: pytest.LogCaptureFixture, address: str
) -> None:
    module = Module(tls=Tls(insecure_skip_verify=True))
    assert_silent(all_texts(open_client(address, auth=AUTH, module=module), caplog))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_failing_proxy_reveals_no_secret(
    open_client: Callable[..., DeviceClient], caplog: pytest.LogCaptureFixture, scheme: str
) -> None:
    with FakeDevice(by_request(echo_in_status)) as device:
        proxy = f"http://user:{quote(PASSWORD, safe='')}@127.0.0.1:{device.port}"
        client = open_client(f"{scheme}://lt1.example", auth=AUTH, module=Module(proxy=Proxy(proxy_url=proxy)))
        assert_silent(all_texts(client, caplog))


def test_objects_with_secrets_do_not_print_them(open_client: Callable[..., DeviceClient]) -> None:
    proxy = f"http://user:{quote(PASSWORD, safe='')}@proxy"
    client = open_client("http://lt1.example", auth=AUTH)
    holders = [
        Credentials("monitor", PASSWORD),
        proxy_for(client.endpoint, Proxy(proxy_url=proxy)),
        Login(AUTH, clock=float),
        client,
    ]
    assert_silent(repr(holders))
