"""Metrics of the exporter itself, for ``/metrics``."""

import platform
from collections.abc import Callable
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import exposition as text
from prometheus_client.gc_collector import GCCollector
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from lantime_exporter import __version__
from lantime_exporter.errors import FAILURE_REASONS

RESULTS = ("success", *FAILURE_REASONS[1:], "rejected", "fault")
"""Values of ``lantime_exporter_probes_total{result}``: success, the reasons of ``lantime_probe_failure``, rejected when
too many run (503), and fault for an error of the exporter itself (500)."""

DURATION_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class ExporterMetrics:
    """The exporter's own metrics, in a registry of their own.

    Created once the configuration is loaded, at ``now`` (Unix time).
    """

    def __init__(self, now: float) -> None:
        self.registry = CollectorRegistry()
        self._probes = Counter(
            "lantime_exporter_probes_total",
            "Probes by result: success, a reason of lantime_probe_failure, rejected (503) or fault (500).",
            ["result"],
            registry=self.registry,
        )
        for result in RESULTS:
            self._probes.labels(result)
        self._durations = Histogram(
            "lantime_exporter_probe_duration_seconds",
            "Seconds that a probe took, from the request to the rendered answer.",
            buckets=DURATION_BUCKETS,
            registry=self.registry,
        )
        self._in_flight = self._gauge("lantime_exporter_probes_in_flight", "Probes that are running.")
        self._responses = Counter(
            "lantime_exporter_http_requests_total",
            "HTTP requests answered, by status code.",
            ["code"],
            registry=self.registry,
        )
        self._reloaded = self._gauge(
            "lantime_exporter_config_last_reload_successful",
            "Whether the last attempt to load the configuration succeeded.",
        )
        self._reloaded_at = self._gauge(
            "lantime_exporter_config_last_reload_success_timestamp_seconds",
            "Unix time of the last successful load of the configuration.",
        )
        Gauge(
            "lantime_exporter_build_info",
            "Version of the exporter and of Python; always 1.",
            ["version", "python"],
            registry=self.registry,
        ).labels(__version__, platform.python_version()).set(1)
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.config_loaded(now)

    def watch_device_connections(self, count: Callable[[], int]) -> None:
        """Export how many connections to devices are open, as ``count`` says at each scrape."""
        self._gauge("lantime_exporter_device_connections", "Open connections to devices.").set_function(count)

    def config_loaded(self, now: float) -> None:
        """Note that the configuration was loaded at ``now`` (Unix time)."""
        self._reloaded.set(1)
        self._reloaded_at.set(now)

    def config_refused(self) -> None:
        """Note that a new configuration could not be used."""
        self._reloaded.set(0)

    def count_response(self, status: int) -> None:
        """Count a response."""
        self._responses.labels(str(status)).inc()

    def count_probe(self, reason: str, seconds: float) -> None:
        """Count a probe that ran, by its state of ``lantime_probe_failure`` (or ``fault``)."""
        self._probes.labels("success" if reason == "none" else reason).inc()
        self._durations.observe(seconds)

    def count_rejected_probe(self) -> None:
        """Count a probe that did not run, because too many others did."""
        self._probes.labels("rejected").inc()

    def track_probe(self) -> AbstractContextManager[object]:
        """Count a probe as running for the time of a ``with`` block."""
        return self._in_flight.track_inprogress()

    def render(self, *, as_openmetrics: bool) -> bytes:
        """Return all metrics, as OpenMetrics 1.0.0 or as text."""
        generate = openmetrics.generate_latest if as_openmetrics else text.generate_latest
        return bytes(generate(self.registry))

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self.registry)
