"""Receivers of reference clocks: state and antenna (``module.grc``, ``module.gns`` and similar blocks)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.shared_enumerations import ANTENNA
from lantime_exporter.document.values import flag
from lantime_exporter.exposition.metric import MetricGroup
from lantime_exporter.mapping.finders import holding
from lantime_exporter.mapping.readers import Value, flags, state
from lantime_exporter.mapping.table import Collector, Row, Table, ignored

SLOT = MetricGroup("lantime", "slot")

RECEIVER = Enumeration(
    ("synchronized", "tracking", "warm-boot", "cold-boot", "not-synchronized"),
    # The MIB's substates; smaller numbers mean different things in the MIB and in meinbergOS and stay numbers.
    raw={
        50: "never-synchronized",
        51: "not-synchronized",
        52: "synchronized",
        100: "not-synchronized",
        101: "synchronized",
    },
    spellings={
        "lw-never-sync": "never-synchronized",
        "lw-not-sync": "not-synchronized",
        "lw-sync": "synchronized",
        "tcr-not-sync": "not-synchronized",
        "tcr-sync": "synchronized",
    },
)


def connected(raw: Scalar) -> float | None:
    """Return whether the antenna is connected; None for a short circuit, which does not show it."""
    return {"connected": 1.0, "disconnected": 0.0}.get(ANTENNA.state(raw) or "")


def shorted(raw: Scalar) -> float | None:
    """Return whether the antenna line is short-circuited."""
    return {"connected": 0.0, "disconnected": 0.0, "short-circuit": 1.0}.get(ANTENNA.state(raw) or "")


STATUS = Table(
    "chassisN.slots[].module.RECEIVER",
    holding("receiver-status", "receiver", "antenna"),
    (
        Row(SLOT.gauge("receiver_state", "State of the receiver.", "state"), state(RECEIVER, "receiver-status")),
        Row(
            SLOT.gauge("receiver_condition", "Conditions of the receiver, each 1 while it applies.", "condition"),
            flags("receiver"),
        ),
        Row(
            SLOT.gauge("antenna_connected", "1 if the antenna is connected."),
            Value({"antenna.connected": flag, "antenna": connected}),
        ),
        Row(
            SLOT.gauge("antenna_short_circuit", "1 if the antenna line is short-circuited."),
            Value({"antenna.short-circuit": flag, "antenna": shorted}),
        ),
        ignored("ref-type", because="unreliable: 10mhz-freqin on a clock that uses GPS"),
    ),
)

COLLECTOR = Collector("receiver", (STATUS,))
