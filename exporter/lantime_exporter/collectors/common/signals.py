"""Shared by inputs and outputs: enumerations of ports and the readers of their conditions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.tree import Node
from lantime_exporter.document.values import BooleanWords, is_word
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import Reader, by_label, first_of, value, when_value
from lantime_exporter.mapping.state_readers import flag_is, flags, state
from lantime_exporter.mapping.table import Ignored, Row, RowGroup, ignored

BITS = dict(
    enumerate(
        (
            *("disabled", "carrier-detected", "input-signal-never-avail", "input-signal-avail", "input-signal-lost"),
            *("short-circuit", "red", "green", "blue", "yellow", "time-verifying", "telegram-inconsistent"),
        )
    )
)
"""Status bits of a port."""

SPELLINGS = {
    "input-signal-available": "input-signal-avail",
    "input-signal-never-available": "input-signal-never-avail",
    "shorted": "short-circuit",
}

OUTPUT = Enumeration(("disabled", "carrier-detected", "short-circuit"), BITS, SPELLINGS)
INPUT = Enumeration(
    ("disabled", "input-signal-never-avail", "input-signal-avail", "input-signal-lost"), BITS, SPELLINGS
)
"""Conditions of a port; other bits are unknown states."""

TYPE = Enumeration.counted(
    *("pps", "10-mhz", "2048-khz", "gpio", "ethernet", "terminal", "multi", "prog-output", "switch", "timecode"),
    *("light", "antenna", "uart", "dcf77", "power", "spst-relay", "spdt-relay", "synthesizer"),
)

MODE = Enumeration.counted(
    "disabled", "always-enabled", "if-sync-only", "always-after-sync", "enabled", "passed-through"
)

SOURCE = Enumeration.counted(
    *("static", "locally-generated", "associated-clock", "active-clock", "clock-1-fixed", "clock-2-fixed"),
    *("any-rate-converter", "oscillator", "synce", "switch-card", "configurable", "external"),
)

GPIO = Enumeration.counted("unused", "output-enabled", "input-signal-available")

MANY = ("status", "port-status", "status-flags", "status-bits", "flags")
ONE = ("state", "port-state")
"""Keys of a single word that names the most important condition; a number there may be a GPIO state."""


def holds(enumeration: Enumeration, word: str, figure: float = 1.0) -> Reader:
    """Return a reader of whether one condition of a port holds: ``figure`` if so, else its opposite."""
    return first_of(
        flag_is(flags(enumeration, *MANY), word, figure), when_value(flag_is(flags(enumeration, *ONE), word, figure))
    )


def setup(texts: Reader) -> Reader:
    """Return the reader of the settings of a port: a ``signal`` that is not a word is its presence or strength."""

    def find(context: BindingContext, scope: Scope) -> Iterable[Found]:
        signal = scope.node.leaf("signal")
        if signal and not context.guard_predicate(signal, is_word):
            others = {key: part for key, part in scope.node.items() if part is not signal}
            scope = Scope(Node(scope.node.path, others), scope.labels)
        return texts.find(context, scope)

    return replace(texts, find=find)


GROUP_ROLE = Enumeration(("master", "slave"))
COLOURS = Enumeration.counted("unknown", "green", "yellow", "red")

GROUP_ROLES = by_label(
    {
        group: when_value(state(GROUP_ROLE, f"{short}-grp-role", f"{group}-group-role"))
        for group, short in (("physical", "phys"), ("logical", "log"))
    }
)
"""Roles in the group of ports on one connector, and in the configured group."""

LOCK = BooleanWords(
    yes=("locked", "lock", "ok", "synchronized"),
    no=("unlocked", "not-locked", "free-running", "lost", "fault", "not-synchronized"),
)

PRESENCE = BooleanWords(
    yes=("present", "available", "avail", "detected", "ok", "valid"),
    no=("absent", "not-present", "not-available", "not-detected", "missing", "lost", "no-signal"),
)

SIGNAL = when_value(value(PRESENCE, "signal"), PRESENCE.knows)
"""Whether there is a signal, if the value of ``signal`` is such a word and not a type."""


def port_rows(group: RowGroup, port: str, enumeration: Enumeration) -> tuple[Row | Ignored, ...]:
    """Return the rows that inputs and outputs share; ``enumeration`` has the status bits of the port."""
    settings = group.info(
        "info",
        f"Configuration of the {port}.",
        type=("port-type", "io-port-type", "type", TYPE.state),
        signal=("signal", "signal-type", "time-code", "format"),
        mode=("operation-mode", "op-mode", MODE.state),
        source=("source", "io-source", SOURCE.state),
    )
    return (
        group.conditions(
            "condition",
            f"Conditions of the {port}",
            first_of(flags(enumeration, *MANY), when_value(flags(enumeration, "state"))),
        ),
        group.state("port_state", f"State of the {port} as a GPIO port.", GPIO, "port-state", "gpio-state"),
        group.gauge("group_role", f"Role of the {port} in its redundancy group.", GROUP_ROLES, "group", "state"),
        ignored("supp-stati", because="conditions that the port can report, not those that hold"),
        Row(settings.metric, setup(settings.read)),
    )


def mask_rows(group: RowGroup, what: str) -> Iterator[Row]:
    """Yield the rows of the results against the MTIE and TDEV masks."""
    for mask in ("mtie", "tdev"):
        text = f"Result of the {what} against its {mask.upper()} mask."
        yield group.state(f"{mask}_colour", text, COLOURS, f"{mask}-color", f"{mask}-colour", f"ql-color-{mask}")
