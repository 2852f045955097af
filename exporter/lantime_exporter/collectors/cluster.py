"""Clusters of LANTIMEs that share an address (``network.interfaces[].cluster.ipv4``, ``.ipv6``)."""

from collections.abc import Iterator
from functools import partial

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import flagged
from lantime_exporter.mapping.readers import nonzero, timestamp
from lantime_exporter.mapping.table import RowGroup, Table, ignored

CLUSTER = RowGroup("lantime_cluster", "interface", "family", grade="C")

PORT_STATES = Enumeration.counted("master", "slave", "listening", start=1)
CLOCK_CLASSES = Enumeration.counted("gps", "pzf", "am", "irig", "pps", "ptp", "ntp", "e1", "rdt", start=3)
CLOCK_STATES = Enumeration.counted(
    "normal-operation", "free-running-or-tracking", "antenna-failure", "invalid", start=1
)
RECONFIGURATIONS = Enumeration.counted(
    *("normal", "master-to-slave", "slave-to-master"), start=1, spellings={"currently-none": "normal"}
)
NTP_STATES = Enumeration.counted("not-synchronized", "synchronized", start=1)


def clusters(context: BindingContext) -> Iterator[Scope]:
    """Yield the cluster of each interface and address family."""
    for interface, node in context.data.nodes_in("network.interfaces"):
        for family, member in node.nodes_in("cluster"):
            yield Scope(member, {"interface": interface, "family": family})


MEMBERS, OTHERS = flagged(clusters, "enabled", otherwise=False)

enabled = partial(CLUSTER.constant, "enabled", "1 if the interface is part of a cluster.", grade="A")

OFF = Table(
    "network.interfaces[].cluster.FAMILY",
    OTHERS,
    enabled(0.0),
    ignored(".", because="the cluster is disabled"),
)

ON = Table(
    "network.interfaces[].cluster.FAMILY",
    MEMBERS,
    enabled(1.0),
    CLUSTER.state("port_state", "Role of the device in the cluster.", PORT_STATES, "port-state"),
    CLUSTER.state("clock_class", "Reference of the device as a member of the cluster.", CLOCK_CLASSES, "clock-class"),
    CLUSTER.state("clock_state", "State of the device's clock in the cluster.", CLOCK_STATES, "clock-status"),
    CLUSTER.state("ntp_state", "State of the device's NTP in the cluster.", NTP_STATES, "ntp-status"),
    CLUSTER.state("reconfiguration", "Change of the device's role in progress.", RECONFIGURATIONS, "reconfig-state"),
    CLUSTER.gauge("master_priority", "Priority of the cluster's master.", nonzero("master-priority")),
    CLUSTER.gauge(
        "timestamp_seconds", "Time of the last message of the cluster, Unix seconds.", timestamp("timestamp")
    ),
    CLUSTER.info(
        "master_info", "Identity of the cluster's master.", master_serial="master-serial", master_address="master-ip"
    ),
    ignored("cluster-ip", "communication-ip", because="addresses: configuration, not state"),
)
