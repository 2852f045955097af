"""Notification events: which are active, when each was last triggered (``notification.events[]``)."""

from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.finders import each
from lantime_exporter.mapping.readers import flag, timestamp
from lantime_exporter.mapping.table import Collector, Row, Table

EVENTS = Table(
    "notification.events[]",
    each("notification.events", event="object-id", type="type"),
    (
        Row(
            gauge(
                "lantime_event_active",
                "1 if the event is the present state; of a pair such as ntp-sync and ntp-not-sync at most one is.",
                *("event", "type"),
            ),
            flag("triggered"),
        ),
        Row(
            gauge(
                "lantime_event_last_triggered_timestamp_seconds",
                "When the event was last triggered, Unix seconds; absent when never.",
                *("event", "type"),
            ),
            timestamp("last-triggered"),
        ),
    ),
)

COLLECTOR = Collector("events", (EVENTS,))
