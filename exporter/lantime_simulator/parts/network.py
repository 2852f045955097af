"""``data.network``: ports with counters, interfaces with addresses and cluster state (grade A).

API 10 has neither ``port-available``, ``statistics`` and ``bonding-slave`` nor ``cluster``.
"""

from lantime_simulator.description import SimulatedPort
from lantime_simulator.part import Block, SectionPart
from lantime_simulator.parts import cluster
from lantime_simulator.state import SimulatorState

RECEIVED = (
    *("rx-packets", "rx-bytes", "rx-dropped", "rx-compressed", "rx-nohandler", "rx-errors", "rx-crc-errors"),
    *("rx-fifo-errors", "rx-frame-errors", "rx-length-errors", "rx-missed-errors", "rx-over-errors"),
)
SENT = (
    *("tx-packets", "tx-bytes", "tx-dropped", "tx-compressed", "tx-errors", "tx-aborted-errors"),
    *("tx-carrier-errors", "tx-fifo-errors", "tx-heartbeat-errors", "tx-window-errors"),
)
OTHER = ("multicast", "collisions", "gro-flush-timeout", "mtu")

RATES = {"rx-packets": 11.3, "rx-bytes": 1290.0, "tx-packets": 8.1, "tx-bytes": 1710.0, "multicast": 0.4}
"""Traffic of a port with a link, per second."""

NO_MAC = "00:00:00:00:00:00"


def network(now: SimulatorState) -> Block:
    """Return the section."""
    device = now.device
    return {
        "ports": [_port(now, port) for port in device.ports],
        "interfaces": [_interface(now, index, port) for index, port in enumerate(device.ports[:2])],
    }


def mac_address(now: SimulatorState, port: str) -> str:
    """Return the address of a port, from the locally administered range."""
    digits = f"{now.seed(f'mac/{port}'):08x}"
    return f"02:4c:{digits[0:2]}:{digits[2:4]}:{digits[4:6]}:{digits[6:8]}"


def link(now: SimulatorState, port: SimulatedPort) -> bool:
    """Return whether the port has a link; that of a removed card does not exist."""
    return present(now, port) and port.link and not now.on("link-down", port.name)


def present(now: SimulatorState, port: SimulatedPort) -> bool:
    """Return whether a port has hardware."""
    return port.available and not now.on("module-pulled", port.slot)


def _port(now: SimulatorState, port: SimulatedPort) -> Block:
    there = present(now, port)
    up = link(now, port)
    mac = mac_address(now, port.name) if there else NO_MAC
    block: Block = {
        "object-id": port.name,
        "port-available": there,
        "duplex": "full" if up else "-",
        "operstate": up,
        "speed": str(port.speed) if up else "-",
        "mac-address": mac,
        "link": up,
        "slot-id": port.slot_number if there else -1,
        "slot-name": port.slot if there else "",
        "port-id": int(port.name.removeprefix("lan")) if there else -1,
        "card-name": port.card if there else "unknown",
        "statistics": _statistics(now, port),
        "bonding-slave": _bonding_slave(up, there, mac),
    }
    if now.device.api_major < 16:
        for key in ("port-available", "statistics", "bonding-slave"):
            del block[key]
    return block


def _statistics(now: SimulatorState, port: SimulatedPort) -> Block:
    figures = dict.fromkeys((*RECEIVED, *SENT, *OTHER), 0)
    if present(now, port) and port.link:
        down = now.since("link-down", port.name)
        counted = now if down is None else now.at(now.elapsed - down)
        share = 1.0 if port.name == "lan0" else 0.3
        figures |= {name: counted.count(f"{port.name}/{name}", rate * share) for name, rate in RATES.items()}
    return figures


def _bonding_slave(up: bool, there: bool, mac: str) -> Block:
    return {
        "ad-actor-oper-port-state": "N/A",
        "ad-aggregator-id": "N/A",
        "ad-partner-oper-port-state": "N/A",
        "link-failure-count": "-" if there else "",
        "mii-status": up,
        "perm-hwaddr": mac,
        "queue-id": "-",
        "state": "standalone",
    }


def _interface(now: SimulatorState, index: int, port: SimulatedPort) -> Block:
    modern = now.device.api_major >= 16
    block: Block = {"object-id": f"vif{index}", "ifname": f"{port.name}:{index}"}
    if index == 0:
        kind = "static" if modern else "dhcp"
        block["addresses"] = [
            {
                "object-id": f"ipv4-{kind}",
                "iftype": kind,
                "addresstype": "ipv4",
                "subnet": "255.255.255.0",
                "address": address(now),
            }
        ]
    if modern:
        block["cluster"] = cluster.interface(now, index)
    return block


def address(now: SimulatorState) -> str:
    """Return the management address, from the range for documentation."""
    return f"192.0.2.{10 + now.seed('address') % 200}"


PART = SectionPart(key="network", build=network, enums=cluster.ENUMS)
