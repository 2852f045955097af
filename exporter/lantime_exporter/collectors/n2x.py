"""NTP as a reference input of a card (N2X in NTP mode; docs/modules.md, grade D). In PTP mode see ``ptp``."""

from lantime_exporter.document.shared_enumerations import CLOCK
from lantime_exporter.document.tree import Node
from lantime_exporter.mapping.finders import blocks_that
from lantime_exporter.mapping.readers import count, seconds
from lantime_exporter.mapping.table import RowGroup, Table, ignored

NTP_INPUT = RowGroup("lantime_ntp_input", "slot", grade="D")


def is_input(_: str, block: Node) -> bool:
    """Return whether a block contains a stratum, and a server or a reach."""
    return block.leaf("stratum") is not None and block.leaf("reach", "server") is not None


INPUTS = Table(
    "chassisN.slots[].module.n2x",
    blocks_that(is_input),
    NTP_INPUT.state("state", "Synchronization of the card to its NTP server.", CLOCK, "state"),
    NTP_INPUT.gauge("stratum", "Stratum of the NTP server.", count("stratum", most=255)),
    NTP_INPUT.seconds("offset", "Offset of the card from the NTP server", seconds("offset")),
    NTP_INPUT.seconds("delay", "Round-trip delay to the NTP server", seconds("delay")),
    NTP_INPUT.gauge(
        "reach", "Last eight polls of the NTP server as bits, 255 if all were answered.", count("reach", most=255)
    ),
    ignored("server", because="an address: configuration, not state"),
)
