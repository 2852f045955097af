"""An hour of a simulated fleet in a real Prometheus, generated in seconds, for tests and pictures.

``fleets`` defines the devices and their scenarios, ``samples`` renders them as OpenMetrics text with timestamps,
``prometheus`` imports and serves it, ``rules`` adds the results of the rules.
"""

from tools.backfill.fleets import HEALTHY, MONTH, PICTURED, TROUBLED, WEEK, FleetDevice
from tools.backfill.prometheus import PrometheusServer, backfill, run_prometheus
from tools.backfill.rules import replay, rule_texts
from tools.backfill.samples import ScrapeSpan, device_samples, exporter_samples

__all__ = [
    "HEALTHY",
    "MONTH",
    "PICTURED",
    "TROUBLED",
    "WEEK",
    "FleetDevice",
    "PrometheusServer",
    "ScrapeSpan",
    "backfill",
    "device_samples",
    "exporter_samples",
    "replay",
    "rule_texts",
    "run_prometheus",
]
