"""Shared by the tests of the device client: clients that are closed, certificates, a clock that tests set."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.device.auth import DeviceAccess
from lantime_exporter.device.client import Clocks, DeviceClient
from lantime_exporter.device.connection import OpenConnections
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.endpoint import parse_endpoint

AUTH = Auth(username="monitor", password=Secret("hunter2"))


@dataclass
class Clock:
    """A clock that tests advance."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_connections() -> OpenConnections:
    """Count the open connections of all clients of a test."""
    return OpenConnections()


@pytest.fixture
def open_client(open_connections: OpenConnections) -> Iterator[Callable[..., DeviceClient]]:
    """Return a function that creates a client for an address; all are closed at the end."""
    clients: list[DeviceClient] = []
    contexts = TlsContexts()

    def make(
        address: str,
        *,
        auth: Auth = AUTH,
        module: Module | None = None,
        clock: Callable[[], float] | None = None,
        sessions: int = 20,
        access: DeviceAccess | None = None,
    ) -> DeviceClient:
        client = DeviceClient(
            parse_endpoint(address),
            auth,
            module or Module(),
            contexts=contexts,
            access=access,
            open_connections=open_connections,
            sessions=sessions,
            clocks=Clocks() if clock is None else Clocks(monotonic=clock),
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def fetch(open_client: Callable[..., DeviceClient]) -> Callable[..., Fetch]:
    """Return a function that fetches the status of an address once."""

    def ask(address: str, *, seconds: float = 5.0, module: Module | None = None, auth: Auth = AUTH) -> Fetch:
        return open_client(address, module=module, auth=auth).fetch("/api/status", Deadline.after(seconds))

    return ask


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def certificate(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1", "localhost")


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def server_tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    return server_context(certificate)


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
