"""PTP: every PTPv2 instance of PSX, HPS, CPU and any other module, and its ports (modules.md 7).

Names are grade C, kebab forms of the members of IEEE 1588 data sets and of the structs of Meinberg's header. An offset
or delay is read only when its key says the unit: the header has 1/65536 ns, the MIB ns, and what a plain key of the
REST API means is not known; such figures stay in the generic layer.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from exporter.collectors.common.link import link
from exporter.collectors.common.ptp import (
    DELAY_MECHANISMS,
    PORT_STATE,
    PORT_STATES,
    PROFILES,
    ROLES,
    SMPTE_LOCK,
    STACK_NOT_RUNNING,
    TIME_SOURCES,
    TRANSPORTS,
    Instance,
    clock_accuracy,
    fitted,
    identity,
    instances,
    is_fitted,
    is_running,
    running,
)
from exporter.document.shape import Scalar
from exporter.document.tree import Leaf, Node
from exporter.document.values import exponent, flag, number, scaled
from exporter.document.words import normalise
from exporter.mapping import readers
from exporter.mapping.metric import Grade, Metric, gauge, info
from exporter.mapping.readers import SECONDS_BY_SUFFIX, Constant, Custom, Found, seconds, state, texts, unless, value
from exporter.mapping.table import Collector, Find, Row, Scope, Table, ignored
from exporter.mapping.trace import Trace

PATH = "chassisN.slots[].module.PTP"
PORT_PATH = f"{PATH}.port-ds[]"

LABELS = ("slot", "instance")
PORT_LABELS = (*LABELS, "port")


def of_instance(name: str, text: str, *labels: str) -> Metric:
    """Return a gauge with the labels of an instance."""
    return gauge(f"lantime_ptp_{name}", text, *LABELS, *labels, grade=Grade.C)


def of_port(name: str, text: str, *labels: str) -> Metric:
    """Return a gauge with the labels of a port."""
    return gauge(f"lantime_ptp_{name}", text, *PORT_LABELS, *labels, grade=Grade.C)


def places(of: Callable[[Trace], Iterable[Instance]]) -> Find:
    """Return the places of instances."""
    return lambda trace: (found.scope for found in of(trace))


def ports(of: Callable[[Trace], Iterable[Instance]]) -> Find:
    """Return the places of the ports of instances."""
    return lambda trace: (found.scope.within(view, port=port) for found in of(trace) for port, view in found.ports)


def absent(trace: Trace) -> Iterator[Instance]:
    """Yield the instances behind which there is no card."""
    return (found for found in instances(trace) if not is_fitted(trace, found))


def stopped(trace: Trace) -> Iterator[Instance]:
    """Yield the fitted instances whose stack does not run."""
    return (found for found in fitted(trace) if not is_running(trace, found))


AVAILABLE = of_instance("available", "Whether there is a card behind the instance; an absent one has default values.")

ABSENT = Table(
    PATH,
    places(absent),
    (Row(AVAILABLE, Constant(0.0)), ignored(".", because="default values: the card is not there")),
)

IDENTITY = Table(
    PATH,
    places(fitted),
    (
        Row(AVAILABLE, Constant(1.0)),
        Row(of_instance("stack_running", "Whether the PTP stack of the instance runs."), unless(*STACK_NOT_RUNNING)),
        Row(
            info(
                "lantime_ptp_instance_info",
                "How the instance is configured.",
                *LABELS,
                *("profile", "role", "domain", "delay_mechanism", "transport"),
                grade=Grade.C,
            ),
            texts(
                profile=("profile", "ptp-profile", PROFILES.word),
                role=("role", "ptp-role", ROLES.word),
                domain=("domain-number", "domain"),
                delay_mechanism=("delay-mechanism", "delay-mech", DELAY_MECHANISMS.word),
                transport=("nw-prot", "network-protocol", "transport", "protocol", TRANSPORTS.word),
            ),
        ),
        Row(
            info("lantime_ptp_clock_info", "Identity of the instance's own clock.", *LABELS, "identity", grade=Grade.C),
            texts(identity=("clock-identity", identity)),
        ),
    ),
)

PORT_IDENTITY = Table(
    PORT_PATH,
    ports(fitted),
    (
        Row(of_port("port_state", "State of the port by IEEE 1588.", "state"), state(PORT_STATES, *PORT_STATE)),
        Row(
            of_port("link_up", "Whether the port's link is up."),
            value(link, "link", "link-state", "link-status", "port-link"),
        ),
        Row(
            info(
                "lantime_ptp_port_info",
                "Identity and configuration of the port.",
                *PORT_LABELS,
                *("identity", "delay_mechanism", "version"),
                grade=Grade.C,
            ),
            texts(
                identity=("port-identity.clock-identity", "port-identity", identity),
                delay_mechanism=("delay-mechanism", "delay-mech", DELAY_MECHANISMS.word),
                version=("version-number", "ptp-prot-version"),
            ),
        ),
    ),
)

STOPPED = Table(
    PATH,
    places(stopped),
    (ignored(".", because="the PTP stack does not run: figures of the past or defaults"),),
)

DELAYS = {
    "master-to-slave": ("m2s-delay", "master-to-slave-delay"),
    "slave-to-master": ("s2m-delay", "slave-to-master-delay"),
}
STATISTICS = ("min", "mean", "median", "max", "std-dev")


def delays(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the statistics of the delays in each direction, with the flag that says whether they are valid."""
    for direction, blocks in DELAYS.items():
        for statistic in STATISTICS:
            for unit, by in SECONDS_BY_SUFFIX.items():
                forms = (f".{statistic}{unit}", f"{unit}.{statistic}", f"-{statistic}{unit}")
                leaf = scope.get(*(f"{block}{form}" for block in blocks for form in forms))
                if isinstance(leaf, Leaf):
                    checks = (f".{statistic}-valid", f".valid.{statistic}", ".valid", f"-{statistic}-valid")
                    valid = scope.get(*(f"{block}{check}" for block in blocks for check in checks))
                    leaves = (leaf, valid) if isinstance(valid, Leaf) else (leaf,)
                    yield (direction, statistic), leaves, partial(if_valid, by=by)


