"""Inputs of all modules: MRI, ESI, VSI, PIO (``module.inputs[]`` and the like)."""

from lantime_exporter.collectors.common import ports, signals
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.document.values import flag as boolean
from lantime_exporter.document.values import inverted
from lantime_exporter.exposition.metric import Grade, MetricGroup
from lantime_exporter.mapping.readers import StateIs, Value, first_of, flag, seconds, state, value
from lantime_exporter.mapping.table import Collector, Row, Table

INPUT = MetricGroup("lantime_input", "slot", "input", grade=Grade.C)


OFFSET = INPUT.gauge("offset_seconds", "Offset of the input's signal from the internal time, in seconds.")
OFFSET_LIMIT = INPUT.gauge(
    "offset_limit_seconds", "Limit of the offset that raises an alarm, in seconds.", grade=Grade.D
)

INPUTS = Table(
    "chassisN.slots[].module.inputs[]",
    ports.INPUTS,
    (
        Row(
            INPUT.gauge("signal_present", "1 if the input has a signal."),
            first_of(
                Value(
                    {
                        **dict.fromkeys(
                            ("signal-present", "signal-available", "signal-detected", "input-signal-available"),
                            signals.PRESENCE,
                        ),
                        **dict.fromkeys(("signal-lost", "los"), inverted),
                    }
                ),
                StateIs(signals.GPIO, ("input-signal-available",), ("unused",), ("port-state", "gpio-state")),
                signals.holds(signals.INPUT, "input-signal-avail"),
                signals.SIGNAL,
            ),
        ),
        Row(
            INPUT.gauge("locked", "1 if the receiver of the input is locked to its signal.", grade=Grade.D),
            value(signals.LOCK, "locked", "is-locked", "lock", "lock-state"),
        ),
        Row(
            INPUT.gauge("enabled", "1 if the input is enabled."),
            first_of(
                Value({"enabled": boolean, "is-enabled": boolean, "disabled": inverted}),
                signals.holds(signals.INPUT, "disabled", 0.0),
            ),
        ),
        Row(INPUT.gauge("in_use", "1 if the clock uses the input.", grade=Grade.D), flag("in-use", "used", "is-used")),
        Row(OFFSET, seconds("offset", "pps-offset", "time-offset")),
        Row(OFFSET_LIMIT, seconds("offset-limit", "limit")),
        Row(
            INPUT.gauge("quality_level", "Quality level (SSM) that the input receives.", "state"),
            state(SSM, "ssm", "quality-level", "ssm-in", "incoming-ssm", "incoming-quality-level"),
        ),
        Row(
            INPUT.gauge("quality_sufficient", "1 if the quality level reaches the configured minimum.", grade=Grade.D),
            flag("quality-ok", "quality-level-ok", "ssm-ok"),
        ),
        Row(
            INPUT.gauge("itu_limit_violated", "1 if the input violates its ITU mask."),
            Value({"itu-limit-violated": boolean, "itu-limits-violated": boolean, "itu-limit-ok": inverted}),
        ),
        *signals.mask_rows(INPUT, "input"),
        *signals.port_rows(INPUT, "input", signals.INPUT),
    ),
)

COLLECTOR = Collector("inputs", (INPUTS,))
