"""Receivers of reference clocks: state and antenna (``module.grc``, ``module.gns`` and similar blocks)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shared_enumerations import ANTENNA
from lantime_exporter.mapping.finders import holding
from lantime_exporter.mapping.readers import first_of, flag, value
from lantime_exporter.mapping.state_readers import flags, state_is
from lantime_exporter.mapping.table import RowGroup, Table, ignored

SLOT = RowGroup("lantime", "slot")

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
        **dict.fromkeys(("lw-sync", "tcr-sync"), "synchronized"),
        **dict.fromkeys(("lw-not-sync", "tcr-not-sync"), "not-synchronized"),
        "lw-never-sync": "never-synchronized",
    },
)

CONNECTED = state_is(ANTENNA, "connected", no=("disconnected",))
"""Whether the antenna is connected; a short circuit does not show it."""

STATUS = Table(
    "chassisN.slots[].module.RECEIVER",
    holding("receiver-status", "receiver", "antenna"),
    SLOT.state("receiver_state", "State of the receiver.", RECEIVER, "receiver-status"),
    SLOT.conditions("receiver_condition", "Conditions of the receiver", flags(Enumeration(()), "receiver")),
    SLOT.gauge(
        "antenna_connected",
        "1 if the antenna is connected.",
        first_of(flag("antenna.connected"), value(CONNECTED, "antenna")),
    ),
    SLOT.gauge(
        "antenna_short_circuit",
        "1 if the antenna line is short-circuited.",
        first_of(flag("antenna.short-circuit"), value(state_is(ANTENNA, "short-circuit"), "antenna")),
    ),
    ignored("ref-type", because="unreliable: 10mhz-freqin on a clock that uses GPS"),
)
