"""The result of each response of a device."""

import gzip
import re
import ssl
from collections.abc import Callable
from typing import Any

import pytest
import requests_mock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.exchange import PHASES, Fetch
from lantime_exporter.errors import ContentError
from msgspec.structs import replace

from tests.device.conftest import AUTH
from tests.device.device_fakes import STATUS_TREE, FakeDevice, Peer, answer, answering, by_request

Ask = Callable[..., Fetch]


def encoded(body: bytes, coding: str) -> bytes:
    return answer(body, headers=[f"Content-Encoding: {coding}"])


def chunked(*chunks: bytes) -> bytes:
    parts = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + parts


def test_a_status_tree_is_taken_however_it_is_sent(fetch: Ask, subtests: pytest.Subtests) -> None:
    for data in [
        answer(),
        encoded(STATUS_TREE, "Identity"),
        encoded(STATUS_TREE, "none"),
        encoded(STATUS_TREE, ""),
        answer(b"\r\n\n " + STATUS_TREE + b"\n"),
        answer(headers=["Content-Type: text/html"]),
        chunked(STATUS_TREE[:7], STATUS_TREE[7:]),
        b"HTTP/1.1 100 Continue\r\n\r\n" + answer(),
    ]:
        with subtests.test(data=data), FakeDevice(answering(data)) as device:
            body = fetch(device.address).body
            assert body is not None
            assert body.strip() == STATUS_TREE


def test_a_body_that_ends_with_the_connection_is_taken(fetch: Ask) -> None:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(b"HTTP/1.0 200 OK\r\n\r\n" + STATUS_TREE)

    with FakeDevice(behave) as device:
        assert fetch(device.address).body == STATUS_TREE


def test_what_is_no_status_tree_has_a_reason_and_a_cause(fetch: Ask, subtests: pytest.Subtests) -> None:
    for data, reason, text in [
        (answer(status=401), "auth", "401 Unauthorized to /api/status: the user name or the password is wrong"),
        (answer(status=403), "auth", "403 Forbidden"),
        (answer(status=404), "status", "404 Not Found to /api/status: is the REST API enabled"),
        (answer(status=500), "status", "500 Internal Server Error"),
        (answer(status=599), "status", "answered 599 to"),
        (answer(status=204), "status", "204 No Content"),
        (answer(status=301, headers=["Location: https://elsewhere.example/"]), "status", "redirects are not followed"),
        (answer(status=302, headers=["Location: \xff::]/["]), "status", "302 Found"),
        (answer(status=401, length=10**9), "auth", "401 Unauthorized"),
        (answer(b""), "content", "the response is empty"),
        (answer(b" \r\n"), "content", "the response is empty"),
        (answer(b"<html>login</html>"), "content", "not a JSON object"),
        (answer(b"[1]"), "content", "not a JSON object"),
        (answer(length=10**9), "content", "larger than 16777216 bytes"),
        (encoded(gzip.compress(STATUS_TREE, mtime=0), "gzip"), "content", "content coding that was not requested"),
        (encoded(b"", "br"), "content", "content coding that was not requested"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n{}", "content", "invalid chunks"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "content", "not HTTP"),
        (b"HTTP/9.9 200 OK\r\n\r\n", "content", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "content", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000, "content", "not HTTP"),
    ]:
        with subtests.test(data=data, reason=reason, text=text), FakeDevice(answering(data)) as device:
            error = fetch(device.address).error
            assert error is not None
            assert error.reason == reason
            assert str(error).startswith(f"127.0.0.1:{device.port}: ")
            assert text in str(error)


def closing_after(data: bytes) -> Callable[[Peer], None]:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(data)

    return behave


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "closed before a response arrived"),
        (answer(length=1000), "ended during the response"),
        (chunked(STATUS_TREE)[:-10], "ended during the response"),
    ],
)
def test_a_truncated_response_is_a_failure_of_the_connection(fetch: Ask, data: bytes, text: str) -> None:
    with FakeDevice(closing_after(data)) as device:
        error = fetch(device.address).error
        assert error is not None
        assert error.reason == "connect"
        assert text in str(error)


