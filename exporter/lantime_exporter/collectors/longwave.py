"""Long wave receivers: signal and time code (``module.dcf77``, and similar blocks for MSF and WWVB)."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shared_enumerations import reference_type
from lantime_exporter.document.tree import Node, spelling_of
from lantime_exporter.mapping.finders import blocks_that
from lantime_exporter.mapping.readers import percent
from lantime_exporter.mapping.state_readers import flags
from lantime_exporter.mapping.table import RowGroup, Table

RECEIVER = RowGroup("lantime_longwave", "slot")

PCPS = Enumeration(("freer", "dl-enb", "syncd", "dl-ann", "utc", "ls-ann", "iftm", "invt"))

NAMES = frozenset({"dcf77", "msf", "wwvb", "jjy"})
MARKS = ("correlation", "field-strength", "pcps")


def is_receiver(key: str, block: Node) -> bool:
    """Return whether a block is named after a transmitter, or has a value of only such receivers."""
    return spelling_of(key) in NAMES or block.get(*MARKS) is not None


LONGWAVE = Table(
    "chassisN.slots[].module.dcf77",
    blocks_that(is_receiver),
    RECEIVER.gauge("correlation_ratio", "Correlation of the received signal, 0 to 1.", percent("correlation")),
    RECEIVER.gauge(
        "field_strength_ratio",
        "Field strength of the received signal, 0 to 1.",
        percent("field-strength", "signal", "signal-strength"),
    ),
    RECEIVER.gauge(
        "condition",
        "PCPS flags, each 1 while it applies: freer (free running), invt (time invalid), syncd (synchronized "
        "since power-up), dl-enb (daylight saving), dl-ann, ls-ann (announced), iftm (set by interface), utc.",
        flags(PCPS, "pcps", "flags"),
        "condition",
    ),
    RECEIVER.info("info", "Type of the long wave receiver.", type="type", ref_type=("ref-type", reference_type)),
)
