"""Clocks and time of PTPv2 instances: own clock, grandmaster, parent, time properties.

Members of IEEE 1588 data sets and of older cards' structs (docs/modules.md), grade C.
"""

from collections.abc import Iterator

from lantime_exporter.collectors.common.ptp_enumerations import TIME_SOURCES, identity
from lantime_exporter.collectors.common.ptp_instances import INSTANCE, instance_table, running
from lantime_exporter.document.time_quality import clock_accuracy
from lantime_exporter.mapping.readers import count, flag, number, value
from lantime_exporter.mapping.table import Row


def clock(prefix: str, text: str, *spelled: str) -> Iterator[Row]:
    """Yield the rows of a clock quality; ``spelled`` are its keys, with ``{}`` for the member."""
    yield INSTANCE.gauge(
        f"{prefix}clock_class",
        f"Clock class of {text} (IEEE 1588).",
        count(*(form.format("clock-class") for form in spelled), most=255),
    )
    yield INSTANCE.seconds(
        f"{prefix}clock_accuracy",
        f"Upper bound of the time error of {text}",
        value(clock_accuracy, *(form.format("clock-accuracy") for form in spelled)),
    )


def variance(prefix: str, text: str, *keys: str) -> Row:
    """Return the row of an offset scaled log variance."""
    return INSTANCE.gauge(
        f"{prefix}log_variance", f"Offset scaled log variance of {text} (IEEE 1588).", count(*keys, most=65535)
    )


CLOCKS = instance_table(
    running,
    *clock("", "the instance's clock", "clock-quality.{}", "{}"),
    *clock(
        "grandmaster_",
        "the grandmaster",
        *("grandmaster-clock-quality.{}", "gm-clock-quality.{}", "grandmaster-{}", "gm-{}", "parent-{}"),
    ),
    variance(
        "clock_",
        "the instance's clock",
        *("clock-quality.log-variance", "clock-quality.offset-scaled-log-variance"),
        *("clock-offset-scaled-log-variance", "offset-scaled-log-variance", "log-variance"),
    ),
    variance(
        "grandmaster_clock_",
        "the grandmaster",
        *("grandmaster-clock-quality.log-variance", "grandmaster-clock-quality.offset-scaled-log-variance"),
        *("gm-clock-quality.log-variance", "grandmaster-log-variance"),
    ),
    variance(
        "parent_", "the parent as observed", *("parent-log-variance", "observed-parent-offset-scaled-log-variance")
    ),
    *(
        INSTANCE.gauge(
            f"{prefix}priority{place}",
            f"Priority {place} of {text}; smaller is better.",
            count(*(f"{spelling}priority-{place}" for spelling in spelled), most=255),
        )
        for prefix, text, spelled in (
            ("", "the instance", ("",)),
            ("grandmaster_", "the grandmaster", ("grandmaster-", "gm-")),
        )
        for place in (1, 2)
    ),
    INSTANCE.info(
        "grandmaster_info",
        "Identity of the grandmaster.",
        identity=(
            *("grandmaster-identity", "gm-identity", "grandmaster-id", "gm-id", "grandmaster-uuid", "gm-uuid"),
            identity,
        ),
    ),
    INSTANCE.info(
        "parent_info",
        "Identity of the parent port.",
        identity=("parent-port-identity.clock-identity", "parent-port-identity", identity),
    ),
    INSTANCE.gauge(
        "parent_phase_change_rate",
        "Phase change rate of the parent as observed (IEEE 1588).",
        number("parent-phase-change-rate", "observed-parent-clock-phase-change-rate"),
    ),
    INSTANCE.seconds("utc_offset", "Announced TAI minus UTC", number("current-utc-offset", "utc-offset")),
    INSTANCE.gauge("utc_offset_valid", "1 if the UTC offset is valid.", flag("utc-offset-valid")),
    INSTANCE.gauge("time_traceable", "1 if time is traceable to a primary reference.", flag("time-traceable")),
    INSTANCE.gauge(
        "frequency_traceable", "1 if frequency is traceable to a primary reference.", flag("frequency-traceable")
    ),
    INSTANCE.gauge("ptp_timescale", "1 if the time scale of the grandmaster is PTP (TAI).", flag("ptp-timescale")),
    INSTANCE.gauge("leap61", "1 if the last minute of the day has 61 seconds.", flag("leap-61")),
    INSTANCE.gauge("leap59", "1 if the last minute of the day has 59 seconds.", flag("leap-59")),
    INSTANCE.state("time_source", "Time source of the grandmaster.", TIME_SOURCES, "time-source"),
)