def if_valid(raw: Scalar, valid: Scalar = True, *, by: float) -> float | None:
    """Return a figure times ``by``, None where the device says that it is not valid."""
    return scaled(raw, by=by) if flag(valid) else None


CLIENTS = ("num-uc-slaves", "num-unicast-clients", "unicast-clients", "uc-clients", "uc-slaves", "clients")


def clients(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the number of clients; where there is only a list of them, its length."""
    found = [scope.get(key) for key in CLIENTS]
    told = next((leaf for leaf in found if isinstance(leaf, Leaf)), None)
    listed = next((node for node in found if isinstance(node, Node)), None)
    if told:
        yield (), (told,), number
    elif listed:
        yield (), (), partial(float, len(listed.children))


def client_lists(trace: Trace) -> Iterator[Scope]:
    """Yield the lists of clients."""
    for found in running(trace):
        for key in CLIENTS:
            listed = found.view.node(key)
            if listed:
                yield found.scope.within(listed)


CLIENT_LISTS = Table(
    f"{PATH}.unicast-clients",
    client_lists,
    (ignored(".", because="figures of single clients: they are counted, their series would come and go"),),
)


def clock(prefix: str, text: str, *spelled: str) -> Iterator[Row]:
    """Yield the rows of a clock quality; ``spelled`` are the forms of its keys with ``{}`` for the member."""
    yield Row(
        of_instance(f"{prefix}clock_class", f"Class of {text} by IEEE 1588."),
        readers.number(*(form.format("clock-class") for form in spelled)),
    )
    yield Row(
        of_instance(f"{prefix}clock_accuracy_seconds", f"Bound of the error of {text}, in seconds."),
        value(clock_accuracy, *(form.format("clock-accuracy") for form in spelled)),
    )


def variance(prefix: str, text: str, *keys: str) -> Row:
    """Return the row of an offset scaled log variance."""
    return Row(
        of_instance(f"{prefix}log_variance", f"Offset scaled log variance of {text}, by IEEE 1588."),
        readers.number(*keys),
    )


CLOCKS = Table(
    PATH,
    places(running),
    (
        *clock("", "the instance's own clock", "clock-quality.{}", "{}"),
        *clock(
            "grandmaster_",
            "the grandmaster",
            *("grandmaster-clock-quality.{}", "gm-clock-quality.{}", "grandmaster-{}", "gm-{}", "parent-{}"),
        ),
        variance(
            "clock_",
            "the instance's own clock",
            *("clock-quality.log-variance", "clock-quality.offset-scaled-log-variance"),
            *("clock-offset-scaled-log-variance", "offset-scaled-log-variance", "log-variance"),
        ),
        variance(
            "grandmaster_clock_",
            "the grandmaster",
            *("grandmaster-clock-quality.log-variance", "grandmaster-clock-quality.offset-scaled-log-variance"),
            *("gm-clock-quality.log-variance", "grandmaster-log-variance"),
        ),
        variance(
            "parent_",
            "the parent as observed",
            *("parent-log-variance", "observed-parent-offset-scaled-log-variance"),
        ),
        *(
            Row(
                of_instance(f"{prefix}priority{number}", f"Priority {number} of {text}; the smaller, the better."),
                readers.number(*(f"{spelling}priority-{number}" for spelling in spelled)),
            )
            for prefix, text, spelled in (
                ("", "the instance", ("",)),
                ("grandmaster_", "the grandmaster", ("grandmaster-", "gm-")),
            )
            for number in (1, 2)
        ),
        Row(
            info("lantime_ptp_grandmaster_info", "Identity of the grandmaster.", *LABELS, "identity", grade=Grade.C),
            texts(
                identity=(
                    *("grandmaster-identity", "gm-identity", "grandmaster-id", "gm-id", "grandmaster-uuid", "gm-uuid"),
                    identity,
                )
            ),
        ),
        Row(
            info("lantime_ptp_parent_info", "Identity of the port followed.", *LABELS, "identity", grade=Grade.C),
            texts(identity=("parent-port-identity.clock-identity", "parent-port-identity", identity)),
        ),
        Row(
            of_instance("parent_phase_change_rate", "Observed phase change rate of the parent, by IEEE 1588."),
            readers.number("parent-phase-change-rate", "observed-parent-clock-phase-change-rate"),
        ),
    ),
)

TIME = Table(
    PATH,
    places(running),
    (
        Row(
            of_instance("utc_offset_seconds", "TAI minus UTC as announced, in seconds."),
            readers.number("current-utc-offset", "utc-offset"),
        ),
        *(
            Row(of_instance(name, f"Whether {text}."), readers.flag(key))
            for name, key, text in (
                ("utc_offset_valid", "utc-offset-valid", "the UTC offset is known to be right"),
                ("time_traceable", "time-traceable", "time is traceable to a primary reference"),
                ("frequency_traceable", "frequency-traceable", "frequency is traceable to a primary reference"),
                ("ptp_timescale", "ptp-timescale", "the time scale of the grandmaster is PTP (TAI)"),
                ("leap61", "leap-61", "the last minute of the day has 61 seconds"),
                ("leap59", "leap-59", "the last minute of the day has 59 seconds"),
            )
        ),
        Row(
            of_instance("time_source", "Where the grandmaster has its time from.", "state"),
            state(TIME_SOURCES, "time-source"),
        ),
    ),
)

FIGURES = Table(
    PATH,
    places(running),
    (
        Row(
            of_instance("offset_from_master_seconds", "Offset of the instance from its master, in seconds."),
            seconds("offset-from-master", "offset"),
        ),
        Row(
            of_instance("mean_path_delay_seconds", "Mean delay of the path to the master, in seconds."),
            seconds("mean-path-delay", "path-delay"),
        ),
        Row(
            of_instance("delay_asymmetry_seconds", "Asymmetry of the path that is allowed for, in seconds."),
            seconds("delay-asymmetry"),
        ),
        Row(
            of_instance("delay_seconds", "Delay measured in one direction, in seconds.", "direction", "statistic"),
            Custom(("m2s-delay", "s2m-delay"), delays, adds=2),
        ),
        Row(
            of_instance("steps_removed", "Boundary clocks between the instance and the grandmaster."),
            readers.number("steps-removed"),
        ),
        Row(of_instance("two_step", "Whether the clock sends follow-up messages."), readers.flag("two-step")),
        Row(of_instance("slave_only", "Whether the clock can be a slave only."), readers.flag("slave-only")),
        Row(of_instance("ports", "Ports of the clock."), readers.number("number-ports", "num-ports")),
        Row(
            of_instance("smpte_lock", "Lock to SMPTE ST 2059.", "state"),
            state(SMPTE_LOCK, "smpte-lock-state", "smpte-locking", "smpte-lock"),
        ),
        Row(of_instance("clients", "Unicast clients that are served."), Custom(CLIENTS, clients)),
        Row(
            of_instance("clients_limit", "Unicast clients that can be served."),
            readers.number(
                *("max-ptp-uc-slaves", "max-uc-slaves", "limits.max-ptp-uc-slaves"),
                *("time-stamper.limits.max-ptp-uc-slaves", "time-stamper.max-ptp-uc-slaves"),
            ),
        ),
        Row(
            of_instance("utilization_ratio", "Load of the instance, 0 to 1."),
            readers.scaled(0.01, "utilization", "utilisation"),
        ),
    ),
)

NOT_SENT = 127
"""Log interval of messages that are not sent (IEEE 1588)."""


def interval(raw: Scalar) -> float | None:
    """Return an interval in seconds from its logarithm to the base of 2."""
    return None if number(raw) == NOT_SENT else exponent(raw)


INTERVALS = ("announce", "sync", "delay-req", "pdelay-req")
INTERVAL = ("interval", "intv")


def intervals(trace: Trace, scope: Scope) -> Iterator[Found]:
    """Yield the message intervals that are logarithms: the key says so, or it is a member of the port data set."""
    for kind in INTERVALS:
        stems = (kind, f"min-{kind}")
        told = scope.get(*(f"log-{stem}-{word}" for stem in stems for word in INTERVAL))
        member = scope.get(*(f"{stem}-{word}" for stem in stems for word in INTERVAL))
        if isinstance(told, Leaf):
            yield (kind,), (told,), interval
        elif isinstance(member, Leaf) and "portds" in map(normalise, member.path):
            yield (kind,), (member,), interval


PORT_FIGURES = Table(
    PORT_PATH,
    ports(running),
    (
        Row(
            of_port("peer_mean_path_delay_seconds", "Mean delay of the link to the peer, in seconds."),
            seconds("peer-mean-path-delay", "mean-link-delay"),
        ),
        Row(
            of_port("message_interval_seconds", "Configured interval of messages, in seconds.", "type"),
            Custom(("log-announce-interval",), intervals, adds=1),
        ),
        Row(
            of_port(
                "announce_receipt_timeout_intervals",
                "Announce intervals without message until the master counts as gone.",
            ),
            readers.number("announce-receipt-timeout"),
        ),
    ),
)

COLLECTOR = Collector(
    "ptp", (ABSENT, IDENTITY, PORT_IDENTITY, STOPPED, CLOCKS, TIME, FIGURES, PORT_FIGURES, CLIENT_LISTS)
)
