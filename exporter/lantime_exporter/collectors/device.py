"""Identity of the device and times of its status: envelope, API version, pending changes."""

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.mapping.finders import at, root
from lantime_exporter.mapping.readers import count, timestamp
from lantime_exporter.mapping.table import RowGroup, Table, ignored

LANTIME = RowGroup("lantime")


def version(value: Scalar) -> str | None:
    """Return a firmware version without the prefix of its image: ``fw_7.10.008`` is ``7.10.008``."""
    found = values.text(value)
    return found and found.removeprefix("fw_")


ENVELOPE = Table(
    "/",
    root,
    LANTIME.info(
        "device_info",
        "Identity of the device.",
        model="system-information.model",
        serial_number="system-information.serial-number",
        hostname="system-information.hostname",
        firmware_version=("system-information.version", version),
        api_version=("data.rest-api.api-version", "system-information.API Version"),
    ),
    LANTIME.timestamp("status", "Time of the response by the device's clock", "system-information.time-stamp"),
    LANTIME.gauge("pending_changes", "Configuration changes that are not applied.", count("changes.pending-changes")),
    ignored("system-information.API Version", because="the same as data.rest-api.api-version"),
    ignored("links", because="the device's internal address"),
    ignored("data.object-id", because="identifies the response"),
)

TIMES = Table(
    "system",
    at("system"),
    LANTIME.gauge(
        "device_time_seconds",
        "The device's clock, Unix seconds; a few seconds old with API 20.",
        timestamp("current-time", "current-time-iso"),
    ),
    LANTIME.timestamp("api_update", "Time of the last refresh of the status", "api-last-update"),
    LANTIME.seconds("uptime", "Time since the device started", count("uptime")),
    ignored("current-time-iso", because="the same as current-time with fewer digits"),
    ignored("last-config-change", because="unclear meaning: neither a time nor the age of the change event"),
)
