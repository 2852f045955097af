"""Receivers of reference clocks: state and antenna (``module.grc``, ``module.gns`` and every block of that shape)."""

from collections.abc import Iterator

from exporter.document.tree import Leaf, Node
from exporter.document.values import flag
from exporter.document.words import Vocabulary
from exporter.mapping.metric import gauge
from exporter.mapping.places import holding
from exporter.mapping.readers import Custom, Found, state
from exporter.mapping.readers import flag as boolean
from exporter.mapping.table import Collector, Row, Scope, Table, ignored
from exporter.mapping.trace import Trace

RECEIVER = Vocabulary(
    ("synchronized", "tracking", "warm-boot", "cold-boot", "waiting-for-data"),
    # meinbergOS; LTOS numbers are not known
    raw={1: "waiting-for-data", 2: "cold-boot", 3: "warm-boot", 4: "synchronized"},
    spellings={"sync": "synchronized", "warmboot": "warm-boot", "coldboot": "cold-boot"},
)


def conditions(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield every flag of the block ``receiver``: synchronized, tracking, warm-boot, cold-boot."""
    block = scope.get("receiver")
    for name, leaf in block.items() if isinstance(block, Node) else ():
        if isinstance(leaf, Leaf):
            yield (name,), (leaf,), flag


STATUS = Table(
    "chassisN.slots[].module.RECEIVER",
    holding("receiver-status", "receiver", "antenna"),
    (
        Row(
            gauge("lantime_receiver_state", "State of the receiver.", "slot", "state"),
            state(RECEIVER, "receiver-status"),
        ),
        Row(
            gauge(
                "lantime_receiver_condition", "Conditions of the receiver, each 1 while it holds.", "slot", "condition"
            ),
            Custom(("receiver.synchronized",), conditions, adds=1, words=True),
        ),
        Row(
            gauge("lantime_antenna_connected", "Whether the antenna is connected.", "slot"),
            boolean("antenna.connected"),
        ),
        Row(
            gauge("lantime_antenna_short_circuit", "Whether the antenna line is short-circuited.", "slot"),
            boolean("antenna.short-circuit"),
        ),
        ignored("ref-type", because="unreliable: it says 10mhz-freqin on a clock that follows GPS"),
    ),
)

COLLECTOR = Collector("receiver", (STATUS,))
