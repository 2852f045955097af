"""Identity of the device and times of its status: envelope, API version, pending changes."""

from lantime_exporter.document import values
from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.metric import gauge, info
from lantime_exporter.mapping.finders import at, root
from lantime_exporter.mapping.readers import count, info_labels, timestamp
from lantime_exporter.mapping.table import Collector, Row, Table, ignored


def version(value: Scalar) -> str | None:
    """Return a firmware version without the prefix of its image: ``fw_7.10.008`` is ``7.10.008``."""
    found = values.text(value)
    return found and found.removeprefix("fw_")


ENVELOPE = Table(
    "/",
    root(),
    (
        Row(
            info(
                "lantime_device_info",
                "Identity of the device.",
                *("model", "serial_number", "hostname", "firmware_version", "api_version"),
            ),
            info_labels(
                model="system-information.model",
                serial_number="system-information.serial-number",
                hostname="system-information.hostname",
                firmware_version=("system-information.version", version),
                api_version=("data.rest-api.api-version", "system-information.API Version"),
            ),
        ),
        Row(
            gauge("lantime_status_timestamp_seconds", "Time of the response by the device's clock, Unix seconds."),
            timestamp("system-information.time-stamp"),
        ),
        Row(
            gauge("lantime_pending_changes", "Configuration changes that are not applied."),
            count("changes.pending-changes"),
        ),
        ignored("system-information.API Version", because="the same as data.rest-api.api-version"),
        ignored("links", because="the device's internal address"),
        ignored("data.object-id", because="identifies the response"),
    ),
)

TIMES = Table(
    "system",
    at("system"),
    (
        Row(
            gauge("lantime_device_time_seconds", "The device's clock, Unix seconds; a few seconds old with API 20."),
            timestamp("current-time", "current-time-iso"),
        ),
        Row(
            gauge("lantime_api_update_timestamp_seconds", "Time of the last refresh of the status, Unix seconds."),
            timestamp("api-last-update"),
        ),
        Row(gauge("lantime_uptime_seconds", "Time since the device started, in seconds."), count("uptime")),
        ignored("current-time-iso", because="the same as current-time with fewer digits"),
        ignored("last-config-change", because="unclear meaning: neither a time nor the age of the change event"),
    ),
)

COLLECTOR = Collector("device", (ENVELOPE, TIMES))
