"""Apply tables to a document once, and note everything that the result depends on.

What a table decides by looking (which slot, which name, which block) is noted as a *guard*; what it wants read at every
probe becomes a *reading*. As long as the shape and the guards of the next answer are the same, so is the trace. Where a
decision hangs on the kind of a value only, the value is *judged*, and may move within its kind.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar, cast

from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import LONGEST_NAME, Leaf, Node, Roll
from lantime_exporter.document.values import text
from lantime_exporter.errors import DecodeError
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.reading import LONGEST_LABEL, Reading

T = TypeVar("T")


class Retrace(Exception):  # noqa: N818 -- a request, not an error
    """Raised while reading: the document is no longer what the reading was bound for."""


def failure(error: Exception) -> str:
    """Return the text of an unexpected exception, with its kind."""
    return f"{type(error).__name__}: {error}"


class Account(StrEnum):
    """What becomes of a leaf (label ``account`` of ``lantime_status_leaves``)."""

    MAPPED = "mapped"
    GENERIC = "generic"
    IGNORED = "ignored"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class Oddity:
    """A value that could not be understood."""

    collector: str
    path: str
    problem: str
    value: Scalar = None


Test = Callable[[Scalar], bool]
"""A question about a value that never fails."""


@dataclass(slots=True)
class Trace:
    """Everything found out about one document shape; ``lantime_exporter.mapping.plan`` compiles it."""

    root: Node
    count: int
    collector: str = ""
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)
    guards: dict[int, Leaf] = field(default_factory=dict)
    judged: list[tuple[Leaf, Test, bool]] = field(default_factory=list)
    """Leaves that a decision hangs on by what a test says of them, and what it said."""
    accounts: dict[int, Account] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    """Series that the generic layer left out, by slot."""
    _series: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    _open: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    """Beginnings of the series of readings that find further labels at every probe."""
    _begun: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    """Beginnings of all series."""
    _found: dict[Callable[..., object], tuple[object, ...]] = field(default_factory=dict)
    """What ``once`` found, by the function."""

    @property
    def data(self) -> Node:
        """The status sections."""
        return self.root.node("data") or Node(("data",), {})

    def rolls(self) -> Iterable[Roll]:
        """Yield the lists that are one leaf."""
        return (node for node in self.root.descendants() if isinstance(node, Roll))

    def once(self, find: "Callable[[Trace], Iterable[T]]") -> tuple[T, ...]:
        """Return what a function finds in this document, which is looked for once however many tables want it."""
        if find not in self._found:
            self._found[find] = tuple(find(self))
        return cast("tuple[T, ...]", self._found[find])

    def look(self, leaf: Leaf) -> Scalar:
        """Return the value of a leaf that a decision hangs on; the leaf counts as mapped."""
        self.guards[leaf.index] = leaf
        self.claim(leaf)
        return leaf.value

    def judge(self, leaf: Leaf, test: Test) -> bool:
        """Return what a test says of a leaf whose value may move; only another answer asks for another trace."""
        answer = test(leaf.value)
        self.judged.append((leaf, test, answer))
        return answer

    def name(self, leaf: Leaf | None) -> str | None:
        """Return the text of a leaf that names something, None where it says nothing or is too long for a name."""
        found = None if leaf is None else text(self.look(leaf))
        return None if found is None or len(found) > LONGEST_NAME else found

    def claim(self, leaf: Leaf, account: Account = Account.MAPPED, reason: str = "") -> None:
        """Note what becomes of a leaf. A mapped leaf stays mapped."""
        if self.accounts.get(leaf.index) is not Account.MAPPED:
            self.accounts[leaf.index] = account
            if reason:
                self.reasons[leaf.index] = reason

    def ignore(self, part: Node | Leaf | None, reason: str) -> None:
        """Note that a leaf, or all leaves below a node, are left out on purpose; the reason is one short sentence."""
        if isinstance(part, Roll):
            part = part.whole
        for leaf in [part] if isinstance(part, Leaf) else part.leaves() if part else ():
            if leaf.index not in self.accounts:
                self.claim(leaf, Account.IGNORED, reason)

    def is_free(self, leaf: Leaf) -> bool:
        """Return whether nobody has claimed the leaf."""
        return leaf.index not in self.accounts

    def free(self, part: Node) -> Iterable[Leaf]:
        """Yield the leaves below a node that nobody has claimed."""
        return (leaf for leaf in part.leaves() if self.is_free(leaf))

    def add(self, reading: Reading, account: Account = Account.MAPPED) -> None:
        """Take a reading; a second one for the same series is an oddity, never a second series.

        So is one with a label longer than ``LONGEST_LABEL``.
        """
        for leaf in reading.sources:
            self.claim(leaf, account)
        if any(len(label) > LONGEST_LABEL for label in reading.labels):
            self._refuse(reading, f"a label of {reading.metric.name} is longer than {LONGEST_LABEL} characters")
        elif not self._new(reading.metric.name, reading.labels, reading.many):
            self._refuse(reading, f"the series {reading.metric.name}{reading.labels} is there twice")
        else:
            self.readings.setdefault(self.collector, []).append(reading)

    def _refuse(self, reading: Reading, problem: str) -> None:
        path = "/".join(reading.sources[0].path) if reading.sources else ""
        self.oddities.append(Oddity(self.collector, path, problem))

    def _new(self, name: str, labels: tuple[str, ...], many: bool) -> bool:
        """Return whether no reading yet can give a series that one with these labels can give.

        A reading of many samples stands for every series that begins with its labels.
        """
        series = {(name, labels[:end]) for end in range(len(labels) + 1)}
        if series & self._open or (name, labels) in (self._begun if many else self._series):
            return False
        self._begun |= series
        (self._open if many else self._series).add((name, labels))
        return True

    def constant(self, metric: Metric, labels: tuple[str, ...], value: float) -> None:
        """Take a sample that depends on the shape and the guards alone."""
        self.add(Reading(metric, labels, (), lambda: value))

    def odd(self, part: Node | Leaf | None, problem: str) -> None:
        """Note something that cannot be understood in the current collector's part."""
        path = "/".join(part.path) if part else ""
        value = self.look(part) if isinstance(part, Leaf) else None
        self.oddities.append(Oddity(self.collector, path, problem, value))

    def attempt(self, leaf: Leaf, decode: Callable[[Scalar], float | None]) -> float | None:
        """Return the decoded value of a leaf that a decision hangs on; an odd one is noted and None."""
        try:
            return decode(self.look(leaf))
        except DecodeError as error:
            self.odd(leaf, str(error))
            return None
