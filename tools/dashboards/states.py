"""States with their word and colour, and the PromQL that returns one number for a state set."""

from dataclasses import dataclass

from tools.dashboards.colours import BAD, GOOD, NEUTRAL, NOTICE, OFF, RELAY_OPEN, TEXT, UNREACHABLE, WARNING


@dataclass(frozen=True, slots=True)
class StateStyle:
    """A state: its word in the label ``state``, its colour, and the shown text if it is not the word."""

    word: str
    colour: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class States:
    """The states of a state set; the n-th has the number n, unknown words the number after the last."""

    members: tuple[StateStyle, ...]

    @property
    def numbered(self) -> tuple[tuple[int, StateStyle], ...]:
        """The states by number, with one for unknown words."""
        return tuple(enumerate((*self.members, StateStyle("other word", NEUTRAL)), 1))

    def query(self, metric: str, by: str, where: str = "", label: str = "state") -> str:
        """Return PromQL for the number of the current state of each set of labels ``by``.

        ``where`` are matchers of other labels of the metric, each followed by a comma.
        """
        words = "|".join(state.word for state in self.members)
        tests = [f'="{state.word}"' for state in self.members] + [f'!~"{words}"']
        terms = [
            f"({number} * max by ({by}) ({metric}{{{where}{label}{test}}}) > 0)" for number, test in enumerate(tests, 1)
        ]
        return "\nor ".join(terms)

    @property
    def texts(self) -> tuple[str, ...]:
        """The shown text of each state."""
        return tuple(state.text or state.word for state in self.members)

    def mappings(self) -> list[dict[str, object]]:
        """Return Grafana's value mappings: for the numbers, and for the words themselves."""
        shown = {
            key: {"color": state.colour, "index": number, "text": state.text or state.word}
            for number, state in self.numbered
            for key in (str(number), state.word)
        }
        return [{"type": "value", "options": shown}]


@dataclass(frozen=True, slots=True)
class Words:
    """Texts and colours of values that are already numbers, or of words; ``others`` is the colour of other words."""

    by_value: tuple[tuple[str, StateStyle], ...]
    others: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The shown text of each value."""
        return tuple(state.text or state.word for _, state in self.by_value)

    def mappings(self) -> list[dict[str, object]]:
        """Return Grafana's value mappings."""
        shown = {
            value: {"color": state.colour, "index": place, "text": state.text or state.word}
            for place, (value, state) in enumerate(self.by_value)
        }
        other: dict[str, object] = {
            "type": "regex",
            "options": {"pattern": "(.+)", "result": {"color": self.others, "index": len(shown), "text": "$1"}},
        }
        return [{"type": "value", "options": shown}, *([other] if self.others else [])]


def flag(on: str, off: str, on_colour: str = GOOD, off_colour: str = BAD) -> Words:
    """Return the texts of a 0/1 gauge."""
    return Words((("1", StateStyle(on, on_colour)), ("0", StateStyle(off, off_colour))))


SYNC = States(
    (
        StateStyle("synchronized", GOOD),
        StateStyle("holdover", WARNING),
        StateStyle("not-synchronized", BAD, "not synchronized"),
    )
)

CLOCK = States(
    (
        StateStyle("synchronized", GOOD, "in sync"),
        StateStyle("holdover", WARNING),
        StateStyle("not-synchronized", BAD, "not in sync"),
    )
)
"""A clock module, in a narrow column."""

CLOCK_INDEX = Words((("0", StateStyle("clk1", TEXT)), ("1", StateStyle("clk2", TEXT))))

REACHED = Words((("none", StateStyle("none", GOOD, "reachable")),), others=BAD)
"""Reasons of ``lantime_probe_failure``."""

LINK = Words((("2", StateStyle("up", GOOD)), ("1", StateStyle("no link", BAD)), ("0", StateStyle("unused", OFF))))
"""Values of ``signals.LINK``."""

RELAY = States((StateStyle("no", GOOD, "NO"), StateStyle("nc", BAD, "NC")))

LED = States((StateStyle("off", OFF), StateStyle("green", GOOD), StateStyle("yellow", NOTICE), StateStyle("red", BAD)))

TROUBLE = Words(
    (
        ("6", StateStyle("not scraped", OFF)),
        ("5", StateStyle("unreachable", UNREACHABLE)),
        ("4", StateStyle("not in sync", BAD)),
        ("3", StateStyle("holdover", WARNING)),
        ("2", StateStyle("relay in NC", RELAY_OPEN)),
        ("1", StateStyle("part failed", NOTICE)),
        ("0", StateStyle("ok", GOOD)),
    )
)
"""Values of the signal ``TROUBLE``."""

SHS = States(
    (
        StateStyle("ok", GOOD),
        StateStyle("warning", WARNING),
        StateStyle("error", BAD),
        StateStyle("fatal", BAD),
        StateStyle("disabled", OFF),
    )
)

