"""States and what they look like: a word and a colour each, and the PromQL that gives one number for a state set."""

from dataclasses import dataclass

GREEN, YELLOW, ORANGE, RED, BLUE, GREY = "green", "yellow", "orange", "red", "blue", "#6e7581"


@dataclass(frozen=True, slots=True)
class State:
    """A state: its word in the label ``state``, its colour, and the text shown where it is not the word."""

    word: str
    colour: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class States:
    """The states of a state set; the n-th is drawn for the number n, other words for the number after the last."""

    members: tuple[State, ...]

    @property
    def numbered(self) -> tuple[tuple[int, State], ...]:
        """The states by number, with the one for words that are not listed."""
        return tuple(enumerate((*self.members, State("other word", BLUE)), 1))

    def query(self, metric: str, by: str, where: str = "", label: str = "state") -> str:
        """Return PromQL that gives the number of the present state for each set of labels ``by``.

        ``where`` is matchers of the metric's other labels, each with a comma after it.
        """
        words = "|".join(state.word for state in self.members)
        tests = [f'="{state.word}"' for state in self.members] + [f'!~"{words}"']
        terms = [
            f"({number} * max by ({by}) ({metric}{{{where}{label}{test}}}) > 0)" for number, test in enumerate(tests, 1)
        ]
        return "\nor ".join(terms)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown for each state."""
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

    by_value: tuple[tuple[str, State], ...]
    others: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown for each value."""
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


def flag(on: str, off: str, on_colour: str = GREEN, off_colour: str = RED) -> Words:
    """Return the texts of a 0/1 gauge."""
    return Words((("1", State(on, on_colour)), ("0", State(off, off_colour))))


SYNC = States(
    (State("synchronized", GREEN), State("holdover", ORANGE), State("not-synchronized", RED, "not synchronized"))
)

REACHED = Words((("none", State("none", GREEN, "reachable")),), others=RED)
"""Reasons of ``lantime_probe_failure``."""

RELAY = States((State("no", GREEN, "NO"), State("nc", RED, "NC")))

LED = States((State("off", GREY), State("green", GREEN), State("yellow", YELLOW), State("red", RED)))

TROUBLE = Words(
    (
        ("5", State("unreachable", RED)),
        ("4", State("not in sync", RED)),
        ("3", State("holdover", ORANGE)),
        ("2", State("relay in NC", RED)),
        ("1", State("part failed", YELLOW)),
        ("0", State("ok", GREEN)),
    )
)
"""Values of the signal ``trouble``."""

SHS = States(
    (State("ok", GREEN), State("warning", ORANGE), State("error", RED), State("fatal", RED), State("disabled", GREY))
)

RECEIVER = States(
    (
        State("synchronized", GREEN),
        State("tracking", BLUE),
        State("warm-boot", YELLOW, "warm boot"),
        State("cold-boot", ORANGE, "cold boot"),
        State("not-synchronized", RED, "not synchronized"),
    )
)

SATELLITES = States(
    (
        State("normal-operation", GREEN, "normal"),
        State("tracking", BLUE),
        State("warm-boot", YELLOW, "warm boot"),
        State("cold-boot", ORANGE, "cold boot"),
    )
)

PTP_PORT = States(
    (
        State("master", GREEN),
        State("slave", GREEN),
        State("passive", BLUE),
        State("uncalibrated", YELLOW),
        State("listening", YELLOW),
        State("pre-master", YELLOW),
        State("initializing", YELLOW),
        State("uninitialized", RED),
        State("faulty", RED),
        State("disabled", GREY),
    )
)

SMPTE = States(
    (
        State("locked", GREEN),
        State("not-in-use", GREY, "not in use"),
        State("cold-locking", YELLOW, "cold locking"),
        State("warm-locking", YELLOW, "warm locking"),
        State("free-run", ORANGE, "free run"),
    )
)

SELECTION = Words(
    (
        ("pps-peer", State("pps-peer", GREEN)),
        ("sys-peer", State("sys-peer", GREEN)),
        ("candidate", State("candidate", GREEN)),
        ("backup", State("backup", GREY)),
        ("outlier", State("outlier", YELLOW)),
        ("excess", State("excess", GREY)),
        ("reject", State("reject", ORANGE)),
        ("falsetick", State("falsetick", RED)),
    )
)

SYNCMON = Words(
    (
        ("ok", State("ok", GREEN)),
        ("synchronized", State("synchronized", GREEN)),
        ("limit-exceeded", State("limit-exceeded", RED, "limit exceeded")),
        ("alarm", State("alarm", RED)),
        ("not-reachable", State("not-reachable", ORANGE, "not reachable")),
    ),
    others=BLUE,
)
"""What SyncMon makes of a node, in the words of all firmware."""

ANTENNA = Words(
    (
        ("connected", State("connected", GREEN)),
        ("disconnected", State("disconnected", RED)),
        ("short-circuit", State("short-circuit", RED, "short circuit")),
    )
)

SEVERITY = Words(
    (
        ("critical", State("critical", RED)),
        ("error", State("error", RED)),
        ("warning", State("warning", ORANGE)),
        ("action", State("action", BLUE)),
        ("info", State("info", GREY)),
    )
)
"""Severities of alerts and types of events."""

SYNCE = States(
    (
        State("ql-prs", GREEN, "QL-PRS"),
        State("ql-prc", GREEN, "QL-PRC"),
        State("ql-ssu-a-tnc", YELLOW, "QL-SSU-A"),
        State("ql-ssu-b", YELLOW, "QL-SSU-B"),
        State("ql-st2", YELLOW, "QL-ST2"),
        State("ql-eec1-sec", ORANGE, "QL-EEC1"),
        State("ql-eec2-st3", ORANGE, "QL-EEC2"),
        State("ql-stu-ukn", GREY, "unknown"),
        State("ql-dnu-dus", RED, "QL-DNU"),
    )
)

PROBE = States(
    (
        State("none", GREEN, "ok"),
        State("connect", RED),
        State("timeout", RED),
        State("tls", RED),
        State("auth", ORANGE),
        State("lockout", ORANGE),
        State("status", RED),
        State("content", RED),
    )
)
"""Reasons of ``lantime_probe_failure`` as a state set."""
