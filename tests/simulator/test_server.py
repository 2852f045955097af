import base64
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote

import pytest
import requests
import trustme
from lantime_simulator import CATALOGUE, Lantime, SimulatedNetwork, SimulatedServer, m300, m600
from lantime_simulator.tree import paths

USER = ("monitor", "so secret: a wörd")
TIMEOUT = 5


@pytest.fixture
def lantime() -> Lantime:
    return Lantime(m600())


@pytest.fixture
def server(lantime: Lantime) -> Iterator[SimulatedServer]:
    with SimulatedServer(lantime) as server:
        yield server


def get(server: SimulatedServer, path: str = "/api/status", **options: Any) -> requests.Response:
    return requests.get(server.url + path, timeout=TIMEOUT, **options)


def basic(user: tuple[str, str]) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(":".join(user).encode()).decode()}


def test_the_status_tree_is_below_data(server: SimulatedServer) -> None:
    response = get(server)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["data"]["object-id"] == "status"
    assert response.json()["data"]["system"]["sync-status"]["reference"] == "clk1-gps"


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_root_has_the_status_beside_the_configuration(server: SimulatedServer, path: str) -> None:
    data = get(server, path).json()["data"]
    assert data["status"]["system"].keys() == get(server).json()["data"]["system"].keys()
    assert data.keys() == {"object-id", "status", "config"}


def test_every_node_is_addressable(subtests: pytest.Subtests) -> None:
    for name in ("m600", "m300", "m3000", "m3000-flat", "m1000", "m500"):
        with subtests.test(name=name):
            lantime = Lantime(CATALOGUE[name](), clock=lambda: 5.0, wall=lambda: 1.79e9)
            tree = lantime.document()["data"]
            nodes = list(paths(tree))
            assert len(nodes) > 400
            for node in nodes:
                path = "/".join(("/api/status", *(quote(part, safe="") for part in node)))
                response = json.loads(lantime.body(path))
                assert response["system-information"]["model"] == lantime.device.model
                here = tree
                for part in node:
                    here = (
                        next(item for item in here if item["object-id"] == part)
                        if isinstance(here, list)
                        else here[part]
                    )
                assert response["data"] == here


def test_a_node_keeps_the_envelope(server: SimulatedServer, subtests: pytest.Subtests) -> None:
    for path, data in [
        ("/api/status/network/ports/lan0/speed", "1000"),
        ("/api/status/chassis0/slots/clk1/module/info/model", "grc180"),
        ("/api/status/system/sync-status/clock-status", None),
        ("/api/status/notification/events/ntp-sync/triggered", 1),
        ("/api/status/ntp/sys/stratum", 1),
    ]:
        with subtests.test(path=path):
            response = get(server, path).json()
            assert response["links"]["self"].endswith(path)
            assert response["data"] == (
                data or {"clock": "synchronized", "oscillator": "warmed-up", "antenna": "connected"}
            )


def test_an_unknown_node_is_not_found(server: SimulatedServer, subtests: pytest.Subtests) -> None:
    for path in [
        "/",
        "/api/nothing",
        "/api/status/system/nothing",
        "/api/status/system/uptime/x",
        "/api/status/ntp/ref_9",
        "/x/status",
    ]:
        with subtests.test(path=path):
            assert get(server, path).status_code == 404


