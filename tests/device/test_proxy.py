import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_connection

import pytest
from lantime_exporter.config.settings import Module, Proxy, Tls
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.device.proxy import is_excepted, proxy_for
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import ConfigError

from tests.device.device_fakes import Behaviour, FakeDevice, Peer, answer, answering, close_hard

Ask = Callable[..., Fetch]


def tunnel(peer: Peer) -> None:
    """Open the requested tunnel and forward bytes in both directions."""
    request = peer.read_request()
    assert request is not None
    host, _, port = request.line.split()[1].rpartition(":")
    with create_connection((host, int(port))) as device:
        peer.send(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")

        def pass_back() -> None:
            with contextlib.suppress(OSError):
                while data := device.recv(65536):
                    peer.send(data)

        thread = threading.Thread(target=pass_back)
        thread.start()
        while data := peer.sock.recv(65536):
            device.sendall(data)
        close_hard(device)
        thread.join()


@pytest.fixture
def tls_device(server_tls: ssl.SSLContext) -> Iterator[FakeDevice]:
    with FakeDevice(answering(answer()), server_tls) as device:
        yield device


def test_https_goes_through_a_tunnel(fetch: Ask, tls_device: FakeDevice, ca_file: Path) -> None:
    with FakeDevice(tunnel) as proxy:
        module = Module(tls=Tls(ca_file=ca_file), proxy=Proxy(proxy_url=proxy.address))
        assert fetch(tls_device.address, module=module).error is None
        assert [request.line for request in proxy.requests] == [f"CONNECT 127.0.0.1:{tls_device.port} HTTP/1.0"]


def test_the_proxys_password_goes_to_the_proxy_only(fetch: Ask, tls_device: FakeDevice, ca_file: Path) -> None:
    with FakeDevice(tunnel) as proxy:
        url = proxy.address.replace("http://", "http://user:p%40ss@")
        fetch(tls_device.address, module=Module(tls=Tls(ca_file=ca_file), proxy=Proxy(proxy_url=url)))
        assert proxy.requests[0].headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"
        assert "authorization" not in proxy.requests[0].headers
        assert "proxy-authorization" not in tls_device.requests[0].headers


def test_http_is_forwarded_by_its_whole_url(fetch: Ask) -> None:
    with FakeDevice(answering(answer())) as proxy:
        url = proxy.address.replace("http://", "http://user:p%40ss@")
        assert fetch("http://lt1.example:8080", module=Module(proxy=Proxy(proxy_url=url))).error is None
        [request] = proxy.requests
        assert request.line == "GET http://lt1.example:8080/api/status HTTP/1.1"
        assert request.headers["host"] == "lt1.example:8080"
        assert request.headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"


def test_a_tunnel_that_is_refused_is_a_failure_of_the_connection(fetch: Ask) -> None:
    with FakeDevice(answering(answer(status=407))) as proxy:
        url = proxy.address.replace("http://", "http://user:s3cret@")
        error = fetch("https://lt1.example", module=Module(proxy=Proxy(proxy_url=url))).error
        assert error is not None
        assert error.reason == "connect"
        assert str(error) == f"lt1.example:443: proxy 127.0.0.1:{proxy.port}: the tunnel was refused with status 407"


def hang_up(peer: Peer) -> None:
    peer.read_request()


def speak_no_http(peer: Peer) -> None:
    peer.read_request()
    peer.send(b"SSH-2.0-OpenSSH\r\n\r\n")


@pytest.mark.parametrize(
    ("behave", "text"),
    [
        (hang_up, "the connection was closed before a response arrived"),
        (speak_no_http, "the response is not HTTP"),
        (Peer.wait, "the deadline after 0.3 s passed while connecting"),
        (answering(answer(status=502)), "the tunnel was refused with status 502"),
    ],
    ids=["hangs up", "no HTTP", "silent", "502"],
)
def test_until_the_tunnel_is_open_every_failure_names_the_proxy(fetch: Ask, behave: Behaviour, text: str) -> None:
    with FakeDevice(behave) as proxy:
        error = fetch("https://192.0.2.1", seconds=0.3, module=Module(proxy=Proxy(proxy_url=proxy.address))).error
        assert str(error) == f"192.0.2.1:443: proxy 127.0.0.1:{proxy.port}: {text}"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_down_is_named(fetch: Ask, scheme: str) -> None:
    error = fetch(f"{scheme}://192.0.2.1:8443", module=Module(proxy=Proxy(proxy_url="http://127.0.0.1:1"))).error
    assert str(error) == "192.0.2.1:8443: proxy 127.0.0.1:1: connection refused"


def test_a_proxy_whose_name_is_unknown_is_named(fetch: Ask) -> None:
    error = fetch("https://192.0.2.1", module=Module(proxy=Proxy(proxy_url="http://proxy.invalid"))).error
    assert str(error).startswith("192.0.2.1:443: proxy proxy.invalid:80: the name cannot be resolved")


def test_once_the_tunnel_is_open_failures_are_the_devices(fetch: Ask, tls_device: FakeDevice) -> None:
    with FakeDevice(tunnel) as proxy:
        error = fetch(tls_device.address, module=Module(proxy=Proxy(proxy_url=proxy.address))).error
        assert str(error).startswith(f"127.0.0.1:{tls_device.port}: certificate rejected")


def test_a_slow_proxy_ends_at_the_deadline(fetch: Ask) -> None:
    def dawdle(peer: Peer) -> None:
        peer.read_request()
        peer.drip(b"HTTP/1.1 200 OK\r\n\r\n", 0.1)

    with FakeDevice(dawdle) as proxy:
        module = Module(proxy=Proxy(proxy_url=proxy.address))
        error = fetch("https://lt1.example", seconds=0.3, module=module).error
        assert error is not None
        assert error.reason == "timeout"


def test_proxies_of_the_environment_are_bypassed(fetch: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with FakeDevice(answering(answer())) as device:
        assert fetch(device.address).error is None


def test_proxies_of_the_environment_are_used_if_configured(fetch: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with FakeDevice(answering(answer())) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        module = Module(proxy=Proxy(proxy_from_environment=True))
        assert fetch("http://lt1.example", module=module).error is None


HTTPS = Endpoint("https", "lt1.example", 443)
HTTP = Endpoint("http", "lt1.example", 80)
LOOPBACK = Endpoint("http", "127.0.0.1", 80)
ENVIRON = {"HTTPS_PROXY": "http://secure:1", "http_proxy": "plain:2", "NO_PROXY": "lt2.example,192.0.2.0/24"}


def test_the_proxy_is_chosen_as_configured(subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    for device, settings, proxy in [
        (HTTPS, Proxy(), None),
        (HTTPS, Proxy(proxy_url="http://proxy:3128"), "proxy:3128"),
        (HTTPS, Proxy(proxy_url="http://proxy"), "proxy:80"),
        (HTTPS, Proxy(proxy_url="proxy:3128/"), "proxy:3128"),
        (HTTPS, Proxy(proxy_url="http://[2001:db8::1]:3128"), "[2001:db8::1]:3128"),
        (HTTPS, Proxy(proxy_url="http://proxy:3128", no_proxy="lt2.example"), "proxy:3128"),
        (HTTPS, Proxy(proxy_url="http://proxy:3128", no_proxy="lt1.example"), None),
        (LOOPBACK, Proxy(proxy_url="http://proxy:3128"), "proxy:3128"),
        (LOOPBACK, Proxy(proxy_url="http://proxy:3128", no_proxy="lt1.example"), None),
        (HTTPS, Proxy(proxy_from_environment=True), "secure:1"),
        (HTTP, Proxy(proxy_from_environment=True), "plain:2"),
        (LOOPBACK, Proxy(proxy_from_environment=True), None),
        (Endpoint("https", "lt2.example", 443), Proxy(proxy_from_environment=True), None),
        (Endpoint("https", "192.0.2.7", 443), Proxy(proxy_from_environment=True), None),
    ]:
        with subtests.test(device=device):
            chosen = proxy_for(device, settings)
            assert (chosen and chosen.endpoint.authority) == proxy


def test_no_proxy_names_hosts_domains_and_networks(subtests: pytest.Subtests) -> None:
    for address, no_proxy, expected in [
        ("lt1.example", "*", True),
        ("lt1.example", "other, example", True),
        ("lt1.example", "LT1.Example", True),
        ("lt1.example", "t1.example", False),
        ("lt1.example", ".example", True),
        ("lt1.example", "*.example", True),
        ("example.org", ".example.org", False),
        ("other.org", "*.example.org", False),
        ("lt1.example:8443", "lt1.example:8443", True),
        ("lt1.example:8443", "lt1.example:443", False),
        ("lt1.example.", "lt1.example", True),
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.1:443", True),
        ("192.0.2.1", "192.0.2.1:80", False),
        ("192.0.2.1", "192.0.2.10", False),
        ("192.0.2.1", "192.0.2.9/24", True),
        ("192.0.2.1", "198.51.100.0/24", False),
        ("192.0.2.1", "2001:db8::/32", False),
        ("192.0.2.1", "2.1", False),
        ("2001:db8::1", "2001:db8::/32", True),
        ("2001:db8::1", "2001:DB8:0::1", True),
        ("2001:db8::1", "[2001:db8::1]", True),
        ("2001:db8::1", "[2001:db8::1]:443", True),
        ("2001:db8::1", "[2001:db8::1]:80", False),
        ("lt1.example", "192.0.2.0/24,nonsense/24,:80,,", False),
        ("localhost", "other", True),
        ("127.0.0.2", "other", True),
        ("::1", "other", True),
    ]:
        with subtests.test(address=address, no_proxy=no_proxy, expected=expected):
            assert is_excepted(parse_endpoint(address), no_proxy) is expected


def test_what_is_no_http_proxy_is_refused_without_its_text(subtests: pytest.Subtests) -> None:
    for url in [
        "https://user:s3cret@proxy",
        "socks5://user:s3cret@proxy",
        "http://user:s3cret@",
        "http://user:s3cret@proxy:port",
        "http://user:s3cret@proxy/path",
        "http://user:s3cret@[proxy",
        "http://user:s3cret@pro xy",
    ]:
        with subtests.test(url=url):
            with pytest.raises(ConfigError, match=r"^proxy\.proxy_url: ") as error:
                proxy_for(HTTPS, Proxy(proxy_url=url))
            assert "s3cret" not in str(error.value)
