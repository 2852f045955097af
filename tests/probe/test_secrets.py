"""No output of the exporter contains a secret in any form, whatever the result of the probe."""

import base64
import html
import json
import logging
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from urllib.parse import quote, quote_plus, urlencode

import pytest
import trustme
from lantime_exporter.cli.logs import Json, Pairs
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Proxy, Settings, Tls
from lantime_exporter.probe.probe import ProbeRequest
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Request
from lantime_exporter.web.reload import logged_reload
from lantime_exporter.web.routes import endpoints
from lantime_simulator import Lantime, SimulatedServer, m600

from tests.device.device_fakes import FakeDevice, answer, by_request
from tests.device.device_fakes import Request as DeviceRequest
from tests.probe.conftest import Watch
from tests.probe.probe_settings import watching

USER = "monitor"
PASSWORD = 'p&ss "w%rd" \'<s3cret>/?#=+:\\ é'
PROXY_PASSWORD = "pr0xy&<%>+'"
TOKEN = "t0ken.of-the~device"


def forms(secret: str) -> set[str]:
    """Return every encoding of a secret."""
    encoded = [secret.encode(), f"{USER}:{secret}".encode()]
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        html.escape(secret),
        html.escape(secret, quote=False),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        secret.encode().decode("latin-1"),
        secret.encode().hex(),
        *(base64.b64encode(text).decode().rstrip("=") for text in encoded),
        *(base64.urlsafe_b64encode(text).decode().rstrip("=") for text in encoded),
        *(quote(base64.b64encode(text).decode(), safe="") for text in encoded),
    }


SECRETS = {form for secret in (PASSWORD, PROXY_PASSWORD, TOKEN) for form in forms(secret)}


@dataclass(frozen=True)
class Situation:
    """An address, and how it is probed."""

    address: str
    module: Module = field(default_factory=Module)
    method: str = "basic"


Scenario = Callable[[ExitStack], Situation]


def simulated(*scenarios: str, method: str = "basic") -> Scenario:
    def enter(stack: ExitStack) -> Situation:
        lantime = Lantime(m600())
        lantime.activate(*scenarios)
        server = stack.enter_context(SimulatedServer(lantime, credentials=(USER, PASSWORD)))
        return Situation(server.url, Module(timeout=0.3), method)

    return enter


def reflecting(reflect: Callable[[str], bytes], method: str = "basic") -> Scenario:
    """Let a device echo the credentials."""

    def reply(request: DeviceRequest) -> bytes:
        if "get-token" in request.line:
            return answer(json.dumps({"token": TOKEN}).encode())
        return reflect(f"{request.authorization} {PASSWORD}")

    def enter(stack: ExitStack) -> Situation:
        return Situation(stack.enter_context(FakeDevice(by_request(reply))).address, Module(timeout=0.3), method)

    return enter


def refused(stack: ExitStack) -> Situation:
    with FakeDevice(by_request(lambda _: b"")) as device:
        return Situation(device.address)


def no_tls(stack: ExitStack) -> Situation:
    device = stack.enter_context(FakeDevice(lambda peer: peer.send(answer(status=400))))
    return Situation(f"https://127.0.0.1:{device.port}")


def unverified(stack: ExitStack) -> Situation:
    device = stack.enter_context(FakeDevice(by_request(lambda _: answer(status=401)), tls=self_signed()))
    return Situation(device.address, Module(tls=Tls(insecure_skip_verify=True)))


def untrusted(stack: ExitStack) -> Situation:
    return replace(unverified(stack), module=Module())


def self_signed() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def through_proxy(status: int) -> Scenario:
    def reply(request: DeviceRequest) -> bytes:
        return answer(str(request.headers).encode(), status=status)

    def enter(stack: ExitStack) -> Situation:
        proxy = stack.enter_context(FakeDevice(by_request(reply)))
        url = f"http://{USER}:{quote(PROXY_PASSWORD, safe='')}@127.0.0.1:{proxy.port}"
        return Situation("https://192.0.2.1", Module(proxy=Proxy(proxy_url=url)))

    return enter


