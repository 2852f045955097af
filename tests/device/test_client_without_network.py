"""Results of responses, without a network."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import requests_mock
from lantime_exporter.bounds import Deadline
from lantime_exporter.device.client import DeviceClient
from msgspec.structs import replace

from tests.device.conftest import AUTH
from tests.device.device_fakes import STATUS_TREE

OpenClient = Callable[..., DeviceClient]


class MockAdapter(requests_mock.Adapter):
    """Plays responses; it has no connections."""

    def close_idle(self) -> int:
        return 0


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> requests_mock.Adapter:
    adapter = MockAdapter()
    monkeypatch.setattr("lantime_exporter.device.client.DeviceAdapter", lambda _route: adapter)
    return adapter


def test_a_request_carries_what_a_lantime_wants_and_nothing_else(
    network: requests_mock.Adapter, open_client: OpenClient
) -> None:
    network.register_uri("GET", "https://lt1.example:443/api/status", content=STATUS_TREE)
    assert open_client("lt1.example").fetch("/api/status", Deadline.after(5)).body == STATUS_TREE
    sent = network.request_history[0].headers
    assert set(sent) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Authorization"}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"status_code": 401}, "auth"),
        ({"status_code": 503}, "status"),
        ({"text": "<html>"}, "content"),
        ({"exc": requests.ConnectTimeout}, "timeout"),
        ({"exc": requests.ConnectionError}, "connect"),
        ({"exc": requests.exceptions.SSLError}, "tls"),
    ],
    ids=["401", "503", "page", "timeout", "connection", "TLS"],
)
def test_each_failure_has_its_reason(
    network: requests_mock.Adapter, open_client: OpenClient, answer: dict[str, Any], reason: str
) -> None:
    network.register_uri("GET", "https://lt1.example:443/api/status", **answer)
    error = open_client("lt1.example").fetch("/api/status", Deadline.after(5)).error
    assert error is not None
    assert error.reason == reason


def test_a_token_is_obtained_once_for_several_resources(
    network: requests_mock.Adapter, open_client: OpenClient
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
