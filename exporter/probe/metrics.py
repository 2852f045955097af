"""What a probe says about itself, beside what the device says."""

from collections.abc import Iterable, Sequence

from exporter.device.exchange import PHASES, Exchange
from exporter.errors import FAILURE_REASONS
from exporter.exposition.text import Described, lines
from exporter.mapping.metric import Grade, Metric, gauge
from exporter.mapping.plan import Mapped

Samples = Iterable[tuple[Sequence[str], float]]
Family = tuple[Described, Sequence[str]]


def _own(name: str, text: str, *labels: str) -> Metric:
    return gauge(name, text, *labels, grade=Grade.OWN)


UP = _own("lantime_up", "Whether the device gave a status tree.")
DURATION = _own("lantime_probe_duration_seconds", "Time the probe took until its answer was put together, in seconds.")
TIMEOUT = _own(
    "lantime_probe_timeout_seconds",
    "Time the probe may take: the smaller of the module's timeout and the scrape timeout less the offset, in seconds.",
)
FAILURE = _own("lantime_probe_failure", "Why the probe failed; none is 1 when it did not.", "reason")
RTT = _own(
    "lantime_http_rtt_seconds",
    "Time from sending the request to the last byte of the device's answer, in seconds.",
    "resource",
)
PHASE = _own(
    "lantime_http_phase_seconds",
    "Parts of the last round trip, in seconds: connect and tls only on a new connection, wait to the first byte, "
    "transfer to the last.",
    "phase",
)
STATUS = _own("lantime_http_status_code", "Status code of the device's last answer.")
BYTES = _own("lantime_http_response_bytes", "Size of the device's last answer as sent, in bytes.")
REUSED = _own("lantime_http_connection_reused", "Whether the last request went over a kept connection.")
CERTIFICATE = _own(
    "lantime_tls_certificate_not_after_timestamp_seconds", "When the device's certificate expires, Unix seconds."
)
AGE = _own(
    "lantime_document_age_seconds", "Age of the answer where the module's min_interval served it again, in seconds."
)
SUCCESS = _own("lantime_collector_success", "Whether the collector ran without a fault of the exporter.", "collector")
COLLECTOR_DURATION = _own("lantime_collector_duration_seconds", "Time the collector took, in seconds.", "collector")
ERRORS = _own("lantime_decode_errors", "Values in this answer that could not be understood.", "collector")
LEAVES = _own("lantime_status_leaves", "Scalars of the status tree by what became of them.", "account")
DROPPED = _own("lantime_generic_series_dropped", "Series of the slot beyond generic_series_per_slot.", "slot")

METRICS = (
    *(UP, DURATION, TIMEOUT, FAILURE, RTT, PHASE, STATUS, BYTES, REUSED, CERTIFICATE, AGE),
    *(SUCCESS, COLLECTOR_DURATION, ERRORS, LEAVES, DROPPED),
)


def family(metric: Metric, samples: Samples) -> Family:
    """Return a family ready for the page."""
    return Described(metric, metric.help), lines(metric, samples)


def outcome(reason: str, duration: float, timeout: float) -> Iterable[Family]:
    """Yield what every probe says."""
    yield family(UP, [((), float(reason == "none"))])
    yield family(DURATION, [((), duration)])
    yield family(TIMEOUT, [((), timeout)])
    yield family(FAILURE, [((name,), float(name == reason)) for name in FAILURE_REASONS])


def transport(exchanges: Sequence[Exchange], age: float | None) -> Iterable[Family]:
    """Yield what is known of the exchanges with the device; nothing was sent where there are none."""
    if age is not None:
        yield family(AGE, [((), age)])
    if not exchanges:
        return
    last = exchanges[-1]
    trips = {exchange.resource: exchange.rtt for exchange in exchanges if exchange.rtt is not None}
    yield family(RTT, [((resource,), rtt) for resource, rtt in trips.items()])
    yield family(PHASE, [((phase,), last.phases[phase]) for phase in PHASES if phase in last.phases])
    if last.status is not None:
        yield family(STATUS, [((), float(last.status))])
        yield family(BYTES, [((), float(last.response_bytes))])
    if last.reused is not None:
        yield family(REUSED, [((), float(last.reused))])
    if last.certificate_not_after is not None:
        yield family(CERTIFICATE, [((), last.certificate_not_after)])


def mapping(mapped: Mapped) -> Iterable[Family]:
    """Yield how the mapping went."""
    results = mapped.collectors
    yield family(SUCCESS, [((result.name,), float(not result.error)) for result in results])
    yield family(COLLECTOR_DURATION, [((result.name,), result.seconds) for result in results])
    yield family(ERRORS, [((result.name,), float(len(result.oddities))) for result in results])
    yield family(LEAVES, [((str(name),), float(count)) for name, count in mapped.accounts.items()])
    yield family(DROPPED, [((slot,), float(count)) for slot, count in mapped.dropped.items()])
