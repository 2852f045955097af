"""Network ports: link, speed, counters, bonding (``network.ports[]``)."""

from collections.abc import Iterator

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import scaled
from lantime_exporter.errors import DecodeError
from lantime_exporter.mapping.binding_context import BindingContext, Scope, once
from lantime_exporter.mapping.finders import each, flagged
from lantime_exporter.mapping.readers import count, flag, number, value
from lantime_exporter.mapping.table import RowGroup, Table, ignored

PORT = RowGroup("lantime_network", "port")

COUNTERS = (
    ("rx", "receive", "nohandler crc-errors fifo-errors frame-errors length-errors missed-errors over-errors"),
    ("tx", "transmit", "aborted-errors carrier-errors fifo-errors heartbeat-errors window-errors"),
)
"""Directions with the kernel counters that only one of them has, in the spelling of LTOS."""

BONDING = Enumeration(("standalone", "active", "backup"))


@once
def network_ports(context: BindingContext) -> Iterator[Scope]:
    """Return every port by name; the names of later ports with an equal name begin with their slot.

    A PSX card has ports ``lan0`` and ``lan1``, as the CPU has.
    """
    taken: set[str] = set()
    for element, node in context.data.nodes_in("network.ports"):
        name = context.name(node.leaf("object-id")) or element
        if name in taken:
            slot = context.name(node.leaf("slot-name"))
            name = f"{slot}/{name}" if slot and f"{slot}/{name}" not in taken else element
        taken.add(name)
        yield Scope(node, {"port": name})


MAX_MEGABITS = 1_000_000
UNKNOWN_SPEED = 65_535


def speed(raw: Scalar) -> float | None:
    """Return the speed of a link in bits per second from Mbit/s. Linux' values for unknown raise DecodeError."""
    megabits = scaled(raw, least=0.0, most=MAX_MEGABITS)
    if megabits == UNKNOWN_SPEED:
        raise DecodeError("expected a speed in Mbit/s, got the number of an unknown one")
    return None if megabits is None else megabits * 1e6


PRESENT, CONFIGURED = flagged(network_ports, "port-available", otherwise=True)
"""The ports that exist, and those that are only configured."""

LINK = Table(
    "network.ports[]",
    network_ports,
    PORT.gauge("up", "1 if the port has a link.", flag("link")),
    PORT.gauge("port_available", "1 if the port exists; 0 if it is only configured.", flag("port-available")),
    PORT.gauge("operational", "1 if the port is up for the operating system.", flag("operstate")),
)

PHANTOM = Table(
    "network.ports[]",
    CONFIGURED,
    ignored(".", because="the port does not exist: these are placeholders"),
)

STATISTICS = Table(
    "network.ports[]",
    PRESENT,
    PORT.info(
        "info", "Identity of the port.", mac_address="mac-address", card="card-name", slot="slot-name", duplex="duplex"
    ),
    PORT.gauge("speed_bits_per_second", "Speed of the link, in bits per second.", value(speed, "speed")),
    ignored("slot-id", "port-id", because="the name of the slot is exported"),
    *(
        PORT.counter(
            f"{word}_{kind.replace('-', '_')}_total",
            f"Counter {direction}-{kind} of the port, in {'bytes' if kind == 'bytes' else 'packets'}; "
            "reset when the device starts.",
            number(f"statistics.{direction}-{kind}"),
        )
        for direction, word, kinds in COUNTERS
        for kind in ("packets", "bytes", "errors", "dropped", "compressed", *kinds.split())
    ),
    PORT.counter("receive_multicast_total", "Multicast packets received.", number("statistics.multicast")),
    PORT.counter("collisions_total", "Collisions on the port.", number("statistics.collisions")),
    ignored("statistics.mtu", because="0 although the link is up"),
    ignored("statistics.gro-flush-timeout", because="a setting of the kernel"),
    PORT.state("bonding_state", "Role of the port in a bond.", BONDING, "bonding-slave.state"),
    PORT.gauge("mii_up", "1 if the bonding driver sees a link (MII status).", flag("bonding-slave.mii-status")),
    PORT.counter(
        "link_failures_total", "Link failures counted by the bonding driver.", count("bonding-slave.link-failure-count")
    ),
    ignored("bonding-slave.perm-hwaddr", because="the address is exported with the port"),
    ignored(
        *("bonding-slave.queue-id", "bonding-slave.ad-aggregator-id"),
        *("bonding-slave.ad-actor-oper-port-state", "bonding-slave.ad-partner-oper-port-state"),
        because="details of the bonding protocol",
    ),
)

INTERFACES = Table(
    "network.interfaces[]",
    each("network.interfaces", interface="object-id"),
    ignored("ifname", "addresses", because="names and addresses: configuration, not state"),
)
