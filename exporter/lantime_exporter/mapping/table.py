"""Tables: a finder for a block of the document, and a row for each metric read from it.

A collector is data: the tables of one file. A table consists of a finder (``find``) and ``rows``, a row of a
metric and a reader. A new spelling is one more word in a row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Summarise
from lantime_exporter.exposition.metric import Grade, Metric, counter, gauge, info
from lantime_exporter.mapping.binding_context import BindingContext, Find
from lantime_exporter.mapping.readers import Clean, Reader, constant, info_labels, timestamp
from lantime_exporter.mapping.state_readers import state


@dataclass(frozen=True, slots=True)
class Row:
    """A metric and its reader. The scope gives the first labels of the metric, the reader the others."""

    metric: Metric
    read: Reader


class RowGroup:
    """Creates rows whose metrics have a common prefix (``lantime_output``), first labels and default grade."""

    def __init__(self, prefix: str, *labels: str, grade: Grade = "A") -> None:
        self._prefix = prefix
        self._labels = labels
        self._grade = grade

    def gauge(self, name: str, text: str, read: Reader, *labels: str, grade: Grade | None = None) -> Row:
        """Return the row of the gauge ``PREFIX_NAME``; its labels follow those of the group."""
        return Row(gauge(f"{self._prefix}_{name}", text, *self._labels, *labels, grade=grade or self._grade), read)

    def seconds(self, name: str, text: str, read: Reader, *labels: str, grade: Grade | None = None) -> Row:
        """Return the row of the gauge ``PREFIX_NAME_seconds``; the help is the text with the unit."""
        return self.gauge(f"{name}_seconds", f"{text}, in seconds.", read, *labels, grade=grade)

    def timestamp(self, name: str, text: str, *keys: str, grade: Grade | None = None) -> Row:
        """Return the row of the time ``PREFIX_NAME_timestamp_seconds``; the help is the text with the unit."""
        return self.gauge(f"{name}_timestamp_seconds", f"{text}, Unix seconds.", timestamp(*keys), grade=grade)

    def constant(self, name: str, text: str, figure: float, *, grade: Grade | None = None) -> Row:
        """Return the row of a gauge that has the same value at every place of the table."""
        return self.gauge(name, text, constant(figure), grade=grade)

    def counter(self, name: str, text: str, read: Reader, *labels: str, grade: Grade | None = None) -> Row:
        """Return the row of a counter; the name ends in ``_total``."""
        return Row(counter(f"{self._prefix}_{name}", text, *self._labels, *labels, grade=grade or self._grade), read)

    def state(self, name: str, text: str, enumeration: Enumeration, *keys: str, grade: Grade | None = None) -> Row:
        """Return the row of a state word, with the label ``state``."""
        return self.gauge(name, text, state(enumeration, *keys), "state", grade=grade)

    def conditions(self, name: str, text: str, read: Reader, *, grade: Grade | None = None) -> Row:
        """Return the row of conditions that can hold together, with the label ``condition``; the help explains it."""
        return self.gauge(name, f"{text}, each 1 while it applies.", read, "condition", grade=grade)

    def info(self, name: str, text: str, *, grade: Grade | None = None, **labels: str | tuple[str | Clean, ...]) -> Row:
        """Return the row of an info metric, whose name ends in ``_info``; ``labels`` are those of ``info_labels``."""
        metric = info(f"{self._prefix}_{name}", text, *self._labels, *labels, grade=grade or self._grade)
        return Row(metric, info_labels(**labels))


@dataclass(frozen=True, slots=True)
class Ignored:
    """Leaves omitted on purpose: spellings as in ``Node.get``, and the reason."""

    keys: tuple[str, ...]
    reason: str


def ignored(*keys: str, because: str) -> Ignored:
    """Return a row that omits leaves, or everything below nodes, for a reason."""
    return Ignored(keys, because)


class Table:
    """Rows applied at every scope that ``find`` yields. ``path`` describes the place for the documentation.

    ``summaries`` are keys of lists of varying length, each with the function that turns such a list into one object.
    """

    def __init__(
        self, path: str, find: Find, *rows: Row | Ignored, summaries: Mapping[str, Summarise] | None = None
    ) -> None:
        self.path = path
        self.find = find
        self.rows = rows
        self.summaries = summaries or {}

    def apply(self, context: BindingContext) -> None:
        """Bind every row at every scope."""
        for scope in self.find(context):
            context.limits.check_time()
            labels = tuple(scope.labels.values())
            for row in self.rows:
                if isinstance(row, Row):
                    for found in row.read.find(context, scope):
                        context.add(row.metric, labels, found)
                else:
                    for key in row.keys if scope.node.get(*row.keys) else ():
                        context.ignore(scope.node.get(key), row.reason)


@dataclass(frozen=True, slots=True)
class Collector:
    """One part of the device or one module family. Its tables are applied in their order."""

    name: str
    tables: tuple[Table, ...]

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
