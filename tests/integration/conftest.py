"""Shared by the integration tests: the fleet of the demo with an exporter, Prometheus."""

from collections.abc import Iterator

import bcrypt
import msgspec
import pytest
import trustme
from lantime_exporter.cli import demo
from lantime_exporter.cli.serve import serving
from lantime_exporter.config.settings import Module, Settings
from lantime_exporter.web.access_control import AccessControl
from lantime_simulator import Lantime, SimulatedNetwork
from lantime_simulator.demo_devices import USER, simulated_devices

from tests.integration.watched import WEB_PASSWORD, WEB_USER, Watched

PASSWORD = "hunter2"


@pytest.fixture(scope="session")
def fleet() -> Iterator[tuple[dict[str, Lantime], Settings]]:
    """The devices of the demo, and settings for them."""
    lantimes = simulated_devices()
    with SimulatedNetwork(lantimes.values(), credentials=(USER, PASSWORD)) as simulated:
        settings = demo.settings(dict(zip(lantimes, simulated.servers, strict=True)), PASSWORD)
        yield (
            lantimes,
            msgspec.structs.replace(settings, modules={**settings.modules, "clocks": Module(collectors=("clock",))}),
        )


@pytest.fixture(scope="session")
def watched(fleet: tuple[dict[str, Lantime], Settings]) -> Iterator[Watched]:
    """An exporter for the fleet."""
    lantimes, settings = fleet
    with serving(lambda: settings, ("127.0.0.1:0",)) as service:
        yield Watched(lantimes, service.server.addresses[0])


@pytest.fixture(scope="session")
def guarded(fleet: tuple[dict[str, Lantime], Settings], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The same behind TLS and basic authentication."""
    folder = tmp_path_factory.mktemp("web")
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    for pem in certificate.cert_chain_pems:
        pem.write_to_path(folder / "cert.pem", append=True)
    hashed = bcrypt.hashpw(WEB_PASSWORD.encode(), bcrypt.gensalt(rounds=4)).decode()
    web = folder / "web.yml"
    web.write_text(
        f"tls_server_config: {{cert_file: cert.pem, key_file: key.pem}}\nbasic_auth_users: {{{WEB_USER}: '{hashed}'}}\n"
    )
    lantimes, settings = fleet
    with serving(lambda: settings, ("127.0.0.1:0",), AccessControl(web)) as service:
        yield Watched(lantimes, service.server.addresses[0], folder / "ca.pem")
