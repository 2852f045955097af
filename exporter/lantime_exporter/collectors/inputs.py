"""Inputs of every module that has any: MRI, ESI, VSI, PIO (``module.inputs[]`` and the like)."""

from lantime_exporter.collectors.common import ports, signals
from lantime_exporter.collectors.mrs import COLOURS
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.document.values import flag as boolean
from lantime_exporter.document.values import inverted
from lantime_exporter.exposition.metric import Grade, Metric, gauge, info
from lantime_exporter.mapping.readers import FirstOf, StateIs, Value, flag, seconds, state, value
from lantime_exporter.mapping.table import Collector, Row, Table


def fact(name: str, text: str, *labels: str, grade: Grade = Grade.C) -> Metric:
    """Return a gauge of an input."""
    return gauge(f"lantime_input_{name}", text, "slot", "input", *labels, grade=grade)


OFFSET = fact("offset_seconds", "Offset of the input's signal to the internal time, in seconds.")
OFFSET_LIMIT = fact("offset_limit_seconds", "Limit of the offset that raises an alarm, in seconds.", grade=Grade.D)

INPUTS = Table(
    "chassisN.slots[].module.inputs[]",
    ports.INPUTS,
    (
        Row(
            fact("signal_present", "1 if a signal is at the input."),
            FirstOf(
                (
                    Value(
                        {
                            **dict.fromkeys(
                                ("signal-present", "signal-available", "signal-detected", "input-signal-available"),
                                signals.PRESENCE,
                            ),
                            **dict.fromkeys(("signal-lost", "los"), inverted),
                        },
                        is_cached=True,
                    ),
                    StateIs(signals.GPIO, ("input-signal-available",), ("unused",), ("port-state", "gpio-state")),
                    signals.holds(signals.INPUT, "input-signal-avail"),
                    signals.SIGNAL,
                )
            ),
        ),
        Row(
            fact("locked", "1 if the receiver of the input is locked to its signal.", grade=Grade.D),
            value(signals.LOCK, "locked", "is-locked", "lock", "lock-state"),
        ),
        Row(
            fact("enabled", "1 if the input is switched on."),
            FirstOf(
                (
                    Value({"enabled": boolean, "is-enabled": boolean, "disabled": inverted}, is_cached=True),
                    signals.holds(signals.INPUT, "disabled", 0.0),
                )
            ),
        ),
        Row(
            fact("in_use", "1 if the clock uses the input.", grade=Grade.D),
            flag("in-use", "used", "is-used"),
        ),
        Row(OFFSET, seconds("offset", "pps-offset", "time-offset")),
        Row(OFFSET_LIMIT, seconds("offset-limit", "limit")),
        Row(
            fact("condition", "Conditions of the input, each 1 while it holds.", "condition"),
            signals.conditions(signals.INPUT),
        ),
        Row(fact("port_state", "State of the input as a GPIO port.", "state"), signals.PORT_STATE),
        Row(
            fact("quality_level", "Quality level (SSM) that the input receives.", "state"),
            state(SSM, "ssm", "quality-level", "ssm-in", "incoming-ssm", "incoming-quality-level"),
        ),
        Row(
            fact("quality_sufficient", "1 if the quality level reaches the configured minimum.", grade=Grade.D),
            flag("quality-ok", "quality-level-ok", "ssm-ok"),
        ),
        Row(
            fact("itu_limit_violated", "1 if the input violates its ITU mask."),
            Value(
                {"itu-limit-violated": boolean, "itu-limits-violated": boolean, "itu-limit-ok": inverted},
                is_cached=True,
            ),
        ),
        *(
            Row(
                fact(f"{mask}_colour", f"How the input does against its {mask.upper()} mask.", "state"),
                state(COLOURS, f"{mask}-color", f"{mask}-colour", f"ql-color-{mask}"),
            )
            for mask in ("mtie", "tdev")
        ),
        Row(
            info(
                "lantime_input_info",
                "What the input is set up for.",
                *("slot", "input", "type", "signal", "mode", "source"),
                grade=Grade.C,
            ),
            signals.SETUP,
        ),
    ),
)

COLLECTOR = Collector("inputs", (INPUTS,))
