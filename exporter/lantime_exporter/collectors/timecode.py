"""Time code receivers (TCR, IRIG) below a clock module: ``module.tcr``, ``module.irig``; guesses, grade D."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.exposition.metric import Grade, MetricGroup
from lantime_exporter.mapping.finders import holding
from lantime_exporter.mapping.readers import StateIs, count, first_of, flag, info_labels, state
from lantime_exporter.mapping.table import Collector, Row, Table

RECEIVER = MetricGroup("lantime_timecode", "slot", grade=Grade.D)

DATA = Enumeration(("ok", "no-code"))
TELEGRAM = Enumeration(("consistent", "inconsistent"))
STATE = Enumeration(
    ("synchronized", "not-synchronized"),
    raw={100: "not-synchronized", 101: "synchronized"},
    spellings={"tcr-sync": "synchronized", "tcr-not-sync": "not-synchronized"},
)
"""The numbers are substates of the MIB."""


TIMECODE = Table(
    "chassisN.slots[].module.tcr",
    holding("code-present", "code-consistent", "telegram"),
    (
        Row(RECEIVER.gauge("state", "State of the time code receiver.", "state"), state(STATE, "state")),
        Row(RECEIVER.gauge("locked", "1 if the receiver is locked to the time code."), flag("locked")),
        Row(
            RECEIVER.gauge("present", "1 if a time code is received."),
            first_of(flag("code-present"), StateIs(DATA, ("ok",), ("no-code",), ("data",))),
        ),
        Row(
            RECEIVER.gauge("consistent", "1 if successive telegrams are consistent."),
            first_of(flag("code-consistent"), StateIs(TELEGRAM, ("consistent",), ("inconsistent",), ("telegram",))),
        ),
        Row(RECEIVER.gauge("jitter_exceeded", "1 if the jitter exceeds +-100 us (TCAP)."), flag("jitter-exceeded")),
        Row(
            RECEIVER.gauge("utc_parameter_invalid", "1 if the UTC parameters are invalid."),
            flag("invalid-utc-parameter"),
        ),
        Row(
            RECEIVER.gauge("system_configuration_invalid", "1 if the system configuration is invalid."),
            flag("invalid-system-configuration"),
        ),
        Row(RECEIVER.gauge("pulses_enabled", "1 if pulses are enabled."), flag("pulses-enabled")),
        Row(RECEIVER.gauge("tfom", "Time Figure of Merit of the time code, 0 (best) to 15."), count("tfom", most=15)),
        Row(RECEIVER.info("info", "Type of the time code.", "code"), info_labels(code="code")),
    ),
)

COLLECTOR = Collector("timecode", (TIMECODE,))
