"""``lantime-exporter demo``: simulated devices and the exporter on loopback, to try it without a device."""

import secrets
import signal
from collections.abc import Mapping
from contextlib import ExitStack
from urllib.parse import urljoin

from lantime_simulator import CATALOGUE, Lantime, SimulatedNetwork, SimulatedServer, Timetable

from lantime_exporter.cli import output, prometheus
from lantime_exporter.cli.arguments import Arguments
from lantime_exporter.cli.logs import configure
from lantime_exporter.cli.process_signals import STOP, received
from lantime_exporter.cli.serve import serving
from lantime_exporter.config import Auth, Module, Secret, Settings, Source, Target

USER = "demo"

DEVICES = ("m600", "m300", "m3000", "m1000", "m500")

PERIOD = 1200.0

TIMETABLES = {
    "m300": Timetable(((0.0, ()), (180.0, ("holdover",)), (780.0, ())), PERIOD),
    "m1000": Timetable(((0.0, ()), (240.0, ("antenna-off",)), (840.0, ())), PERIOD),
    "m3000": Timetable(((0.0, ()), (300.0, ("relay-c-nc", "psu-lost")), (900.0, ())), PERIOD),
    "m500": Timetable(((0.0, ()), (360.0, ("unreachable",)), (960.0, ())), PERIOD),
}
"""The faults of the simulated devices: three healthy minutes, then one fault after another; this repeats."""


def simulated_devices() -> dict[str, Lantime]:
    """Return the devices of the demo by name."""
    return {
        name: Lantime(CATALOGUE[name](), timetable=TIMETABLES[name])
        if name in TIMETABLES
        else Lantime(CATALOGUE[name]())
        for name in DEVICES
    }


def settings(servers: dict[str, SimulatedServer], password: str) -> Settings:
    """Return the configuration for the simulated devices."""
    return Settings(
        auths={"default": Auth(username=Source(literal=USER), password=Secret(literal=password))},
        modules={"default": Module()},
        targets=tuple(
            Target(name=name, address=server.url, labels={"site": "demo"}) for name, server in servers.items()
        ),
    )


def run(arguments: Arguments, _: Mapping[str, str]) -> int:
    """Serve until a signal arrives, with Prometheus if an address for it is given.

    Raises ConfigError if it cannot listen on an address, or if Prometheus is not installed.
    """
    configure("warn", "logfmt")
    with_prometheus = arguments.prometheus_address is not None
    program = prometheus.installed() if with_prometheus else ""
    password = secrets.token_urlsafe(12)
    lantimes = simulated_devices()
    with ExitStack() as stack:
        # Closing the terminal also shuts the demo down in order; otherwise Prometheus would keep running.
        next_signal = stack.enter_context(received(*STOP, signal.SIGHUP))
        simulated = stack.enter_context(SimulatedNetwork(lantimes.values(), credentials=(USER, password)))
        servers = dict(zip(lantimes, simulated.servers, strict=True))
        service = stack.enter_context(serving(lambda: settings(servers, password), (arguments.listen_address,)))
        address = reachable(service.server.addresses[0])
        text = greeting(address, servers)
        if with_prometheus:
            listen = prometheus.free_address(arguments.prometheus_address)
            text += seen_by(stack.enter_context(prometheus.watching(address, program, listen)))
        output.write(f"{text}\n")
        next_signal()
    return 0


def reachable(address: str) -> str:
    """Return an address for a browser: ``localhost`` if the program listens on all interfaces."""
    host, _, port = address.rpartition(":")
    return f"localhost:{port}" if host in ("[::]", "0.0.0.0", "") else address  # noqa: S104 - compared, not bound


def greeting(address: str, servers: dict[str, SimulatedServer]) -> str:
    """Return the text that the demo prints when it is ready."""
    devices = "\n".join(f"  {name:<10} {server.url}" for name, server in servers.items())
    first = next(iter(servers))
    return (
        f"lantime-exporter demo: http://{address}/ (Ctrl-C ends it)\n"
        f"simulated devices:\n{devices}\n"
        f"try: curl 'http://{address}/probe?target={first}'"
    )


def seen_by(first_page: str) -> str:
    """Return the text about the pages of Prometheus."""
    alerts = (
        prometheus.alerts_page(first_page) if prometheus.rule_files() else "no rules here, see alerts/ of the source"
    )
    return f"\nprometheus: {urljoin(first_page, '/')}\nalerts: {alerts}"
