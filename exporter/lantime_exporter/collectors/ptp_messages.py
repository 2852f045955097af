"""Messages of PTPv2 instances: counters, rates, intervals (docs/modules.md, struct names, grade C).

Counters are 32 bits wide and wrap, which Prometheus treats as a restart. Rates are messages per second, as their
keys say; the struct of that name in the header has 256 times as much, so compare them with the counters once.
"""

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from lantime_exporter.collectors.common.ptp_instances import INSTANCE, PATH, PORT, port_table, running
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, spelling_of
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import Reader, count
from lantime_exporter.mapping.table import Table

DIRECTIONS = {
    **dict.fromkeys(("rx", "received", "receive"), "receive"),
    **dict.fromkeys(("tx", "sent", "transmitted", "transmit"), "transmit"),
}
TYPES = Enumeration(
    (
        *("all", "announce", "sync", "follow-up", "delay-req", "delay-resp", "pdelay-req", "pdelay-resp"),
        *("pdelay-follow-up", "signalling", "management", "management-err"),
    ),
    spellings={
        "total": "all",
        "delay-request": "delay-req",
        "delay-response": "delay-resp",
        "pdelay-request": "pdelay-req",
        "pdelay-response": "pdelay-resp",
        "pdelay-resp-follow-up": "pdelay-follow-up",
        "signaling": "signalling",
        "management-error": "management-err",
    },
)
TYPE = "|".join(map(spelling_of, (*TYPES.states, *TYPES.spellings)))
MESSAGES = re.compile(rf"({'|'.join(DIRECTIONS)})({TYPE})(?:messages?|msgs?|packets?|count(?:er)?)?(persec(?:ond)?)?")
RATES = re.compile(r".*(rates?|persec(ond)?)")

TIMED = ("announce", "sync", "delay-req", "pdelay-req")
SUFFIXES = ("interval", "intv")
PORT_DATA_SET = frozenset({"portds", "portdataset", "portdatasets"})
"""All its intervals are logarithms (IEEE 1588)."""

NOT_SENT = 127
"""Log interval of messages that are not sent (IEEE 1588)."""


def blocks(context: BindingContext) -> Iterator[Scope]:
    """Yield every object of every running instance."""
    for found in running(context):
        for block in found.blocks():
            yield found.scope.within(block)


@lru_cache(maxsize=4096)
def message(key: str, above: str) -> tuple[str, str, bool] | None:
    """Return direction, type, and whether the key marks a rate; keys are normalised."""
    match = next(filter(None, map(MESSAGES.fullmatch, (key, above + key, key + above))), None)
    return (DIRECTIONS[match[1]], TYPES.state(match[2]) or "", match[3] is not None) if match else None


def messages(context: BindingContext, scope: Scope, *, rates: bool) -> Iterator[Found]:
    """Yield the counters, or the rates, of an object: ``rx-announce``, or ``announce`` in ``rx``, or the reverse.

    A rate is marked in its key (``rx-announce-per-sec``), in that of its object, or in the one above.
    """
    block = scope.node
    above = spelling_of(block.path[-1])
    rated = any(RATES.fullmatch(spelling_of(part)) for part in block.path[-2:])
    for name, leaf in block.items():
        found = message(spelling_of(name), above)
        if found and isinstance(leaf, Leaf):
            direction, kind, is_rate = found
            if (rated or is_rate) == rates:
                yield Found((leaf,), values.count, (direction, kind))


def interval(raw: Scalar) -> float | None:
    """Return an interval in seconds from its logarithm to the base of 2."""
    return None if values.number(raw) == NOT_SENT else values.exponent(raw)


def intervals(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the message intervals that are logarithms, by their key or as members of the port data set."""
    for kind in TIMED:
        stems = (kind, f"min-{kind}")
        logarithm = scope.node.leaf(*(f"log-{stem}-{word}" for stem in stems for word in SUFFIXES))
        member = scope.node.leaf(*(f"{stem}-{word}" for stem in stems for word in SUFFIXES))
        if logarithm:
            yield Found((logarithm,), interval, (kind,))
        elif member and not PORT_DATA_SET.isdisjoint(map(spelling_of, member.path)):
            yield Found((member,), interval, (kind,))


COUNTERS = Table(
    PATH,
    blocks,
    INSTANCE.counter(
        "messages_total",
        "PTP messages by direction and type; the type all is the total.",
        Reader(("rx-announce", "tx-announce"), partial(messages, rates=False)),
        *("direction", "type"),
    ),
    INSTANCE.gauge(
        "messages_per_second",
        "Rate of PTP messages by direction and type, reported by the card, in messages per second.",
        Reader(("rx-announce-per-sec", "tx-announce-per-sec"), partial(messages, rates=True)),
        *("direction", "type"),
        grade="D",
    ),
    INSTANCE.counter(
        "announce_receipt_timeouts_total",
        "Announce receipt timeouts: the master sent no announce messages.",
        count("ann-receipt-timeout", "announce-receipt-timeouts", "ann-receipt-timeouts"),
    ),
)

INTERVALS = port_table(
    running,
    PORT.seconds(
        "message_interval",
        "Configured interval of messages",
        Reader(("log-announce-interval",), intervals),
        "type",
    ),
    PORT.gauge(
        "announce_receipt_timeout_intervals",
        "Announce intervals without a message before the timeout.",
        count("announce-receipt-timeout"),
    ),
)
