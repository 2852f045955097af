"""NTP: the server itself and each of its associations (``ntp[]``)."""

from collections.abc import Iterator

from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import exponent
from lantime_exporter.exposition.metric import MetricGroup
from lantime_exporter.mapping.binding_context import BindingContext
from lantime_exporter.mapping.readers import (
    Custom,
    Found,
    count,
    flag,
    info_labels,
    nonzero,
    number,
    state,
    timestamp,
    value,
)
from lantime_exporter.mapping.table import Collector, Row, Scope, Table, ignored

NTP = MetricGroup("lantime_ntp")
ASSOCIATION = MetricGroup("lantime_ntp_association", "association")

CLOCK_SOURCES = Enumeration.counted(
    "unspec", "pps", "lf-radio", "hf-radio", "uhf-radio", "local", "ntp", "other", "wristwatch", "telephone"
)

SELECTIONS = Enumeration.counted(
    *("reject", "falsetick", "excess", "outlier", "candidate", "backup", "sys-peer", "pps-peer"),
    spellings={"falseticker": "falsetick", "system-peer": "sys-peer"},
)


STRATUM = count("stratum", most=255)


def entries(context: BindingContext) -> Iterator[tuple[str, Node, bool]]:
    """Yield name, node and whether it is the server itself, which alone has system variables."""
    block = context.data.node("ntp")
    for name, node in block.nodes() if block else ():
        own = name == "sys" or node.get("status-sys-leap-indicator", "tai", "clk-jitter") is not None
        yield name, node, own


def system(context: BindingContext) -> Iterator[Scope]:
    """Yield the server itself."""
    for _, node, own in entries(context):
        if own:
            yield Scope(node)
            return


def associations(context: BindingContext) -> Iterator[Scope]:
    """Yield every association."""
    for name, node, own in entries(context):
        if not own:
            yield Scope(node, {"association": name})


SYSTEM = Table(
    "ntp[sys]",
    system,
    (
        Row(NTP.gauge("stratum", "Stratum of the NTP server; 16 is not synchronized."), STRATUM),
        Row(
            NTP.gauge("leap_indicator", "Leap indicator: 0 none, 1 insert, 2 delete, 3 not synchronized."),
            count("leap", most=3),
        ),
        Row(NTP.gauge("root_delay_seconds", "Round-trip delay to the reference, in seconds."), number("rootdelay")),
        Row(NTP.gauge("root_dispersion_seconds", "Dispersion to the reference, in seconds."), count("rootdisp")),
        Row(NTP.gauge("jitter_seconds", "Jitter of the NTP clock, in seconds."), count("clk-jitter")),
        Row(NTP.gauge("precision_seconds", "Precision of the NTP clock, in seconds."), value(exponent, "precision")),
        Row(NTP.gauge("tai_offset_seconds", "TAI minus UTC, in seconds; absent if unknown."), nonzero("tai")),
        Row(
            NTP.gauge("leap_file_expiry_timestamp_seconds", "Expiry of the leap second file, Unix seconds."),
            timestamp("expire"),
        ),
        Row(
            NTP.gauge("leap_second_timestamp_seconds", "Last or next leap second of the file, Unix seconds."),
            timestamp("leapsec"),
        ),
        Row(
            NTP.gauge("clock_source", "Type of the source that NTP uses.", "state"),
            state(CLOCK_SOURCES, "status-sys-clock-source"),
        ),
        Row(NTP.info("system_info", "Reference of the NTP server.", "refid"), info_labels(refid="refid")),
        ignored("association-id", "id", "name", because="the server itself, always localhost"),
        ignored("status", because="the status word, decoded in other fields"),
        ignored("status-sys-leap-indicator", because="the same as leap"),
        ignored("status-sys-event-counter", "status-sys-event-code", because="the last event, not a state"),
        ignored("clk-wander", because="uncertain unit"),
    ),
)


def reach(context: BindingContext, scope: Scope) -> Iterator[Found]:
    """Yield the reach register with its validity flag."""
    register, ok = scope.get("reach"), scope.get("status-peer-reach-ok")
    if isinstance(register, Leaf):
        yield (), (register, ok) if isinstance(ok, Leaf) else (register,), trusted


def trusted(register: Scalar, ok: Scalar = None) -> float | None:
    """Return the reach register; API 10 sends a meaningless 0 for a source that it calls reachable."""
    figure = values.scaled(register, least=0.0, most=255.0)
    return None if figure == 0 and values.flag(ok) else figure


ASSOCIATIONS = Table(
    "ntp[]",
    associations,
    (
        Row(
            ASSOCIATION.info("info", "Identity of the association.", "address", "refid"),
            info_labels(address="id", refid="refid"),
        ),
        Row(ASSOCIATION.gauge("offset_seconds", "Time offset from the source, in seconds."), number("offset")),
        Row(ASSOCIATION.gauge("delay_seconds", "Round-trip delay to the source, in seconds."), number("delay")),
        Row(ASSOCIATION.gauge("dispersion_seconds", "Dispersion of the source, in seconds."), count("dispersion")),
        Row(ASSOCIATION.gauge("stratum", "Stratum of the source."), STRATUM),
        Row(ASSOCIATION.gauge("reachable", "1 if the source responds."), flag("status-peer-reach-ok")),
        Row(
            ASSOCIATION.gauge("reach", "Last eight polls of the source as bits, 255 if all were answered."),
            Custom(("reach",), reach),
        ),
        Row(
            ASSOCIATION.gauge("selection", "Role of the source in the NTP selection.", "state"),
            state(SELECTIONS, "status-peer-selection"),
        ),
        Row(ASSOCIATION.gauge("leap_indicator", "Leap indicator of the source, 0 to 3."), count("leap", most=3)),
        Row(ASSOCIATION.gauge("root_delay_seconds", "Root delay of the source, in seconds."), number("rootdelay")),
        Row(
            ASSOCIATION.gauge("root_dispersion_seconds", "Root dispersion of the source, in seconds."),
            count("rootdisp"),
        ),
        Row(
            ASSOCIATION.gauge("precision_seconds", "Precision of the source, in seconds."), value(exponent, "precision")
        ),
        Row(
            ASSOCIATION.gauge("configured", "1 if the source is configured, not discovered."),
            flag("status-peer-configured"),
        ),
        Row(ASSOCIATION.gauge("broadcast", "1 if the association uses broadcast."), flag("status-peer-broadcast")),
        Row(
            ASSOCIATION.gauge("authentication_enabled", "1 if the source must authenticate."),
            flag("status-peer-auth-enabled"),
        ),
        Row(ASSOCIATION.gauge("authentication_ok", "1 if the source authenticated."), flag("status-peer-auth-ok")),
        ignored("association-id", "name", because="the name and the address are exported"),
        ignored("status", because="the status word, decoded in other fields"),
        ignored("status-peer-event-counter", "status-peer-event-code", because="the last event, not a state"),
        ignored("poll-status", because="the same as reach"),
    ),
)

COLLECTOR = Collector("ntp", (SYSTEM, ASSOCIATIONS))
