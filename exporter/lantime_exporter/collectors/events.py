"""Notification events: active ones, and the time of the last trigger (``notification.events[]``).

Newer firmware addresses events by chassis, slot, port and instance (grade C). The names of events that occur in several
slots begin with the slot.
"""

from collections import Counter
from collections.abc import Iterator

from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import flag, timestamp
from lantime_exporter.mapping.table import RowGroup, Table, ignored

EVENT = RowGroup("lantime_event", "event", "type")


def events(context: BindingContext) -> Iterator[Scope]:
    """Yield every event with its name and type."""
    listed = context.data.nodes_in("notification.events")
    found = [(context.name(node.leaf("object-id")) or key, node) for key, node in listed]
    times = Counter(name for name, _ in found)
    for name, node in found:
        slot = context.name(node.leaf("slot", "slot-id", "slot-name")) if times[name] > 1 else None
        kind = context.name(node.leaf("type"))
        yield Scope(node, {"event": f"{slot}/{name}" if slot else name, "type": kind or ""})


EVENTS = Table(
    "notification.events[]",
    events,
    EVENT.gauge(
        "active",
        "1 if the event is active; at most one of a pair such as ntp-sync and ntp-not-sync.",
        flag("triggered"),
    ),
    EVENT.gauge(
        "last_triggered_timestamp_seconds",
        "Time of the last event, Unix seconds; absent if never triggered.",
        timestamp("last-triggered"),
    ),
    ignored(
        *("chassis", "chassis-id", "slot", "slot-id", "slot-name", "port", "instance"),
        because="what the event is about: part of the name of events that share one",
    ),
)
