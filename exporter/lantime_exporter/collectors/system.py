"""The system: load, memory, file systems, firmware, packages (``system``)."""

from functools import partial

from lantime_exporter.collectors.device import version
from lantime_exporter.document import values
from lantime_exporter.mapping.finders import at, each
from lantime_exporter.mapping.readers import flag, percent, value
from lantime_exporter.mapping.table import RowGroup, Table, ignored

LANTIME = RowGroup("lantime")

SYSTEM = Table(
    "system",
    at("system"),
    LANTIME.gauge(
        "load1", "Load average over 1 min, in tasks.", value(partial(values.load_average, place=0), "cpuload")
    ),
    LANTIME.gauge(
        "load5", "Load average over 5 min, in tasks.", value(partial(values.load_average, place=1), "cpuload")
    ),
    LANTIME.gauge(
        "load15", "Load average over 15 min, in tasks.", value(partial(values.load_average, place=2), "cpuload")
    ),
    LANTIME.gauge("memory_total_bytes", "Total memory, in bytes.", value(partial(values.memory, part=1), "memory")),
    LANTIME.gauge("memory_free_bytes", "Free memory, in bytes.", value(partial(values.memory, part=2), "memory")),
    LANTIME.timestamp("position_update", "Time of the last position update", "last-position-update"),
    ignored("position", because="the position of the receiver is exported; this one may be configured or stale"),
)

FILESYSTEM = RowGroup("lantime_filesystem", "mountpoint")

STORAGE = Table(
    "system.storage[]",
    each("system.storage", mountpoint="mountpoint"),
    FILESYSTEM.gauge("size_bytes", "Size of the file system, in bytes.", value(values.kibibytes, "size")),
    FILESYSTEM.gauge("used_bytes", "Used space of the file system, in bytes.", value(values.kibibytes, "used")),
    FILESYSTEM.gauge(
        "avail_bytes", "Available space of the file system, in bytes.", value(values.kibibytes, "available")
    ),
    ignored("used-percent", because="used / (used + available), rounded up"),
)

FIRMWARE = RowGroup("lantime_firmware")

UPDATES = Table(
    "system.firmware",
    at("system.firmware"),
    FIRMWARE.info(
        "info",
        "Running firmware, and the firmware selected for the next start.",
        running=("running", version),
        selected=("selected", version),
        image="fwimage",
    ),
    FIRMWARE.gauge(
        "update_success",
        "1 if the last firmware update succeeded; also 0 if none has ended yet.",
        flag("update.last-update-successful"),
    ),
    FIRMWARE.gauge("update_in_progress", "1 if a firmware update is in progress.", flag("update.update-in-progress")),
    FIRMWARE.gauge(
        "update_progress_ratio", "Progress of the firmware update, 0 to 1.", percent("update.update-progress")
    ),
    FIRMWARE.timestamp("update_start", "Start of the last firmware update", "update.last-update-started"),
    FIRMWARE.timestamp("update_end", "End of the last firmware update", "update.last-update-ended"),
    ignored("update.last-update-error", because="free text"),
    ignored("firmware", because="stored firmware, not the running one"),
)

PACKAGES = Table(
    "system.firmware.packages[]",
    each("system.firmware.packages", package="object-id"),
    RowGroup("lantime_package", "package").info("info", "Version of a part of the firmware.", version="version"),
)
