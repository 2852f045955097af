"""Time code receivers (TCR, IRIG) below a clock module: ``module.tcr``, ``module.irig``; guesses, grade D."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.exposition.metric import Grade, Metric, gauge, info
from lantime_exporter.mapping.finders import holding
from lantime_exporter.mapping.readers import StateIs, count, flag, info_labels, state
from lantime_exporter.mapping.table import Collector, Row, Table

DATA = Enumeration(("ok", "no-code"))
TELEGRAM = Enumeration(("consistent", "inconsistent"))
STATE = Enumeration(
    ("synchronized", "not-synchronized"),
    raw={100: "not-synchronized", 101: "synchronized"},
    spellings={"tcr-sync": "synchronized", "tcr-not-sync": "not-synchronized"},
)
"""Numbers are the MIB's substates."""


def fact(name: str, text: str) -> Metric:
    """Return a gauge of 0 or 1 with the label slot."""
    return gauge(f"lantime_timecode_{name}", text, "slot", grade=Grade.D)


PRESENT = fact("present", "1 if a time code is received.")
CONSISTENT = fact("consistent", "1 if successive telegrams fit together.")

TIMECODE = Table(
    "chassisN.slots[].module.tcr",
    holding("code-present", "code-consistent", "telegram"),
    (
        Row(
            gauge("lantime_timecode_state", "State of the time code receiver.", "slot", "state", grade=Grade.D),
            state(STATE, "state"),
        ),
        Row(fact("locked", "1 if the receiver is locked to the time code."), flag("locked")),
        Row(PRESENT, flag("code-present")),
        Row(PRESENT, StateIs(DATA, ("ok",), ("no-code",), ("data",))),
        Row(CONSISTENT, flag("code-consistent")),
        Row(CONSISTENT, StateIs(TELEGRAM, ("consistent",), ("inconsistent",), ("telegram",))),
        Row(fact("jitter_exceeded", "1 if the jitter is beyond +-100 us (TCAP)."), flag("jitter-exceeded")),
        Row(fact("utc_parameter_invalid", "1 if the UTC parameters are invalid."), flag("invalid-utc-parameter")),
        Row(
            fact("system_configuration_invalid", "1 if the system configuration is invalid."),
            flag("invalid-system-configuration"),
        ),
        Row(fact("pulses_enabled", "1 if pulses are put out."), flag("pulses-enabled")),
        Row(fact("tfom", "Time Figure of Merit of the time code, 0 (best) to 15."), count("tfom", most=15)),
        Row(
            info("lantime_timecode_info", "Kind of time code.", "slot", "code", grade=Grade.D), info_labels(code="code")
        ),
    ),
)

COLLECTOR = Collector("timecode", (TIMECODE,))
