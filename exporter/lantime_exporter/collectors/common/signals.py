"""What inputs and outputs have in common: vocabularies of ports and the readers of their conditions (8.11)."""

from collections.abc import Iterable
from dataclasses import dataclass

from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import verdict
from lantime_exporter.document.words import Vocabulary
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.readers import First, Flags, Holds, Said, Texts, is_word, state, texts, value
from lantime_exporter.mapping.reading import Reading
from lantime_exporter.mapping.table import Scope
from lantime_exporter.mapping.trace import Trace

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


@dataclass(frozen=True, slots=True)
class Setup:
    """What a port is set up for: type, signal, operation mode and source, numbers of ``?raw`` as words.

    A ``signal`` that is no word tells whether there is one, or how strong it is, and not which.
    """

    texts: Texts
    keys: tuple[str, ...] = ("port-type",)
    adds: int = 4

    def bind(self, trace: Trace, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Reading]:
        """Return one reading of all labels that are there."""
        signal = scope.get("signal")
        if isinstance(scope.node, Node) and isinstance(signal, Leaf) and not trace.judge(signal, is_word):
            others = {key: part for key, part in scope.node.items() if part is not signal}
            scope = Scope(Node(scope.node.path, others), scope.labels)
        return self.texts.bind(trace, scope, metric, labels)


SETUP = Setup(
    texts(
        type=("port-type", "io-port-type", "type", TYPE.word),
        signal=("signal", "signal-type", "time-code", "format"),
        mode=("operation-mode", "op-mode", MODE.word),
        source=("source", "io-source", SOURCE.word),
    )
)

LOCK = verdict(
    yes=("locked", "lock", "ok", "synchronized"),
    no=("unlocked", "not-locked", "free-running", "lost", "fault", "not-synchronized"),
)

PRESENCE = verdict(
    yes=("present", "available", "avail", "detected", "ok", "valid"),
    no=("absent", "not-present", "not-available", "not-detected", "missing", "lost", "no-signal"),
)

SIGNAL = Said(value(PRESENCE, "signal"), PRESENCE.knows)
"""Whether there is a signal, where the key that elsewhere names it says so."""
