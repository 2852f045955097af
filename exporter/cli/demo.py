"""``lantime-exporter demo``: simulated devices and the exporter on loopback, to look at without a device."""

import secrets

from exporter.cli.logs import configure
from exporter.cli.serve import STOP, received, serving
from exporter.config import Auth, Module, Secret, Settings, Source, Target
from exporter.simulator import CATALOGUE, Fleet, Lantime, SimulatedServer, Timetable

USER = "demo"

DEVICES = ("m600", "m300", "m3000", "m1000", "m500")

PERIOD = 1200.0

TIMETABLES = {
    "m300": Timetable(((0.0, ()), (180.0, ("holdover",)), (780.0, ())), PERIOD),
    "m1000": Timetable(((0.0, ()), (240.0, ("antenna-off",)), (840.0, ())), PERIOD),
    "m3000": Timetable(((0.0, ()), (300.0, ("relay-c-nc", "psu-lost")), (900.0, ())), PERIOD),
    "m500": Timetable(((0.0, ()), (360.0, ("unreachable",)), (960.0, ())), PERIOD),
}
"""What happens to the devices by itself: three healthy minutes, then one trouble after the other, and all again."""


def fleet() -> dict[str, Lantime]:
    """Return the devices of the demo by name."""
    return {
        name: Lantime(CATALOGUE[name](), timetable=TIMETABLES[name])
        if name in TIMETABLES
        else Lantime(CATALOGUE[name]())
        for name in DEVICES
    }


def settings(servers: dict[str, SimulatedServer], password: str) -> Settings:
    """Return the configuration that watches the simulated devices."""
    return Settings(
        auths={"default": Auth(username=Source(literal=USER), password=Secret(literal=password))},
        modules={"default": Module()},
        targets=tuple(
            Target(name=name, address=server.url, labels={"site": "demo"}) for name, server in servers.items()
        ),
    )


def run(listen_address: str) -> int:
    """Serve until SIGTERM or Ctrl-C. Raises ConfigError when the address cannot be listened on."""
    configure("warn", "logfmt")
    password = secrets.token_urlsafe(12)
    lantimes = fleet()
    with received(*STOP) as next_signal, Fleet(lantimes.values(), credentials=(USER, password)) as simulated:
        servers = dict(zip(lantimes, simulated.servers, strict=True))
        with serving(lambda: settings(servers, password), (listen_address,)) as service:
            print(greeting(service.server.addresses[0], servers), flush=True)  # noqa: T201
            next_signal()
    return 0


def greeting(address: str, servers: dict[str, SimulatedServer]) -> str:
    """Return what the demo says when it is up."""
    devices = "\n".join(f"  {name:<10} {server.url}" for name, server in servers.items())
    first = next(iter(servers))
    return (
        f"lantime-exporter demo: http://{address}/ (Ctrl-C ends it)\n"
        f"simulated devices:\n{devices}\n"
        f"try: curl 'http://{address}/probe?target={first}'"
    )
