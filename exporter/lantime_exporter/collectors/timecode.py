"""Time code receivers (TCR, IRIG) below a clock module: ``module.tcr``, ``module.irig``; guesses, grade D."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.mapping.finders import holding
from lantime_exporter.mapping.readers import count, first_of, flag, value
from lantime_exporter.mapping.state_readers import state_is
from lantime_exporter.mapping.table import RowGroup, Table

RECEIVER = RowGroup("lantime_timecode", "slot", grade="D")

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
    RECEIVER.state("state", "State of the time code receiver.", STATE, "state"),
    RECEIVER.gauge("locked", "1 if the receiver is locked to the time code.", flag("locked")),
    RECEIVER.gauge(
        "present", "1 if a time code is received.", first_of(flag("code-present"), value(state_is(DATA, "ok"), "data"))
    ),
    RECEIVER.gauge(
        "consistent",
        "1 if successive telegrams are consistent.",
        first_of(flag("code-consistent"), value(state_is(TELEGRAM, "consistent"), "telegram")),
    ),
    RECEIVER.gauge("jitter_exceeded", "1 if the jitter exceeds +-100 us (TCAP).", flag("jitter-exceeded")),
    RECEIVER.gauge("utc_parameter_invalid", "1 if the UTC parameters are invalid.", flag("invalid-utc-parameter")),
    RECEIVER.gauge(
        "system_configuration_invalid",
        "1 if the system configuration is invalid.",
        flag("invalid-system-configuration"),
    ),
    RECEIVER.gauge("pulses_enabled", "1 if pulses are enabled.", flag("pulses-enabled")),
    RECEIVER.gauge("tfom", "Time Figure of Merit of the time code, 0 (best) to 15.", count("tfom", most=15)),
    RECEIVER.info("info", "Type of the time code.", code="code"),
)
