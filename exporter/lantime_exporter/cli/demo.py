"""``lantime-exporter demo``: simulated devices and the exporter on loopback, to try it without a device."""

import secrets
import signal
from collections.abc import Mapping
from contextlib import ExitStack

from lantime_simulator import SimulatedServer, demo_prometheus
from lantime_simulator.demo_devices import USER, demo_servers, greeting, reachable

from lantime_exporter.cli import output
from lantime_exporter.cli.arguments import Arguments
from lantime_exporter.cli.logs import configure
from lantime_exporter.cli.process_signals import STOP, received
from lantime_exporter.cli.serve import serving
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Settings, Target


def run(arguments: Arguments, _: Mapping[str, str]) -> int:
    """Serve until a signal arrives, with Prometheus if an address for it is given.

    Raises ConfigError if it cannot listen on an address, or if Prometheus is not installed.
    """
    configure("warn", "logfmt")
    with_prometheus = arguments.prometheus_address is not None
    program = demo_prometheus.installed() if with_prometheus else ""
    password = secrets.token_urlsafe(12)
    with ExitStack() as stack:
        # Closing the terminal also shuts the demo down in order; otherwise Prometheus would keep running.
        next_signal = stack.enter_context(received(*STOP, signal.SIGHUP))
        servers = stack.enter_context(demo_servers(password))
        service = stack.enter_context(serving(lambda: settings(servers, password), (arguments.listen_address,)))
        address = reachable(service.server.addresses[0])
        text = greeting(address, servers)
        if with_prometheus:
            listen = demo_prometheus.free_address(arguments.prometheus_address)
            first_page = stack.enter_context(demo_prometheus.watching(address, program, listen))
            text += f"\n{demo_prometheus.pages(first_page)}"
        output.write(f"{text}\n")
        next_signal()
    return 0


def settings(servers: Mapping[str, SimulatedServer], password: str) -> Settings:
    """Return the configuration for the simulated devices."""
    return Settings(
        auths={"default": Auth(username=USER, password=Secret(password))},
        targets=tuple(
            Target(name=name, address=server.url, labels={"site": "demo"}) for name, server in servers.items()
        ),
    )
