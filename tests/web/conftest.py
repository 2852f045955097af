"""A fake exporter behind the web pages, and servers on free ports of loopback."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from lantime_exporter.bounds import ConcurrencyLimiter, LargeResponses
from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.exposition.text import Page
from lantime_exporter.probe.probe import ProbeRequest, ProbeResult
from lantime_exporter.probe.service import ProbeService, TargetStatus
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import Handler, Request, Response, plain
from lantime_exporter.web.reload import logged_reload
from lantime_exporter.web.request_handler import ConnectionContext, Limits
from lantime_exporter.web.routes import endpoints
from lantime_exporter.web.server import Server
from msgspec.structs import replace

MAX_WAIT = 10.0


class FakePage(Page):
    """One sample."""

    def render(self, *, openmetrics: bool) -> bytes:
        return b"lantime_up 1\n# EOF\n" if openmetrics else b"lantime_up 1\n"


class FakeResult(ProbeResult):
    """The result of a probe that was never run."""

    _reason: str
    _log: str

    def __init__(self, reason: str = "none", log: str = "the log of the probe") -> None:
        object.__setattr__(self, "_reason", reason)  # the result itself is frozen
        object.__setattr__(self, "_log", log)
        object.__setattr__(self, "page", FakePage(()))

    @property
    def reason(self) -> str:
        return self._reason

    def debug(self) -> str:
        return self._log


@dataclass
class FakeApplication(ProbeService):
    """Probes of the target ``hang`` release ``hanging`` and then last until ``unhang`` is set."""

    configured: Settings = field(default_factory=lambda: Settings(auths={}, modules={"default": Module()}))
    result: FakeResult = field(default_factory=FakeResult)
    fault: Exception | None = None
    statuses: Sequence[TargetStatus] = ()
    exchanges: Mapping[str, tuple[Exchange, ...]] = field(default_factory=dict)
    probed: list[ProbeRequest] = field(default_factory=list)
    processing: ConcurrencyLimiter = field(default_factory=lambda: ConcurrencyLimiter(4, 1.0))
    large_responses: LargeResponses = field(default_factory=LargeResponses)
    hanging: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    unhang: threading.Event = field(default_factory=threading.Event)

    def configure(self, **changes: Any) -> None:
        self.configured = replace(self.configured, **changes)

    @property
    def settings(self) -> Settings:
        return self.configured

    def probe(self, request: ProbeRequest) -> FakeResult:
        self.probed.append(request)
        if self.fault:
            raise self.fault
        if request.target == "hang":
            self.hanging.release()
            assert self.unhang.wait(MAX_WAIT)
        return self.result

    def reload(self) -> None:
        if self.fault:
            raise self.fault

    def targets(self) -> Sequence[TargetStatus]:
        return self.statuses

    def sessions(self) -> Mapping[str, tuple[Exchange, ...]]:
        return self.exchanges


@pytest.fixture
def application() -> Iterator[FakeApplication]:
    fake = FakeApplication()
    yield fake
    fake.unhang.set()


def echo(request: Request) -> Any:
    return plain(f"{request.method} {request.path}")


Serve = Callable[..., Server]
Ask = Callable[..., Response]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts a server on a free port; all of them stop after the test."""
    with ExitStack() as stack:

        def start(answer: Handler = echo, addresses: Sequence[str] = ("127.0.0.1:0",), **options: Any) -> Server:
            options = {"count": lambda _status: None, "limits": Limits(lingering=0.2), **options}
            server = Server(addresses, ConnectionContext(handler=answer, **options))
            stack.callback(server.stop)
            server.start()
            return server

        yield start


@pytest.fixture
def connect() -> Iterator[Callable[[Server], socket.socket]]:
    """Return a function that connects to the first address of a server; all connections are closed after the test."""
    with ExitStack() as stack:

        def connected(server: Server) -> socket.socket:
            host, _, port = server.addresses[0].rpartition(":")
            return stack.enter_context(socket.create_connection((host.strip("[]"), int(port)), timeout=MAX_WAIT))

        yield connected


@pytest.fixture
def metrics() -> ExporterMetrics:
    return ExporterMetrics(now=1000.0, count_connections=lambda: 7)


@pytest.fixture
def ask(application: FakeApplication, metrics: ExporterMetrics, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setattr("lantime_exporter.web.routes.MAX_PAGE_WAIT", 0.05)
    handler = endpoints(application, metrics, logged_reload(application, metrics, clock=lambda: 2000.0))

    def ask_for(target: str, method: str = "GET", **fields: str) -> Response:
        path, _, query = target.partition("?")
        headers = {name.replace("_", "-").lower(): value for name, value in fields.items()}
        return handler(Request(method=method, path=path, query=query, headers=headers))

    return ask_for


@pytest.fixture
def value(metrics: ExporterMetrics) -> Callable[..., float | None]:
    def sample(name: str, **labels: str) -> float | None:
        return metrics.registry.get_sample_value(f"lantime_exporter_{name}", labels)

    return sample
