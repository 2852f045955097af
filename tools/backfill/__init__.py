"""An hour of a simulated fleet in a real Prometheus, made in seconds: for tests of queries and rules, and for pictures.

``fleets`` says which devices there are and what happens to them, ``samples`` makes OpenMetrics text with timestamps out
of it, ``prometheus`` imports and serves it, ``rules`` adds what the rules make of it.
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
