"""NTP: the server itself and each of its associations (``ntp[]``)."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import count, flag, nonzero, number, value, value_beside
from lantime_exporter.mapping.table import RowGroup, Table, ignored

NTP = RowGroup("lantime_ntp")
ASSOCIATION = RowGroup("lantime_ntp_association", "association")

CLOCK_SOURCES = Enumeration.counted(
    "unspec", "pps", "lf-radio", "hf-radio", "uhf-radio", "local", "ntp", "other", "wristwatch", "telephone"
)

SELECTIONS = Enumeration.counted(
    *("reject", "falsetick", "excess", "outlier", "candidate", "backup", "sys-peer", "pps-peer"),
    spellings={"falseticker": "falsetick", "system-peer": "sys-peer"},
)

STRATUM = count("stratum", most=255)


def entries(context: BindingContext, *, is_own: bool) -> Iterator[Scope]:
    """Yield the server itself, which alone has system variables, or the associations."""
    for name, node in context.data.nodes_in("ntp"):
        has_system = node.get("status-sys-leap-indicator", "tai", "clk-jitter") is not None
        if is_own == (name == "sys" or has_system):
            yield Scope(node, {"association": name})


def system(context: BindingContext) -> Iterator[Scope]:
    """Return the server itself: the first entry that is one."""
    return (Scope(entry.node) for entry in islice(entries(context, is_own=True), 1))


SYSTEM = Table(
    "ntp[sys]",
    system,
    NTP.gauge("stratum", "Stratum of the NTP server; 16 is not synchronized.", STRATUM),
    NTP.gauge(
        "leap_indicator", "Leap indicator: 0 none, 1 insert, 2 delete, 3 not synchronized.", count("leap", most=3)
    ),
    NTP.seconds("root_delay", "Round-trip delay to the reference", number("rootdelay")),
    NTP.seconds("root_dispersion", "Dispersion to the reference", count("rootdisp")),
    NTP.seconds("jitter", "Jitter of the NTP clock", count("clk-jitter")),
    NTP.seconds("precision", "Precision of the NTP clock", value(values.exponent, "precision")),
    NTP.gauge("tai_offset_seconds", "TAI minus UTC, in seconds; absent if unknown.", nonzero("tai")),
    NTP.timestamp("leap_file_expiry", "Expiry of the leap second file", "expire"),
    NTP.timestamp("leap_second", "Last or next leap second of the file", "leapsec"),
    NTP.state("clock_source", "Type of the source that NTP uses.", CLOCK_SOURCES, "status-sys-clock-source"),
    NTP.info("system_info", "Reference of the NTP server.", refid="refid"),
    ignored("association-id", "id", "name", because="the server itself, always localhost"),
    ignored("status", because="the status word, decoded in other fields"),
    ignored("status-sys-leap-indicator", because="the same as leap"),
    ignored("status-sys-event-counter", "status-sys-event-code", because="the last event, not a state"),
    ignored("clk-wander", because="uncertain unit"),
)


def trusted(register: Scalar, ok: Scalar = None) -> float | None:
    """Return the reach register; API 10 sends a meaningless 0 for a source that it calls reachable."""
    figure = values.scaled(register, least=0.0, most=255.0)
    return None if figure == 0 and values.flag(ok) else figure


ASSOCIATIONS = Table(
    "ntp[]",
    partial(entries, is_own=False),
    ASSOCIATION.info("info", "Identity of the association.", address="id", refid="refid"),
    ASSOCIATION.seconds("offset", "Time offset from the source", number("offset")),
    ASSOCIATION.seconds("delay", "Round-trip delay to the source", number("delay")),
    ASSOCIATION.seconds("dispersion", "Dispersion of the source", count("dispersion")),
    ASSOCIATION.gauge("stratum", "Stratum of the source.", STRATUM),
    ASSOCIATION.gauge("reachable", "1 if the source responds.", flag("status-peer-reach-ok")),
    ASSOCIATION.gauge(
        "reach",
        "Last eight polls of the source as bits, 255 if all were answered.",
        value_beside(trusted, ("reach",), ("status-peer-reach-ok",)),
    ),
    ASSOCIATION.state("selection", "Role of the source in the NTP selection.", SELECTIONS, "status-peer-selection"),
    ASSOCIATION.gauge("leap_indicator", "Leap indicator of the source, 0 to 3.", count("leap", most=3)),
    ASSOCIATION.seconds("root_delay", "Root delay of the source", number("rootdelay")),
    ASSOCIATION.seconds("root_dispersion", "Root dispersion of the source", count("rootdisp")),
    ASSOCIATION.seconds("precision", "Precision of the source", value(values.exponent, "precision")),
    ASSOCIATION.gauge("configured", "1 if the source is configured, not discovered.", flag("status-peer-configured")),
    ASSOCIATION.gauge("broadcast", "1 if the association uses broadcast.", flag("status-peer-broadcast")),
    ASSOCIATION.gauge("authentication_enabled", "1 if the source must authenticate.", flag("status-peer-auth-enabled")),
    ASSOCIATION.gauge("authentication_ok", "1 if the source authenticated.", flag("status-peer-auth-ok")),
    ignored("association-id", "name", because="the name and the address are exported"),
    ignored("status", because="the status word, decoded in other fields"),
    ignored("status-peer-event-counter", "status-peer-event-code", because="the last event, not a state"),
    ignored("poll-status", because="the same as reach"),
)