RECEIVER = States(
    (
        StateStyle("synchronized", GOOD),
        StateStyle("tracking", NEUTRAL),
        StateStyle("warm-boot", NOTICE, "warm boot"),
        StateStyle("cold-boot", WARNING, "cold boot"),
        StateStyle("no-data", BAD, "no data"),
        StateStyle("not-synchronized", BAD, "not synchronized"),
    )
)

SATELLITES = States(
    (
        StateStyle("normal-operation", GOOD, "normal"),
        StateStyle("tracking", NEUTRAL),
        StateStyle("warm-boot", NOTICE, "warm boot"),
        StateStyle("cold-boot", WARNING, "cold boot"),
    )
)

PTP_PORT = States(
    (
        StateStyle("master", GOOD),
        StateStyle("slave", GOOD),
        StateStyle("passive", NEUTRAL),
        StateStyle("uncalibrated", NOTICE),
        StateStyle("listening", NOTICE),
        StateStyle("pre-master", NOTICE),
        StateStyle("initializing", NOTICE),
        StateStyle("uninitialized", BAD),
        StateStyle("faulty", BAD),
        StateStyle("disabled", OFF),
    )
)

SMPTE = States(
    (
        StateStyle("locked", GOOD),
        StateStyle("not-in-use", OFF, "not in use"),
        StateStyle("cold-locking", NOTICE, "cold locking"),
        StateStyle("warm-locking", NOTICE, "warm locking"),
        StateStyle("free-run", WARNING, "free run"),
    )
)

SELECTION = Words(
    (
        ("pps-peer", StateStyle("pps-peer", GOOD)),
        ("sys-peer", StateStyle("sys-peer", GOOD)),
        ("candidate", StateStyle("candidate", GOOD)),
        ("backup", StateStyle("backup", OFF)),
        ("outlier", StateStyle("outlier", NOTICE)),
        ("excess", StateStyle("excess", OFF)),
        ("reject", StateStyle("reject", WARNING)),
        ("falsetick", StateStyle("falsetick", BAD)),
    )
)

SYNCMON = Words(
    (
        ("ok", StateStyle("ok", GOOD)),
        ("synchronized", StateStyle("synchronized", GOOD)),
        ("limit-exceeded", StateStyle("limit-exceeded", BAD, "limit exceeded")),
        ("alarm", StateStyle("alarm", BAD)),
        ("not-reachable", StateStyle("not-reachable", WARNING, "not reachable")),
    ),
    others=NEUTRAL,
)
"""States of a node in SyncMon, in the words of all firmware."""

ANTENNA = Words(
    (
        ("connected", StateStyle("connected", GOOD)),
        ("disconnected", StateStyle("disconnected", BAD)),
        ("short-circuit", StateStyle("short-circuit", BAD, "short circuit")),
    )
)

LEAP = Words(
    (
        ("0", StateStyle("none", GOOD)),
        ("1", StateStyle("insert", NEUTRAL)),
        ("2", StateStyle("delete", NEUTRAL)),
        ("3", StateStyle("alarm", BAD)),
    )
)
"""Leap indicators of NTP."""

MASK = Words(
    (("green", StateStyle("green", GOOD)), ("yellow", StateStyle("yellow", NOTICE)), ("red", StateStyle("red", BAD)))
)
"""The rating of wander (MTIE, TDEV) against its mask."""

SEVERITY = Words(
    (
        ("critical", StateStyle("critical", BAD)),
        ("error", StateStyle("error", BAD)),
        ("warning", StateStyle("warning", WARNING)),
        ("action", StateStyle("action", NEUTRAL)),
        ("info", StateStyle("info", OFF)),
    )
)
"""Severities of alerts and types of events."""

SYNCE = States(
    (
        StateStyle("ql-prs", GOOD, "QL-PRS"),
        StateStyle("ql-prc", GOOD, "QL-PRC"),
        StateStyle("ql-ssu-a-tnc", NOTICE, "QL-SSU-A"),
        StateStyle("ql-ssu-b", NOTICE, "QL-SSU-B"),
        StateStyle("ql-st2", NOTICE, "QL-ST2"),
        StateStyle("ql-eec1-sec", WARNING, "QL-EEC1"),
        StateStyle("ql-eec2-st3", WARNING, "QL-EEC2"),
        StateStyle("ql-stu-ukn", OFF, "unknown"),
        StateStyle("ql-dnu-dus", BAD, "QL-DNU"),
    )
)

PROBE = States(
    (
        StateStyle("none", GOOD, "ok"),
        StateStyle("connect", BAD),
        StateStyle("timeout", BAD),
        StateStyle("tls", BAD),
        StateStyle("auth", WARNING),
        StateStyle("lockout", WARNING),
        StateStyle("status", BAD),
        StateStyle("content", BAD),
    )
)
"""Reasons of ``lantime_probe_failure`` as a state set."""
