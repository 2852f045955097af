"""The simulated devices of ``lantime-exporter demo``, the faults that they show, and what the demo prints."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lantime_simulator.devices import CATALOGUE
from lantime_simulator.lantime import ALWAYS_HEALTHY, Lantime
from lantime_simulator.scenarios import Timetable
from lantime_simulator.server import SimulatedNetwork, SimulatedServer

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
    return {name: Lantime(CATALOGUE[name](), timetable=TIMETABLES.get(name, ALWAYS_HEALTHY)) for name in DEVICES}


@contextmanager
def demo_servers(password: str) -> Iterator[dict[str, SimulatedServer]]:
    """Serve the devices on loopback during a ``with`` block, by name; ``USER`` may read them."""
    lantimes = simulated_devices()
    with SimulatedNetwork(lantimes.values(), credentials=(USER, password)) as network:
        yield dict(zip(lantimes, network.servers, strict=True))


def reachable(address: str) -> str:
    """Return an address for a browser: ``localhost`` if the program listens on all interfaces."""
    host, _, port = address.rpartition(":")
    return f"localhost:{port}" if host in ("[::]", "0.0.0.0", "") else address  # noqa: S104 - compared, not bound


def greeting(address: str, servers: Mapping[str, SimulatedServer]) -> str:
    """Return the text that the demo prints when it is ready."""
    devices = "\n".join(f"  {name:<10} {server.url}" for name, server in servers.items())
    first = next(iter(servers))
    return (
        f"lantime-exporter demo: http://{address}/ (Ctrl-C ends it)\n"
        f"simulated devices:\n{devices}\n"
        f"try: curl 'http://{address}/probe?target={first}'"
    )