def test_a_refused_connection_is_a_failure_of_the_connection(fetch: Ask) -> None:
    with FakeDevice(answering(answer())) as device:
        address = device.address
    error = fetch(address).error
    assert str(error) == f"{address.removeprefix('http://')}: connection refused"


def test_an_unknown_name_is_a_failure_of_the_connection(fetch: Ask) -> None:
    error = fetch("http://lt1.invalid").error
    assert error is not None
    assert error.reason == "connect"
    assert str(error).startswith("lt1.invalid:80: the name cannot be resolved")


LIMITED = Module(max_response_bytes=1000)


@pytest.mark.parametrize(
    "data",
    [
        answer(b"{" + b" " * 1000),
        chunked(b"{", *[b" " * 100] * 10),
    ],
)
def test_a_body_over_the_limit_is_refused(fetch: Ask, data: bytes) -> None:
    with FakeDevice(answering(data)) as device:
        error = fetch(device.address, module=Module(max_response_bytes=1000)).error
        assert error is not None
        assert "larger than 1000 bytes" in str(error)


def test_a_body_of_just_the_limit_is_taken(fetch: Ask) -> None:
    with FakeDevice(answering(answer(b"{" + b" " * 999))) as device:
        assert fetch(device.address, module=LIMITED).error is None


def flood(head: bytes, piece: bytes) -> Callable[[Peer], None]:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(head)
        while True:
            peer.send(piece * 10_000)

    return behave


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"{"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", b"{"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_an_endless_response_is_cut_off_before_it_fills_the_memory(fetch: Ask, head: bytes, piece: bytes) -> None:
    with FakeDevice(flood(head, piece)) as device:
        error = fetch(device.address, module=LIMITED).error
        assert isinstance(error, ContentError)
        # Newer versions of Python limit trailers and interim responses themselves, and fail sooner.
        assert re.search("larger than|not HTTP", str(error))


def test_the_request_is_one_plain_get(fetch: Ask) -> None:
    with FakeDevice(answering(answer())) as device:
        fetch(device.address)
        [request] = device.requests
        assert request.line == "GET /api/status HTTP/1.1"
        assert request.headers == {
            "host": f"127.0.0.1:{device.port}",
            "user-agent": request.headers["user-agent"],
            "accept": "application/json",
            "accept-encoding": "identity",
            "authorization": "Basic bW9uaXRvcjpodW50ZXIy",
        }


def test_a_redirect_sends_no_second_request(fetch: Ask) -> None:
    with FakeDevice(answering(answer())) as other:
        redirect = answer(status=302, headers=[f"Location: {other.address}/api/status"])
        with FakeDevice(answering(redirect)) as device:
            fetch(device.address)
            assert (len(device.requests), other.requests) == (1, [])


def test_cookies_are_not_sent_back(open_client: Callable[..., DeviceClient]) -> None:
    with FakeDevice(answering(answer(headers=["Set-Cookie: id=1; Path=/"]))) as device:
        client = open_client(device.address)
        for _ in range(2):
            client.fetch("/api/status", Deadline.after(5))
        assert ["cookie" in request.headers for request in device.requests] == [False, False]


def test_an_exchange_has_the_measurements(fetch: Ask) -> None:
    with FakeDevice(answering(answer())) as device:
        [exchange] = fetch(device.address).exchanges
        assert exchange.rtt is not None
        assert list(exchange.phases) == [phase for phase in PHASES if phase != "tls"]
        assert exchange.rtt == pytest.approx(exchange.phases["wait"] + exchange.phases["transfer"])
        assert (exchange.status, exchange.response_bytes) == (200, len(STATUS_TREE))
        assert (exchange.resource, exchange.reused, exchange.error) == ("/api/status", False, None)


def test_a_response_with_another_status_has_a_round_trip_time_too(fetch: Ask) -> None:
    with FakeDevice(answering(answer(status=404))) as device:
        [exchange] = fetch(device.address).exchanges
        assert exchange.status == 404
        assert exchange.rtt is not None


def test_an_incomplete_response_has_no_round_trip_time(fetch: Ask) -> None:
    with FakeDevice(closing_after(answer(length=1000))) as device:
        [exchange] = fetch(device.address).exchanges
        assert (exchange.rtt, list(exchange.phases)) == (None, ["connect", "wait"])


def test_an_error_holds_nothing_of_the_request_in_memory(fetch: Ask) -> None:
    with FakeDevice(closing_after(answer(length=1000))) as device:
        error = fetch(device.address).error
        assert error is not None
        assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 200 OK\r\n",
        b"Content-Length: 3\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Connection: keep-alive\r\n",
        b"Location: /\r\n",
        b"\r\n",
        b"3\r\n{}\n\r\n",
        b"0\r\n\r\n",
        b"{}",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(HEADS | st.binary(max_size=30), max_size=8))
