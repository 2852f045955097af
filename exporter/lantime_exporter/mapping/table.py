"""Tables: a finder for a block of the document, and a row for each metric read from it.

A collector is data: ``Collector(name, tables)``; a table consists of a finder (``find``) and ``rows``, a row of a
metric and a reader. A new spelling is one more word in a row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from lantime_exporter.document.shape import Summarise
from lantime_exporter.document.tree import Leaf, Node
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.binding import Binding
from lantime_exporter.mapping.binding_context import BindingContext


@dataclass(frozen=True, slots=True)
class Scope:
    """A place to which a table is applied, and the labels known there."""

    node: Node
    labels: Mapping[str, str] = field(default_factory=dict)

    def get(self, *spellings: str) -> Node | Leaf | None:
        """Return the part at the first spelling that exists (``Node.get``)."""
        return self.node.get(*spellings)

    def within(self, node: Node, **labels: str) -> "Scope":
        """Return the scope of a part below, with more labels."""
        return Scope(node, {**self.labels, **labels})


def find_leaf(context: BindingContext, scope: Scope, spellings: Iterable[str]) -> Leaf | None:
    """Return the scalar at the first spelling that exists; an object or list in its place is a decode error."""
    found = scope.get(*spellings)
    if isinstance(found, Node):
        context.record_error(found, "expected a single value")
        return None
    return found


class Reader(Protocol):
    """Finds the leaves of a row in a scope and returns the bindings."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The spellings, most trusted first."""

    @property
    def label_count(self) -> int:
        """The number of the metric's last labels that the reader adds."""

    def bind(self, context: BindingContext, scope: Scope, metric: Metric, labels: tuple[str, ...]) -> Iterable[Binding]:
        """Return the bindings at the scope, none without the leaves."""


@dataclass(frozen=True)
class Row:
    """A metric and its reader."""

    metric: Metric
    read: Reader

    @cached_property
    def scope_labels(self) -> tuple[str, ...]:
        """The first labels of the metric, which the scope gives; the reader finds the others."""
        return self.metric.labels[: len(self.metric.labels) - self.read.label_count]


@dataclass(frozen=True, slots=True)
class Ignored:
    """Leaves omitted on purpose: spellings as in ``Node.get``, and the reason."""

    keys: tuple[str, ...]
    reason: str


def ignored(*keys: str, because: str) -> Ignored:
    """Return a row that omits leaves, or everything below nodes, for a reason."""
    return Ignored(keys, because)


Find = Callable[[BindingContext], Iterable[Scope]]


class Table:
    """Rows applied at every scope that ``find`` yields. ``path`` describes the place for the documentation."""

    def __init__(self, path: str, find: Find, *rows: Row | Ignored) -> None:
        self.path = path
        self.find = find
        self.rows = rows

    def apply(self, context: BindingContext) -> None:
        """Bind every row at every scope."""
        for scope in self.find(context):
            context.limits.check_time()
            for row in self.rows:
                if isinstance(row, Ignored):
                    for key in row.keys:
                        context.ignore(scope.get(key), row.reason)
                    continue
                labels = tuple([scope.labels[label] for label in row.scope_labels])
                for binding in row.read.bind(context, scope, row.metric, labels):
                    context.add(binding)


@dataclass(frozen=True, slots=True)
class Collector:
    """One part of the device or one module family. Its tables are applied in their order."""

    name: str
    tables: tuple[Table, ...]
    requires: tuple[str, ...] = field(default=())
    """Names of collectors that run first, because they know these leaves better."""
    summaries: Mapping[str, Summarise] = field(default_factory=dict)
    """Keys of lists of varying length, each with the function that turns such a list into one object."""

    def collect(self, context: BindingContext) -> None:
        """Apply all tables to the document."""
        context.collector = self.name
        for table in self.tables:
            table.apply(context)

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Yield every row with its table."""
        for table in self.tables:
            for row in table.rows:
                if isinstance(row, Row):
                    yield table, row
