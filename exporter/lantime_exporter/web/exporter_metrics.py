"""Metrics of the exporter itself, for ``/metrics``.

Counts are kept here and rendered by prometheus_client. Its own Counter and Histogram would obey variables
that are meant for other programs (PROMETHEUS_MULTIPROC_DIR, PROMETHEUS_DISABLE_CREATED_SERIES).
"""

import platform
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry
from prometheus_client import exposition as text
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.gc_collector import GCCollector
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.utils import floatToGoString

from lantime_exporter import __version__
from lantime_exporter.errors import FAILURE_REASONS

RESULTS = ("success", *FAILURE_REASONS[1:], "rejected", "fault")
"""Values of ``lantime_exporter_probes_total{result}``: success, the reasons of ``lantime_probe_failure``, rejected if
too many probes run (503), and fault for an error of the exporter itself (500)."""

DURATION_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class ExporterMetrics:
    """The exporter's own metrics, in a separate registry.

    Created once the configuration is loaded, at ``now`` (Unix time). ``count_connections`` returns the number of open
    connections to devices.
    """

    def __init__(self, now: float, count_connections: Callable[[], int] = lambda: 0) -> None:
        self._lock = threading.Lock()
        self._probes = Counter(dict.fromkeys(RESULTS, 0))
        self._durations = [0] * (len(DURATION_BUCKETS) + 1)
        self._seconds = 0.0
        self._running = 0
        self._responses: Counter[int] = Counter()
        self._is_reload_successful = True
        self._loaded_at = now
        self._count_connections = count_connections
        self.registry = CollectorRegistry()
        self.registry.register(self)
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def config_loaded(self, now: float) -> None:
        """Note that the configuration was loaded at ``now`` (Unix time)."""
        self._is_reload_successful, self._loaded_at = True, now

    def config_rejected(self) -> None:
        """Note that a new configuration was rejected."""
        self._is_reload_successful = False

    def count_response(self, status: int) -> None:
        """Count a response."""
        with self._lock:
            self._responses[status] += 1

    def begin_probe(self, limit: int) -> bool:
        """Count a probe as running. If ``limit`` run already, count a rejection and return False."""
        with self._lock:
            is_admitted = self._running < limit
            self._running += is_admitted
            self._probes["rejected"] += not is_admitted
            return is_admitted

    def end_probe(self, reason: str | None, seconds: float) -> None:
        """Count the end of a probe, by its state of ``lantime_probe_failure`` or ``fault``; None if it never ran."""
        with self._lock:
            self._running -= 1
            if reason is not None:
                self._probes["success" if reason == "none" else reason] += 1
                self._durations[bisect_left(DURATION_BUCKETS, seconds)] += 1
                self._seconds += seconds

    def render(self, *, as_openmetrics: bool) -> bytes:
        """Return all metrics, as OpenMetrics 1.0.0 or as text."""
        generate = openmetrics.generate_latest if as_openmetrics else text.generate_latest
        return bytes(generate(self.registry))

    def collect(self) -> Iterator[Metric]:
        """Yield the exporter's own metrics for the registry of prometheus_client."""
        with self._lock:
            probes, durations, seconds = dict(self._probes), list(self._durations), self._seconds
            running, responses = self._running, dict(self._responses)
        results = "Probes by result: success, a reason of lantime_probe_failure, rejected (503) or fault (500)."
        yield _counter("probes_total", results, "result", probes)
        edges = (*map(floatToGoString, DURATION_BUCKETS), "+Inf")
        yield HistogramMetricFamily(
            "lantime_exporter_probe_duration_seconds",
            "Duration of probes in seconds, from the request to the rendered response.",
            buckets=list(zip(edges, accumulate(durations), strict=True)),
            sum_value=seconds,
        )
        yield _gauge("probes_in_flight", "Probes in progress.", running)
        yield _counter("http_requests_total", "HTTP responses sent, by status code.", "code", responses)
        succeeded = "1 if the last attempt to load the configuration succeeded."
        yield _gauge("config_last_reload_successful", succeeded, self._is_reload_successful)
        loaded = "Unix time of the last successful load of the configuration."
        yield _gauge("config_last_reload_success_timestamp_seconds", loaded, self._loaded_at)
        build = "Version of the exporter and of Python; always 1."
        yield _gauge("build_info", build, 1, version=__version__, python=platform.python_version())
        yield _gauge("device_connections", "Open connections to devices.", self._count_connections())


def _gauge(name: str, meaning: str, value: float, **labels: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"lantime_exporter_{name}", meaning, labels=tuple(labels))
    family.add_metric(tuple(labels.values()), value)
    return family


def _counter(name: str, meaning: str, label: str, counts: dict[str, int] | dict[int, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(f"lantime_exporter_{name}", meaning, labels=[label])
    for value, count in counts.items():
        family.add_metric([str(value)], count)
    return family