def test_any_bytes_give_a_body_or_an_error(fetch: Ask, pieces: list[bytes]) -> None:
    with FakeDevice(closing_after(b"".join(pieces))) as device:
        result = fetch(device.address)
        assert (result.body is None) != (result.error is None)


def test_resources_are_requested_by_their_path(open_client: Callable[..., DeviceClient]) -> None:
    with FakeDevice(by_request(lambda request: answer(b'{"line": "%s"}' % request.line.encode()))) as device:
        client = open_client(device.address)
        bodies = [client.fetch(path, Deadline.after(5)).body for path in ("/api/status", "/api/status/ntp")]
        assert bodies == [b'{"line": "GET /api/status HTTP/1.1"}', b'{"line": "GET /api/status/ntp HTTP/1.1"}']


class MockAdapter(requests_mock.Adapter):
    """Returns prepared responses; it has no connections."""

    proxy = None

    def close_idle(self) -> int:
        return 0


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> requests_mock.Adapter:
    adapter = MockAdapter()
    monkeypatch.setattr("lantime_exporter.device.client.DeviceAdapter", lambda *_: adapter)
    return adapter


def test_a_request_carries_what_a_lantime_wants_and_nothing_else(
    network: requests_mock.Adapter, open_client: Callable[..., DeviceClient]
) -> None:
    network.register_uri("GET", "https://lt1.example:443/api/status", content=STATUS_TREE)
    assert open_client("lt1.example").fetch("/api/status", Deadline.after(5)).body == STATUS_TREE
    sent = network.request_history[0].headers
    assert set(sent) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Authorization"}


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ({"status_code": 401}, "auth"),
        ({"status_code": 503}, "status"),
        ({"text": "<html>"}, "content"),
        ({"exc": TimeoutError}, "timeout"),
        ({"exc": ConnectionResetError}, "connect"),
        ({"exc": ssl.SSLError}, "tls"),
    ],
    ids=["401", "503", "page", "timeout", "connection", "TLS"],
)
def test_each_failure_has_its_reason(
    network: requests_mock.Adapter, open_client: Callable[..., DeviceClient], reply: dict[str, Any], reason: str
) -> None:
    network.register_uri("GET", "https://lt1.example:443/api/status", **reply)
    error = open_client("lt1.example").fetch("/api/status", Deadline.after(5)).error
    assert error is not None
    assert error.reason == reason


def test_a_token_is_obtained_once_for_several_resources(
    network: requests_mock.Adapter, open_client: Callable[..., DeviceClient]
) -> None:
    network.register_uri("PUT", "https://lt1.example:443/api/get-token", json={"token": "abc"})
    network.register_uri("GET", requests_mock.ANY, content=STATUS_TREE)
    client = open_client("lt1.example", auth=replace(AUTH, method="bearer"))
    for resource in ("/api/status", "/api/status/ntp"):
        assert client.fetch(resource, Deadline.after(5)).error is None
    assert [(request.method, request.path) for request in network.request_history] == [
        ("PUT", "/api/get-token"),
        ("GET", "/api/status"),
        ("GET", "/api/status/ntp"),
    ]
