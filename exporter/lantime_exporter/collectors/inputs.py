"""Inputs of all modules: MRI, ESI, VSI, PIO (``module.inputs[]`` and the like)."""

from functools import partial

from lantime_exporter.collectors.common import ports, signals
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.mapping.readers import first_of, flag, inverted_flag, seconds, value
from lantime_exporter.mapping.state_readers import state_is
from lantime_exporter.mapping.table import RowGroup, Table

INPUT = RowGroup("lantime_input", "slot", "input", grade="C")

offset = partial(INPUT.seconds, "offset", "Offset of the input's signal from the internal time")
offset_limit = partial(INPUT.seconds, "offset_limit", "Limit of the offset that raises an alarm", grade="D")
"""Rows that a card with another unit has as well."""

INPUTS = Table(
    "chassisN.slots[].module.inputs[]",
    ports.INPUTS,
    INPUT.gauge(
        "signal_present",
        "1 if the input has a signal.",
        first_of(
            value(
                signals.PRESENCE, *("signal-present", "signal-available", "signal-detected", "input-signal-available")
            ),
            inverted_flag("signal-lost", "los"),
            value(state_is(signals.GPIO, "input-signal-available", no=("unused",)), "port-state", "gpio-state"),
            signals.holds(signals.INPUT, "input-signal-avail"),
            signals.SIGNAL,
        ),
    ),
    INPUT.gauge(
        "locked",
        "1 if the receiver of the input is locked to its signal.",
        value(signals.LOCK, "locked", "is-locked", "lock", "lock-state"),
        grade="D",
    ),
    INPUT.gauge(
        "enabled",
        "1 if the input is enabled.",
        first_of(
            flag("enabled", "is-enabled"), inverted_flag("disabled"), signals.holds(signals.INPUT, "disabled", 0.0)
        ),
    ),
    INPUT.gauge("in_use", "1 if the clock uses the input.", flag("in-use", "used", "is-used"), grade="D"),
    offset(seconds("offset", "pps-offset", "time-offset")),
    offset_limit(seconds("offset-limit", "limit")),
    INPUT.state(
        "quality_level",
        "Quality level (SSM) that the input receives.",
        SSM,
        *("ssm", "quality-level", "ssm-in", "incoming-ssm", "incoming-quality-level"),
    ),
    INPUT.gauge(
        "quality_sufficient",
        "1 if the quality level reaches the configured minimum.",
        flag("quality-ok", "quality-level-ok", "ssm-ok"),
        grade="D",
    ),
    INPUT.gauge(
        "itu_limit_violated",
        "1 if the input violates its ITU mask.",
        first_of(flag("itu-limit-violated", "itu-limits-violated"), inverted_flag("itu-limit-ok")),
    ),
    *signals.mask_rows(INPUT, "input"),
    *signals.port_rows(INPUT, "input", signals.INPUT),
)
