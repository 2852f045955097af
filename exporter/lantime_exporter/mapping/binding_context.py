"""Apply tables to a document once, and record everything that the result depends on.

A value on which a decision depends (which slot, which name, which block) becomes a *guard*; a value that is read at
every probe becomes a *binding*. The bindings stay valid while shape and guards of the next response are the same. If a
decision depends only on the result of a test or on the kind of a value, a *predicate* is recorded instead: the value
itself may then change.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar, cast

from msgspec import Struct

from lantime_exporter.document.shape import MAX_NAME_LENGTH, Scalar
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.document.values import text
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.exposition.text import prefix
from lantime_exporter.mapping.binding import MAX_LABEL_LENGTH, Binding, Found
from lantime_exporter.mapping.limits import MappingLimits
from lantime_exporter.mapping.result import Account, DecodeErrorRecord

T = TypeVar("T")

Test = Callable[[Scalar], bool]
"""A test of a value that never raises an exception."""

Predicate = tuple[int, Test, bool]
"""The index of a leaf, a test of its value, and the result on which a decision depends."""


@dataclass(slots=True)
class BindingContext:
    """Everything known about one document shape; ``lantime_exporter.mapping.plan`` compiles it."""

    root: Node
    count: int
    """Number of leaves in the document."""
    limits: MappingLimits
    collector: str = ""
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    decode_errors: list[DecodeErrorRecord] = field(default_factory=list)
    guards: dict[int, Leaf] = field(default_factory=dict)
    predicates: list[Predicate] = field(default_factory=list)
    accounts: dict[int, Account] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    """Series that the generic layer dropped, by slot."""
    _characters: int = 0
    """Characters of the series of all bindings."""
    _series: defaultdict[str, "_SeriesOfMetric"] = field(default_factory=lambda: defaultdict(_SeriesOfMetric))
    found: dict[Callable[..., object], tuple[object, ...]] = field(default_factory=dict)
    """Results of the functions with ``@once``."""

    @property
    def data(self) -> Node:
        """The status sections."""
        return self.root.node("data") or Node(("data",), {})

    def guard_value(self, leaf: Leaf) -> Scalar:
        """Return the value of a leaf on which a decision depends; the leaf counts as mapped."""
        self.guards[leaf.index] = leaf
        self.claim(leaf)
        return leaf.value

    def guard_predicate(self, leaf: Leaf, test: Test) -> bool:
        """Apply a predicate to a leaf. The plan stays valid while the result is the same."""
        result = test(leaf.value)
        self.predicates.append((leaf.index, test, result))
        return result

    def name(self, leaf: Leaf | None) -> str | None:
        """Return the text of a leaf that names something, None if it has no value or is too long for a name."""
        found = None if leaf is None else text(self.guard_value(leaf))
        return None if found is None or len(found) > MAX_NAME_LENGTH else found

    def claim(self, leaf: Leaf, account: Account = Account.MAPPED) -> None:
        """Record what happens to a leaf."""
        self.accounts[leaf.index] = account

    def ignore(self, part: Node | Leaf | None, reason: str) -> None:
        """Record that a leaf, or all leaves below a node, are omitted on purpose; the reason is one short sentence."""
        if part:
            free = [leaf.index for leaf in self.free(part)]
            self.accounts |= dict.fromkeys(free, Account.IGNORED)
            self.reasons |= dict.fromkeys(free, reason)

    def free(self, part: Node | Leaf) -> list[Leaf]:
        """Return the leaves at or below a part that no collector has claimed."""
        leaves = [part] if isinstance(part, Leaf) else part.leaves()
        return [leaf for leaf in leaves if leaf.index not in self.accounts]

    def add(self, metric: Metric, labels: tuple[str, ...], found: Found, account: Account = Account.MAPPED) -> None:
        """Add the binding of what a reader finds; ``labels`` are the values of the metric's first labels.

        It is a decode error if another has the same series or a label exceeds ``MAX_LABEL_LENGTH``. Raises
        ContentError or DeadlineError beyond the limits, ValueError for a wrong number of labels.
        """
        labels += found.labels
        characters = sum(map(len, labels))
        self._characters += len(metric.name) + characters
        self.limits.check_page(self._characters)
        for leaf in found.leaves:
            self.claim(leaf, account)
        if characters > MAX_LABEL_LENGTH and any(len(label) > MAX_LABEL_LENGTH for label in labels):
            problem = f"a label of {metric.name} is longer than {MAX_LABEL_LENGTH} characters"
        elif not self._series[metric.name].add(labels, many=found.many):
            problem = f"the series {metric.name}{labels} occurs twice"
        else:
            start = None if found.many else prefix(metric, labels)
            binding = Binding(metric, labels, found.leaves, found.decode, start)
            self.bindings.setdefault(self.collector, []).append(binding)
            return
        path = "/".join(found.leaves[0].path) if found.leaves else ""
        self.decode_errors.append(DecodeErrorRecord(self.collector, path, problem))

    def record_error(self, part: Node | Leaf | None, problem: str) -> None:
        """Record a value that the current collector cannot decode."""
        path = "/".join(part.path) if part else ""
        value = self.guard_value(part) if isinstance(part, Leaf) else None
        self.decode_errors.append(DecodeErrorRecord(self.collector, path, problem, value))

    def leaf(self, scope: "Scope", spellings: Iterable[str]) -> Leaf | None:
        """Return the scalar at the first spelling that exists; an object or list in its place is a decode error."""
        found = scope.node.get(*spellings)
        if isinstance(found, Node):
            self.record_error(found, "expected a single value")
            return None
        return found


class _SeriesOfMetric:
    """The series of a metric that bindings can return: with many samples, all that begin with its labels."""

    def __init__(self) -> None:
        self._single: set[tuple[str, ...]] = set()
        self._many: set[tuple[str, ...]] = set()
        self._begun: set[tuple[str, ...]] | None = None
        """The beginnings of all labels, once there are bindings of many samples."""

    def add(self, labels: tuple[str, ...], *, many: bool) -> bool:
        """Add those of a binding, unless another can return one of them; return whether they were added."""
        if labels in self._single:
            return False
        if many and self._begun is None:
            self._begun = {single[:end] for single in self._single for end in range(len(single))}
        if self._begun is not None:
            beginnings = [labels[:end] for end in range(len(labels) + 1)]
            if (many and labels in self._begun) or not self._many.isdisjoint(beginnings):
                return False
            self._begun.update(beginnings)
        (self._many if many else self._single).add(labels)
        return True


class Scope(Struct, frozen=True, eq=False):
    """A place to which a table is applied, and the labels known there: the metrics' first labels, in their order."""

    node: Node
    labels: Mapping[str, str] = {}

    def within(self, node: Node, **labels: str) -> "Scope":
        """Return the scope of a part below, with more labels."""
        return Scope(node, {**self.labels, **labels})


Find = Callable[[BindingContext], Iterable[Scope]]
"""A finder: returns the places to which a table is applied."""


def once(find: Callable[[BindingContext], Iterable[T]]) -> Callable[[BindingContext], tuple[T, ...]]:
    """Make a generator function run once for each document; later calls return the same tuple."""

    @wraps(find)
    def found(context: BindingContext) -> tuple[T, ...]:
        if find not in context.found:
            context.found[find] = tuple(find(context))
        return cast("tuple[T, ...]", context.found[find])

    return found
