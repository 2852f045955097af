"""What inputs and outputs have in common: vocabularies of ports and the readers of their conditions (8.11)."""

from exporter.document.shape import Scalar
from exporter.document.values import text, verdict
from exporter.document.words import Vocabulary
from exporter.mapping.readers import First, Flags, Holds, Said, state, texts

BITS = (
    *("disabled", "carrier-detected", "input-signal-never-avail", "input-signal-avail", "input-signal-lost"),
    *("short-circuit", "red", "green", "blue", "yellow", "time-verifying", "telegram-inconsistent"),
)
"""Status bits of a port in their order."""


def status(*words: str) -> Vocabulary:
    """Return the vocabulary of status bits in which these are the ones that a port is known to have."""
    return Vocabulary(
        words,
        dict(enumerate(BITS)),
        {
            "input-signal-available": "input-signal-avail",
            "input-signal-never-available": "input-signal-never-avail",
            "shorted": "short-circuit",
        },
    )


OUTPUT = status("disabled", "carrier-detected", "short-circuit")
INPUT = status("disabled", "input-signal-never-avail", "input-signal-avail", "input-signal-lost")

TYPE = Vocabulary.counted(
    *("pps", "10-mhz", "2048-khz", "gpio", "ethernet", "terminal", "multi", "prog-output", "switch", "timecode"),
    *("light", "antenna", "uart", "dcf77", "power", "spst-relay", "spdt-relay", "synthesizer"),
)

MODE = Vocabulary.counted(
    "disabled", "always-enabled", "if-sync-only", "always-after-sync", "enabled", "passed-through"
)

SOURCE = Vocabulary.counted(
    *("static", "locally-generated", "associated-clock", "active-clock", "clock-1-fixed", "clock-2-fixed"),
    *("any-rate-converter", "oscillator", "synce", "switch-card", "configurable", "external"),
)

GPIO = Vocabulary.counted("unused", "output-enabled", "input-signal-available")

MANY = ("status", "port-status", "status-flags", "status-bits", "flags")
ONE = ("state", "port-state")
"""Where one word names the condition that matters; a number there is a GPIO state or needs another proof."""

PORT_STATE = state(GPIO, "port-state", "gpio-state")


def conditions(vocabulary: Vocabulary) -> First:
    """Return a reader of all conditions of a port."""
    return First((Flags(vocabulary, MANY), Said(Flags(vocabulary, ("state",)))))


def holds(vocabulary: Vocabulary, word: str, figure: float = 1.0) -> First:
    """Return a reader of whether one condition of a port holds: ``figure`` if so, else its opposite."""
    return First((Holds(Flags(vocabulary, MANY), word, figure), Said(Holds(Flags(vocabulary, ONE), word, figure))))


def called(raw: Scalar) -> str | None:
    """Return a text; a number or a boolean under a key that can be a name or a condition is no name."""
    return text(raw) if isinstance(raw, str) else None


KIND = texts(
    type=("port-type", "io-port-type", "type", TYPE.word),
    signal=("signal", "signal-type", "time-code", "format", called),
    mode=("operation-mode", "op-mode", MODE.word),
    source=("source", "io-source", SOURCE.word),
)
"""What a port is set up for; the numbers of ``?raw`` give the same words."""

LOCK = verdict(
    yes=("locked", "lock", "ok", "synchronized"),
    no=("unlocked", "not-locked", "free-running", "lost", "fault", "not-synchronized"),
)

PRESENCE = verdict(
    yes=("present", "available", "avail", "detected", "ok", "valid"),
    no=("absent", "not-present", "not-available", "not-detected", "missing", "lost", "no-signal"),
)
