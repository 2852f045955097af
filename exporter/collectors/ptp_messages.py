"""Messages of PTPv2 instances: counters and rates by direction and type (modules.md 7, struct names, grade C).

Counters are 32 bits wide and wrap, which Prometheus takes for a restart. A rate is what its key says, messages per
second; the header's struct of that name holds 256 times as much, so compare it with the counters once.
"""

import re
from collections.abc import Iterator
from functools import partial

from exporter.collectors.common.ptp import running
from exporter.document.tree import Leaf, Node
from exporter.document.values import number
from exporter.document.words import normalise
from exporter.mapping import readers
from exporter.mapping.metric import Grade, counter, gauge
from exporter.mapping.readers import Custom, Found
from exporter.mapping.table import Collector, Row, Scope, Table
from exporter.mapping.trace import Trace

LABELS = ("slot", "instance")

DIRECTIONS = {
    **dict.fromkeys(("rx", "received", "receive"), "receive"),
    **dict.fromkeys(("tx", "sent", "transmitted", "transmit"), "transmit"),
}
TYPES = {
    normalise(spelling): kind
    for kind, spellings in {
        "all": ("all", "total"),
        "announce": ("announce",),
        "sync": ("sync",),
        "follow-up": ("follow-up",),
        "delay-req": ("delay-req", "delay-request"),
        "delay-resp": ("delay-resp", "delay-response"),
        "pdelay-req": ("pdelay-req", "pdelay-request"),
        "pdelay-resp": ("pdelay-resp", "pdelay-response"),
        "pdelay-follow-up": ("pdelay-follow-up", "pdelay-resp-follow-up"),
        "signalling": ("signalling", "signaling"),
        "management": ("management",),
        "management-err": ("management-err", "management-error"),
    }.items()
    for spelling in spellings
}
MESSAGES = re.compile(
    rf"({'|'.join(DIRECTIONS)})({'|'.join(TYPES)})(?:messages?|msgs?|packets?|count(?:er)?)?(persec(?:ond)?)?"
)
RATES = re.compile(r".*(rates?|persec(ond)?)")


def blocks(trace: Trace) -> Iterator[Scope]:
    """Yield every object of every running instance."""
    for found in running(trace):
        for block in found.blocks():
            yield found.scope.within(block)


def messages(trace: Trace, scope: Scope, *, rates: bool) -> Iterator[Found]:
    """Yield the counters, or the rates, of an object: ``rx-announce``, or ``announce`` in ``rx``, or the reverse.

    A rate says so in its key (``rx-announce-per-sec``) or in the key of its object or of the one above.
    """
    block = scope.node
    if not isinstance(block, Node):
        return
    above = normalise(block.path[-1])
    rated = any(RATES.fullmatch(normalise(part)) for part in block.path[-2:])
    for name, leaf in block.items():
        key = normalise(name)
        match = next(filter(None, map(MESSAGES.fullmatch, (key, above + key, key + above))), None)
        if match and isinstance(leaf, Leaf) and (rated or match[3] is not None) == rates:
            yield (DIRECTIONS[match[1]], TYPES[match[2]]), (leaf,), number


COUNTERS = Table(
    "chassisN.slots[].module.PTP",
    blocks,
    (
        Row(
            counter(
                "lantime_ptp_messages_total",
                "PTP messages by direction and type; the type all is the sum of the others.",
                *LABELS,
                *("direction", "type"),
                grade=Grade.C,
            ),
            Custom(("rx-announce", "tx-announce"), partial(messages, rates=False), adds=2),
        ),
        Row(
            gauge(
                "lantime_ptp_messages_per_second",
                "Rate of PTP messages by direction and type as the card states it, in messages per second.",
                *LABELS,
                *("direction", "type"),
                grade=Grade.D,
            ),
            Custom(("rx-announce-per-sec", "tx-announce-per-sec"), partial(messages, rates=True), adds=2),
        ),
        Row(
            counter(
                "lantime_ptp_announce_receipt_timeouts_total",
                "Times a master was given up because its announce messages stayed away.",
                *LABELS,
                grade=Grade.C,
            ),
            readers.number("ann-receipt-timeout", "announce-receipt-timeouts", "ann-receipt-timeouts"),
        ),
    ),
)

COLLECTOR = Collector("ptp_messages", (COUNTERS,))