SCENES: Mapping[str, Scenario] = {
    "healthy": simulated(),
    "healthy, bearer": simulated(method="bearer"),
    "wrong password": simulated("wrong-password"),
    "wrong password, bearer": simulated("wrong-password", method="bearer"),
    "500": simulated("status-500"),
    "HTML": simulated("html"),
    "truncated": simulated("truncated"),
    "broken JSON": simulated("broken-json"),
    "slow": simulated("slow@5"),
    "reset": simulated("unreachable"),
    "refused": refused,
    "no TLS": no_tls,
    "untrusted certificate": untrusted,
    "unverified certificate": unverified,
    "reflected in the body": reflecting(lambda texts: answer(texts.encode(), status=500)),
    "reflected in a refusal": reflecting(lambda texts: answer(texts.encode(), status=401)),
    "reflected as JSON": reflecting(lambda texts: answer(b'{"data": {' + texts.encode() + b"}}")),
    "reflected as what is no tree": reflecting(lambda texts: answer(json.dumps({texts: texts}).encode())),
    "reflected in the status line": reflecting(lambda texts: f"HTTP/1.1 200 {texts}\r\n\r\n".encode()),
    "reflected as the status line": reflecting(lambda texts: f"{texts}\r\n\r\n".encode()),
    "reflected in a redirect": reflecting(lambda texts: answer(status=302, headers=[f"Location: https://{texts}/"])),
    "reflected token": reflecting(lambda texts: answer(texts.encode(), status=500), method="bearer"),
    "reflected token, refused": reflecting(lambda texts: answer(texts.encode(), status=401), method="bearer"),
    "proxy refuses its password": through_proxy(407),
    "proxy reflects its password": through_proxy(502),
}


@pytest.fixture(params=SCENES.values(), ids=list(SCENES))
def situation(request: pytest.FixtureRequest) -> Iterator[Situation]:
    with ExitStack() as stack:
        yield request.param(stack)


@pytest.fixture
def settings(situation: Situation) -> Settings:
    auth = Auth(username=USER, password=Secret(PASSWORD), method=situation.method)
    return watching(situation.address, auths={"default": auth}, modules={"default": situation.module})


class Reader:
    """Reads the pages of an exporter, and keeps all output."""

    def __init__(self, exporter: ProbeService) -> None:
        metrics = ExporterMetrics(0.0)
        self._exporter = exporter
        self._answer = endpoints(exporter, metrics, logged_reload(exporter, metrics))
        self.texts: list[str] = []

    def get(self, path: str, accept: str = "*/*", method: str = "GET", **parameters: str) -> None:
        query = urlencode(parameters)
        response = self._answer(Request(method=method, path=path, query=query, headers={"accept": accept}))
        self.texts += [response.body.decode(), repr(dict(response.headers))]

    def probe(self) -> None:
        self.get("/probe", target="lantime-1")
        self.get("/probe", accept="application/openmetrics-text", target="lantime-1")
        self.get("/probe", target="lantime-1", debug="true")
        self.get("/probe", target="lantime-1", slot="clk1", debug="true")

    def look_around(self) -> None:
        for path in ("/", "/metrics", "/sessions", "/sd", "/config", "/nowhere"):
            self.get(path)
        self.get("/sessions", format="json")
        self.get("/sessions", target="lantime-1")
        self.texts += [repr(self._exporter.settings), repr(self._exporter.targets()), repr(self._exporter.sessions())]
        self.texts += [repr(self._exporter.probe(ProbeRequest(target="lantime-1")))]


def assert_silent(texts: str) -> None:
    found = {form for form in SECRETS if form in texts}
    assert not found


def test_no_page_log_or_error_holds_a_secret(
    watch: Watch, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "urllib3")
    reader = Reader(watch(settings))
    reader.probe()
    reader.look_around()
    logged = [form.format(record) for record in caplog.records for form in (Pairs(), Json())]
    assert_silent("\n".join((*reader.texts, *logged)))


def test_a_secret_in_a_parameter_is_not_repeated(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    reader = Reader(watch(watching("192.0.2.1")))
    for target in (f"https://{USER}:{PASSWORD}@192.0.2.1", f"192.0.2.1/{PASSWORD}", PASSWORD, quote(PASSWORD)):
        reader.get("/probe", target=target)
    reader.get("/probe", target="lantime-1", auth=PASSWORD)
    reader.get("/probe", target="lantime-1", module=PASSWORD)
    reader.get("/probe", target="lantime-1", slot=PASSWORD)
    assert_silent("\n".join((*reader.texts, caplog.text)))


def test_the_search_finds_what_it_looks_for() -> None:
    for form in (PASSWORD, quote(PASSWORD, safe=""), base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(), TOKEN):
        with pytest.raises(AssertionError):
            assert_silent(f"Authorization: {form}, and more")
