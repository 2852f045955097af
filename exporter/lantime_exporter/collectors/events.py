"""Notification events: active ones, and the time of the last trigger (``notification.events[]``)."""

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
                "1 if the event is active; of a pair such as ntp-sync and ntp-not-sync at most one.",
                *("event", "type"),
            ),
            flag("triggered"),
        ),
        Row(
            gauge(
                "lantime_event_last_triggered_timestamp_seconds",
                "Time of the last event, Unix seconds; absent if never triggered.",
                *("event", "type"),
            ),
            timestamp("last-triggered"),
        ),
    ),
)

COLLECTOR = Collector("events", (EVENTS,))
