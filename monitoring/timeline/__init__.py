"""An hour of a simulated fleet in a real Prometheus, made in seconds: for tests of queries and rules, and for pictures.

``fleet`` says who plays what, ``samples`` makes OpenMetrics text with timestamps out of it, ``server`` a Prometheus
that holds it, ``firing`` adds what the alert rules make of it.
"""

from monitoring.timeline.firing import replay
from monitoring.timeline.fleet import HEALTHY, MONTH, PICTURED, TROUBLED, Played
from monitoring.timeline.samples import Span, devices, exporter
from monitoring.timeline.server import Server, backfill, serving

__all__ = [
    "HEALTHY",
    "MONTH",
    "PICTURED",
    "TROUBLED",
    "Played",
    "Server",
    "Span",
    "backfill",
    "devices",
    "exporter",
    "replay",
    "serving",
]