def test_raw_gives_the_numbers_of_enumerations(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("holdover")
    status = get(server, "/api/status/system/sync-status?raw").json()["data"]
    assert status["clock-status"] == {"clock": 2, "oscillator": 1, "antenna": 1}
    assert (status["ref-type"], status["osc-type"], status["est-time-quality"]) == (0, 5, 6)
    assert get(server, "/api/status/ntp/ref_1/status-peer-selection?raw").json()["data"] == 7


def test_raw_changes_only_enumerations(server: SimulatedServer) -> None:
    assert get(server, "/api/status/network/ports/lan0/speed?raw").json()["data"] == "1000"


def test_other_methods_are_refused(server: SimulatedServer) -> None:
    for method in ("POST", "PUT", "DELETE", "HEAD"):
        response = requests.request(method, server.url + "/api/status", timeout=TIMEOUT)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET")


def test_a_response_to_head_has_no_body(server: SimulatedServer) -> None:
    with requests.Session() as session:
        session.head(server.url + "/api/status", timeout=TIMEOUT)
        assert session.get(server.url + "/api/status", timeout=TIMEOUT).status_code == 200
    assert server.traffic.connections == 1


def test_basic_authentication(lantime: Lantime) -> None:
    with SimulatedServer(lantime, credentials=USER) as server:
        assert get(server, headers=basic(USER)).status_code == 200
        refused = get(server, auth=("monitor", "wrong"))
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Basic realm="LANTIME"')
        assert get(server).status_code == 401


def token(server: SimulatedServer, user: tuple[str, str] = USER) -> requests.Response:
    return requests.put(server.url + "/api/get-token", headers=basic(user), timeout=TIMEOUT)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_opens_until_it_expires(lantime: Lantime) -> None:
    now = [0.0]
    with SimulatedServer(lantime, credentials=USER, token_lifetime=60.0, clock=lambda: now[0]) as server:
        issued = token(server).json()["token"]
        assert get(server, headers=bearer(issued)).status_code == 200
        now[0] = 60.0
        assert get(server, headers=bearer(issued)).status_code == 401
        assert get(server, headers=bearer(token(server).json()["token"])).status_code == 200


def test_a_token_needs_the_password(lantime: Lantime) -> None:
    with SimulatedServer(lantime, credentials=USER) as server:
        assert token(server, ("monitor", "wrong")).status_code == 401
        assert get(server, headers=bearer("0" * 64)).status_code == 401


def test_tokens_can_be_revoked(lantime: Lantime) -> None:
    with SimulatedServer(lantime, credentials=USER) as server:
        issued = token(server).json()["token"]
        server.access.revoke_tokens()
        assert get(server, headers=bearer(issued)).status_code == 401


def test_old_firmware_has_no_tokens() -> None:
    with SimulatedServer(Lantime(m300()), credentials=USER) as server:
        assert token(server).status_code == 405
        assert requests.get(server.url + "/api/get-token", headers=basic(USER), timeout=TIMEOUT).status_code == 404


def test_connections_are_kept_and_counted(server: SimulatedServer) -> None:
    with requests.Session() as session:
        for _ in range(3):
            session.get(server.url + "/api/status", timeout=TIMEOUT)
        assert (server.traffic.connections, server.traffic.open) == (1, 1)
    assert server.traffic.count("/api/status", status=200) == 3
    assert server.traffic.count() == 3


def test_two_requests_in_one_packet_get_two_responses(server: SimulatedServer) -> None:
    with connect(server) as client:
        client.sendall(b"GET /api/status/ntp HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 2:
            received += client.recv(65_536)


def connect(server: SimulatedServer) -> socket.socket:
    host, port = server.address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def test_stopping_does_not_wait_for_tls_clients(lantime: Lantime) -> None:
    context, authority = tls()
    server = SimulatedServer(lantime, tls=context)
    server.start()
    with requests.Session() as session, authority.cert_pem.tempfile() as file:
        session.get(server.url + "/api/status", verify=file, timeout=TIMEOUT)
        begun = time.monotonic()
        server.stop()
        assert time.monotonic() - begun < 2


def test_what_is_not_http_is_a_bad_request(server: SimulatedServer, subtests: pytest.Subtests) -> None:
    for request_bytes in [
        b"nonsense\r\n\r\n",
        b"GET / SPDY/9\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"G" * 100_000,
    ]:
        with subtests.test(request_bytes=request_bytes[:40]), connect(server) as client:
            client.sendall(request_bytes)
            assert client.recv(1000).startswith(b"HTTP/1.1 400 ")


def test_the_connection_ends_as_announced(server: SimulatedServer) -> None:
    with connect(server) as client:
        client.sendall(b"GET /api/status/ntp/sys/leap HTTP/1.1\r\nConnection: close\r\n\r\n")
        response = b"".join(iter(lambda: client.recv(4096), b""))
        assert b"Connection: close" in response


def tls() -> tuple[ssl.SSLContext, trustme.CA]:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context, authority


def test_https() -> None:
    context, authority = tls()
    with SimulatedServer(Lantime(m600()), tls=context) as server, authority.cert_pem.tempfile() as file:
        assert server.url.startswith("https://")
        assert get(server, verify=file).status_code == 200


def test_a_silent_client_stops_neither_others_nor_the_server() -> None:
    context, authority = tls()
    with (
        SimulatedServer(Lantime(m600()), tls=context) as server,
        authority.cert_pem.tempfile() as file,
        connect(server),
    ):
        assert get(server, verify=file).status_code == 200


def test_stopping_ends_connections_and_threads(lantime: Lantime) -> None:
    before = threading.active_count()
    server = SimulatedServer(lantime)
    server.start()
    with connect(server) as client:
        address = server.address
        server.stop()
        assert client.recv(1) == b""
    assert threading.active_count() == before
    host, port = address.rsplit(":", 1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=TIMEOUT)


def test_a_server_that_is_not_started_has_no_address(lantime: Lantime) -> None:
    with pytest.raises(RuntimeError, match="not started"):
        _ = SimulatedServer(lantime).url


def test_a_network_shares_one_thread_and_mixes_no_responses() -> None:
    before = threading.active_count()
    devices = [m600(number) for number in range(1, 21)]
    with SimulatedNetwork(Lantime(device) for device in devices) as fleet:
        assert threading.active_count() == before + 1
        serials = [get(server).json()["system-information"]["serial-number"] for server in fleet.servers]
    assert serials == [device.serial_number for device in devices]


def test_slow_responds_late(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("slow@0.2")
    assert get(server).elapsed.total_seconds() >= 0.2


def test_slow_does_not_delay_others(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("slow@600")
    with connect(server) as client:
        client.sendall(b"GET /api/status HTTP/1.1\r\n\r\n")
        with connect(server) as other:
            other.sendall(b"nonsense\r\n\r\n")
            assert other.recv(100).startswith(b"HTTP/1.1 400 ")


def test_broken_json(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("broken-json")
    with pytest.raises(ValueError, match=r"."):
        get(server).json()


def test_truncated_ends_before_the_announced_length(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("truncated")
    host, port = server.address.rsplit(":", 1)
    connection = HTTPConnection(host, int(port), timeout=TIMEOUT)
    connection.request("GET", "/api/status")
    with pytest.raises(HTTPException):
        connection.getresponse().read()
    connection.close()


def test_html(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("html")
    response = get(server)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert response.text.startswith("<!DOCTYPE html>")


def test_empty(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("empty")
    assert (get(server).status_code, get(server).content) == (200, b"")


def test_line_breaks_surround_the_same_json(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("line-breaks")
    body = get(server).content
    assert body.startswith(b"\r\n")
    assert body.endswith(b"\n")
    assert json.loads(body)["data"]["object-id"] == "status"


def test_status_500(server: SimulatedServer, lantime: Lantime) -> None:
    lantime.activate("status-500")
    assert get(server).status_code == 500


def test_wrong_password_rejects_the_right_one(lantime: Lantime) -> None:
    with SimulatedServer(lantime, credentials=USER) as server:
        lantime.activate("wrong-password")
        assert get(server, headers=basic(USER)).status_code == 401
        assert token(server).status_code == 401


def test_unreachable_resets_new_and_kept_connections(server: SimulatedServer, lantime: Lantime) -> None:
    with requests.Session() as session:
        session.get(server.url + "/api/status", timeout=TIMEOUT)
        lantime.activate("unreachable")
        for _ in range(2):
            with pytest.raises(requests.ConnectionError):
                session.get(server.url + "/api/status", timeout=TIMEOUT)
        lantime.activate("healthy")
        assert session.get(server.url + "/api/status", timeout=TIMEOUT).status_code == 200
