"""Outputs of all modules: BPE, CPE, LIU, LNO, LSG, PIO, SCG, VSG (``module.outputs[]`` and the like)."""

from lantime_exporter.collectors.common import ports, signals
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shared_enumerations import SSM
from lantime_exporter.document.values import BooleanWords
from lantime_exporter.mapping.readers import first_of, flag, inverted_flag, scaled, value, when_value
from lantime_exporter.mapping.state_readers import state_is
from lantime_exporter.mapping.table import RowGroup, Table

OUTPUT = RowGroup("lantime_output", "slot", "output", grade="C")

WRONG = (
    *("error", "fault", "faulty", "fail", "failed", "lost", "low", "too-low", "high", "too-high"),
    *("not-ok", "no-signal", "alarm"),
)
LEVEL = BooleanWords(yes=("ok", "good", "normal"), no=WRONG)
SUPERVISION = Enumeration(("ok", "error"), spellings=dict.fromkeys(WRONG, "error"))
SETTLED = BooleanWords(yes=("settled",), no=("adjusting", "not-settled"))

OUTPUTS = Table(
    "chassisN.slots[].module.outputs[]",
    ports.OUTPUTS,
    OUTPUT.gauge(
        "enabled",
        "1 if the output is enabled.",
        first_of(
            flag("enabled", "output-enabled", "out-enabled", "is-enabled"),
            inverted_flag("disabled"),
            value(state_is(signals.GPIO, "output-enabled", no=("unused",)), "port-state", "gpio-state"),
            signals.holds(signals.OUTPUT, "disabled", 0.0),
        ),
    ),
    OUTPUT.gauge(
        "signal_present",
        "1 if a signal is detected at the output (its carrier).",
        first_of(
            value(signals.PRESENCE, "carrier-detected", "carrier", "signal-present"),
            signals.holds(signals.OUTPUT, "carrier-detected"),
            signals.SIGNAL,
        ),
    ),
    OUTPUT.gauge(
        "level_ok",
        "1 if the monitored level of the output is correct.",
        first_of(
            value(LEVEL, "level-ok", "level.ok"),
            when_value(value(LEVEL, "level", "level-state", "output-level")),
            when_value(value(state_is(SUPERVISION, "ok"), "state", "status")),
        ),
        grade="D",
    ),
    OUTPUT.gauge("overload", "1 if the output is overloaded.", flag("overload", "overloaded")),
    OUTPUT.gauge(
        "short_circuit",
        "1 if the output is short-circuited.",
        first_of(flag("short-circuit", "shorted"), signals.holds(signals.OUTPUT, "short-circuit")),
    ),
    OUTPUT.gauge(
        "settled",
        "1 if the output has settled; 0 while it is adjusting.",
        first_of(value(SETTLED, "settled", "is-settled"), inverted_flag("adjusting")),
        grade="D",
    ),
    OUTPUT.state(
        "quality_level",
        "Quality level (SSM) that the output sends.",
        SSM,
        *("ssm", "quality-level", "ssm-out", "outgoing-ssm", "outgoing-quality-level"),
    ),
    OUTPUT.gauge(
        "frequency_hertz",
        "Frequency of the output, in hertz.",
        first_of(
            scaled(1.0, "frequency-hz", "freq-hz", least=0.0), scaled(1e3, "frequency-khz", "freq-khz", least=0.0)
        ),
        grade="D",
    ),
    OUTPUT.gauge(
        "data_rate_bytes_per_second",
        "Data rate of a framed output, in bytes per second.",
        first_of(
            scaled(0.125, "bit-rate-bps", "bitrate-bps", least=0.0),
            scaled(125, "bit-rate-kbps", "bitrate-kbps", least=0.0),
        ),
        grade="D",
    ),
    *signals.port_rows(OUTPUT, "output", signals.OUTPUT),
)
