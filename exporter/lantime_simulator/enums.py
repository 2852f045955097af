"""Raw numbers of words that occur in several parts."""

from types import MappingProxyType


def counted(*words: str, start: int = 0) -> MappingProxyType[str, int]:
    """Return the numbers of words that count up from ``start``."""
    return MappingProxyType({word: number for number, word in enumerate(words, start)})


CLOCK_STATES = MappingProxyType({"not-synchronized": 0, "synchronized": 1, "holdover": 2})
"""``holdover`` is documented, the others are guesses."""

OSCILLATOR_STATES = counted("not-warmed-up", "warmed-up")

ANTENNA_STATES = counted("no-data", "connected", "disconnected", "short-circuit")

RECEIVER_STATES = MappingProxyType(
    {**counted("lw-never-sync", "lw-not-sync", "lw-sync", start=50), **counted("tcr-not-sync", "tcr-sync", start=100)}
)
"""Substates of the MIB. States of satellite receivers have different numbers there and in meinbergOS, so none here."""

REFERENCE_TYPES = counted(
    *("gps", "10mhz-freqin", "pps-in", "10mhz-pps-in", "irig", "ntp", "ptp-ieee1588", "ptp-over-e1", "fixed-freq-in"),
    *("pps-plus-string", "var-freq-via-gpio", "reserved", "dcf77-pzf-receiver", "long-wave-receiver", "gnss-receiver"),
    *("havequick-input", "ext-osc", "synchronous-ethernet", "video-input", "linear-time-code"),
)

OSCILLATORS = counted(
    *("unknown", "tcxo-lq", "tcxo", "ocxo-lq", "ocxo-mq", "ocxo-hq", "ocxo-xhq", "rubidium", "tcxo-mq", "ocxo-dhq"),
    "ocxo-sq",
)

TIME_QUALITIES = counted(
    "unknown",
    *(f"less-than-{bound}" for bound in ("1ns", "10ns", "25ns", "100ns", "250ns", "1us", "2.5us", "10us", "25us")),
    *(f"less-than-{bound}" for bound in ("100us", "250us", "1ms", "2.5ms", "10ms", "25ms", "100ms", "250ms")),
    *("less-than-1s", "less-than-10s", "more-than-10s"),
    start=2,
)

SYNC_STATUS = MappingProxyType(
    {
        "clock": CLOCK_STATES,
        "oscillator": OSCILLATOR_STATES,
        "antenna": ANTENNA_STATES,
        "ref-type": REFERENCE_TYPES,
        "osc-type": OSCILLATORS,
        "est-time-quality": TIME_QUALITIES,
        "time-quality": TIME_QUALITIES,
    }
)
"""Keys of the ``sync-status`` blocks of the system and of the clocks."""

QUALITY_LEVELS = counted(
    *("ql-stu/ukn", "ql-prs", "ql-prc", "inv3", "ql-ssu-a/tnc", "inv5", "inv6", "ql-st2", "ql-ssu-b", "inv9"),
    *("ql-eec2/st3", "ql-eec1/sec", "ql-smc", "ql-st3e", "ql-prov", "ql-dnu/dus"),
)

PORT_TYPES = counted(
    *("pps", "10-mhz", "2048-khz", "gpio", "ethernet", "terminal", "multi", "prog.-output", "switch", "timecode"),
    *("light", "antenna", "uart", "dcf77", "power", "spst-relay", "spdt-relay", "synthesizer"),
)

DIRECTIONS = counted("input", "output", "input/output")

OPERATION_MODES = counted(
    "disabled", "always-enabled", "if-sync-only", "always-after-sync", "enabled", "passed-through"
)

PORT_SOURCES = counted(
    *("static", "locally-generated", "associated-clock", "active-clock", "clock-1-fixed", "clock-2-fixed"),
    *("any-rate-converter", "oscillator", "synce", "switch-card", "configurable", "external"),
)

PORT_ENUMS = MappingProxyType(
    {
        "port-type": PORT_TYPES,
        "direction": DIRECTIONS,
        "operation-mode": OPERATION_MODES,
        "source": PORT_SOURCES,
    }
)
"""Keys of the blocks of input and output ports."""
