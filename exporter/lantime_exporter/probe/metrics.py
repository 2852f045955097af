"""Metrics about the probe itself."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lantime_exporter.device.exchange import PHASES, Exchange
from lantime_exporter.errors import FAILURE_REASONS
from lantime_exporter.exposition.metric import Metric, gauge
from lantime_exporter.exposition.text import figure, prefix
from lantime_exporter.mapping.result import Mapped

Family = tuple[Metric, str]

MAX_CACHED = 512
"""Number of cached line prefixes and blocks: every probe uses the same few."""


def _own(name: str, text: str, *labels: str) -> Metric:
    return gauge(name, text, *labels, grade="-")


UP = _own("lantime_up", "1 if the device returned a valid status.")
DURATION = _own("lantime_probe_duration_seconds", "Duration of the probe until its response was rendered, in seconds.")
TIMEOUT = _own(
    "lantime_probe_timeout_seconds",
    "Timeout of the probe: the smaller of the module's timeout and the scrape timeout less the offset, in seconds.",
)
FAILURE = _own("lantime_probe_failure", "Reason of the failure; none is 1 if the probe succeeded.", "reason")
RTT = _own(
    "lantime_http_rtt_seconds",
    "Time from sending the request to the last byte of the response, in seconds.",
    "resource",
)
PHASE = _own(
    "lantime_http_phase_seconds",
    "Phases of the last request, in seconds: connect and tls (only on a new connection), wait (to the first byte), "
    "transfer (to the last byte).",
    "phase",
)
STATUS = _own("lantime_http_status_code", "Status code of the last response of the device.")
BYTES = _own("lantime_http_response_bytes", "Size of the last response of the device as sent, in bytes.")
REUSED = _own("lantime_http_connection_reused", "1 if the last request used a kept connection.")
CERTIFICATE = _own(
    "lantime_tls_certificate_not_after_timestamp_seconds", "Expiry of the device's certificate, Unix seconds."
)
AGE = _own("lantime_document_age_seconds", "Age of the response if min_interval reused it, in seconds.")
SUCCESS = _own("lantime_collector_success", "1 if the collector ran without an internal error.", "collector")
COLLECTOR_DURATION = _own("lantime_collector_duration_seconds", "Duration of the collector, in seconds.", "collector")
ERRORS = _own("lantime_decode_errors", "Values of this status that could not be decoded.", "collector")
LEAVES = _own(
    "lantime_status_leaves", "Leaves of the status by account: mapped, generic, ignored, unaccounted.", "account"
)
DROPPED = _own("lantime_generic_series_dropped", "Series of the slot beyond generic_series_per_slot.", "slot")

OWN = {
    metric.name: metric
    for metric in (
        *(UP, DURATION, TIMEOUT, FAILURE, RTT, PHASE, STATUS, BYTES, REUSED, CERTIFICATE, AGE),
        *(SUCCESS, COLLECTOR_DURATION, ERRORS, LEAVES, DROPPED),
    )
}

METRICS = tuple(OWN.values())


@lru_cache(maxsize=MAX_CACHED)
def _start(name: str, value: str) -> str:
    """Return a line of a metric with one label, up to its value."""
    return prefix(OWN[name], (value,))


@lru_cache(maxsize=MAX_CACHED)
def _block(name: str, samples: tuple[tuple[str, float], ...]) -> str:
    """Return the lines of a metric with one label, from a cache."""
    return "".join([f"{_start(name, value)}{figure(number)}\n" for value, number in samples])


def single(metric: Metric, number: float) -> Family:
    """Return the family of a metric without labels."""
    return metric, f"{metric.name} {figure(number)}\n"


def measured(metric: Metric, samples: Iterable[tuple[str, float]]) -> Family:
    """Return the family of a metric with one label and values that change at every probe."""
    name = metric.name
    return metric, "".join([f"{_start(name, value)}{figure(number)}\n" for value, number in samples])


def counted(metric: Metric, samples: Iterable[tuple[str, float]]) -> Family:
    """Return the family of a metric with one label and values that rarely change."""
    return metric, _block(metric.name, tuple(samples))


def outcome(reason: str, duration: float, timeout: float) -> Iterable[Family]:
    """Yield the metrics of every probe."""
    yield single(UP, float(reason == "none"))
    yield single(DURATION, duration)
    yield single(TIMEOUT, timeout)
    yield counted(FAILURE, [(name, float(name == reason)) for name in FAILURE_REASONS])


def transport(exchanges: Sequence[Exchange], age: float | None) -> Iterable[Family]:
    """Yield the metrics of the exchanges with the device; none if nothing was sent."""
    if age is not None:
        yield single(AGE, age)
    if not exchanges:
        return
    last = exchanges[-1]
    trips = {exchange.resource: exchange.rtt for exchange in exchanges if exchange.rtt is not None}
    yield measured(RTT, trips.items())
    yield measured(PHASE, [(phase, last.phases[phase]) for phase in PHASES if phase in last.phases])
    if last.status is not None:
        yield single(STATUS, float(last.status))
        yield single(BYTES, float(last.response_bytes))
    if last.reused is not None:
        yield single(REUSED, float(last.reused))
    if last.certificate_not_after is not None:
        yield single(CERTIFICATE, last.certificate_not_after)


def mapping(mapped: Mapped) -> Iterable[Family]:
    """Yield the metrics of the mapping."""
    results = mapped.collectors
    yield counted(SUCCESS, [(result.name, 0.0 if result.error else 1.0) for result in results])
    yield measured(COLLECTOR_DURATION, [(result.name, result.seconds) for result in results])
    yield counted(ERRORS, [(result.name, float(result.decode_errors)) for result in results])
    yield counted(LEAVES, [(str(name), float(count)) for name, count in mapped.accounts.items()])
    yield counted(DROPPED, [(slot, float(count)) for slot, count in mapped.dropped.items()])
