"""States and what they look like: a word and a colour each, and the PromQL that gives one number for a state set."""

from dataclasses import dataclass

from tools.dashboards.colours import BAD, GOOD, NEUTRAL, NOTICE, OFF, RELAY_OPEN, UNREACHABLE, WARNING


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
        return tuple(enumerate((*self.members, State("other word", NEUTRAL)), 1))

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


def flag(on: str, off: str, on_colour: str = GOOD, off_colour: str = BAD) -> Words:
    """Return the texts of a 0/1 gauge."""
    return Words((("1", State(on, on_colour)), ("0", State(off, off_colour))))


SYNC = States(
    (State("synchronized", GOOD), State("holdover", WARNING), State("not-synchronized", BAD, "not synchronized"))
)

REACHED = Words((("none", State("none", GOOD, "reachable")),), others=BAD)
"""Reasons of ``lantime_probe_failure``."""

LINK = Words((("2", State("up", GOOD)), ("1", State("no link", BAD)), ("0", State("unused", OFF))))
"""Values of ``signals.LINK``."""

RELAY = States((State("no", GOOD, "NO"), State("nc", BAD, "NC")))

LED = States((State("off", OFF), State("green", GOOD), State("yellow", NOTICE), State("red", BAD)))

TROUBLE = Words(
    (
        ("6", State("not scraped", OFF)),
        ("5", State("unreachable", UNREACHABLE)),
        ("4", State("not in sync", BAD)),
        ("3", State("holdover", WARNING)),
        ("2", State("relay in NC", RELAY_OPEN)),
        ("1", State("part failed", NOTICE)),
        ("0", State("ok", GOOD)),
    )
)
"""Values of the signal ``TROUBLE``."""

SHS = States(
    (State("ok", GOOD), State("warning", WARNING), State("error", BAD), State("fatal", BAD), State("disabled", OFF))
)

RECEIVER = States(
    (
        State("synchronized", GOOD),
        State("tracking", NEUTRAL),
        State("warm-boot", NOTICE, "warm boot"),
        State("cold-boot", WARNING, "cold boot"),
        State("not-synchronized", BAD, "not synchronized"),
    )
)

SATELLITES = States(
    (
        State("normal-operation", GOOD, "normal"),
        State("tracking", NEUTRAL),
        State("warm-boot", NOTICE, "warm boot"),
        State("cold-boot", WARNING, "cold boot"),
    )
)

PTP_PORT = States(
    (
        State("master", GOOD),
        State("slave", GOOD),
        State("passive", NEUTRAL),
        State("uncalibrated", NOTICE),
        State("listening", NOTICE),
        State("pre-master", NOTICE),
        State("initializing", NOTICE),
        State("uninitialized", BAD),
        State("faulty", BAD),
        State("disabled", OFF),
    )
)

SMPTE = States(
    (
        State("locked", GOOD),
        State("not-in-use", OFF, "not in use"),
        State("cold-locking", NOTICE, "cold locking"),
        State("warm-locking", NOTICE, "warm locking"),
        State("free-run", WARNING, "free run"),
    )
)

SELECTION = Words(
    (
        ("pps-peer", State("pps-peer", GOOD)),
        ("sys-peer", State("sys-peer", GOOD)),
        ("candidate", State("candidate", GOOD)),
        ("backup", State("backup", OFF)),
        ("outlier", State("outlier", NOTICE)),
        ("excess", State("excess", OFF)),
        ("reject", State("reject", WARNING)),
        ("falsetick", State("falsetick", BAD)),
    )
)

SYNCMON = Words(
    (
        ("ok", State("ok", GOOD)),
        ("synchronized", State("synchronized", GOOD)),
        ("limit-exceeded", State("limit-exceeded", BAD, "limit exceeded")),
        ("alarm", State("alarm", BAD)),
        ("not-reachable", State("not-reachable", WARNING, "not reachable")),
    ),
    others=NEUTRAL,
)
"""What SyncMon makes of a node, in the words of all firmware."""

ANTENNA = Words(
    (
        ("connected", State("connected", GOOD)),
        ("disconnected", State("disconnected", BAD)),
        ("short-circuit", State("short-circuit", BAD, "short circuit")),
    )
)

SEVERITY = Words(
    (
        ("critical", State("critical", BAD)),
        ("error", State("error", BAD)),
        ("warning", State("warning", WARNING)),
        ("action", State("action", NEUTRAL)),
        ("info", State("info", OFF)),
    )
)
"""Severities of alerts and types of events."""

SYNCE = States(
    (
        State("ql-prs", GOOD, "QL-PRS"),
        State("ql-prc", GOOD, "QL-PRC"),
        State("ql-ssu-a-tnc", NOTICE, "QL-SSU-A"),
        State("ql-ssu-b", NOTICE, "QL-SSU-B"),
        State("ql-st2", NOTICE, "QL-ST2"),
        State("ql-eec1-sec", WARNING, "QL-EEC1"),
        State("ql-eec2-st3", WARNING, "QL-EEC2"),
        State("ql-stu-ukn", OFF, "unknown"),
        State("ql-dnu-dus", BAD, "QL-DNU"),
    )
)

PROBE = States(
    (
        State("none", GOOD, "ok"),
        State("connect", BAD),
        State("timeout", BAD),
        State("tls", BAD),
        State("auth", WARNING),
        State("lockout", WARNING),
        State("status", BAD),
        State("content", BAD),
    )
)
"""Reasons of ``lantime_probe_failure`` as a state set."""
