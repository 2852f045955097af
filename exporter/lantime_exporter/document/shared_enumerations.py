"""Enumerations that several parts of a device share."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import text

CLOCK = Enumeration(
    ("synchronized", "holdover", "not-synchronized"),
    # ``holdover`` is 2 (the CLI prints ``holdover [2]``); the others follow the MIB's order.
    raw={0: "not-synchronized", 1: "synchronized", 2: "holdover"},
    spellings={
        "synced": "synchronized",
        "sync": "synchronized",
        "locked": "synchronized",
        "unsynchronized": "not-synchronized",
        "not-sync": "not-synchronized",
        "not-synced": "not-synchronized",
        "holdover-mode": "holdover",
    },
)

OSCILLATOR_STATE = Enumeration.counted(
    "not-warmed-up",
    "warmed-up",
    spellings={"warm": "warmed-up", "adjusted": "warmed-up", "not-adjusted": "not-warmed-up"},
)

OSCILLATOR = Enumeration.counted(
    *("unknown", "tcxo-lq", "tcxo", "ocxo-lq", "ocxo-mq", "ocxo-hq", "ocxo-xhq", "rubidium", "tcxo-mq", "ocxo-dhq"),
    "ocxo-sq",
)
"""Types of oscillators (MIB, grade C)."""

REFERENCE = Enumeration.counted(
    *("none", "gps", "10mhz-freqin", "pps-in", "10mhz-pps-in", "irig", "ntp", "ptp-ieee1588", "ptp-over-e1"),
    *("fixed-freq-in", "pps-plus-string", "var-freq-via-gpio", "reserved", "dcf77-pzf-receiver", "long-wave-receiver"),
    *("gnss-receiver", "havequick-input", "ext-osc", "synchronous-ethernet", "video-input", "linear-time-code"),
    start=-1,
)
"""Types of references (MIB, grade C)."""


def oscillator_type(value: Scalar) -> str | None:
    """Return the type of an oscillator, None if the device does not know it."""
    return text(OSCILLATOR.state(value))


def reference_type(value: Scalar) -> str | None:
    """Return the type of a reference, None if there is none."""
    return text(REFERENCE.state(value))


ANTENNA = Enumeration.counted("connected", "disconnected", "short-circuit", start=1, spellings={"ok": "connected"})
"""Numbers as meinbergOS counts them; 0 is no data."""

SSM = Enumeration.counted(
    *("ql-stu-ukn", "ql-prs", "ql-prc", "inv3", "ql-ssu-a-tnc", "inv5", "inv6", "ql-st2"),
    *("ql-ssu-b", "inv9", "ql-eec2-st3", "ql-eec1-sec", "ql-smc", "ql-st3e", "ql-prov", "ql-dnu-dus"),
    spellings={
        "ql-stu": "ql-stu-ukn",
        "ql-unk": "ql-stu-ukn",
        "ql-ssu-a": "ql-ssu-a-tnc",
        "ql-tnc": "ql-ssu-a-tnc",
        "ql-st3": "ql-eec2-st3",
        "ql-eec2": "ql-eec2-st3",
        "ql-eec1": "ql-eec1-sec",
        "ql-sec": "ql-eec1-sec",
        "ql-dnu": "ql-dnu-dus",
        "ql-dus": "ql-dnu-dus",
    },
)
"""Quality levels by SSM code; the codes are not ordered by quality."""
