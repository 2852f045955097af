"""Rows of metrics with a common prefix, as the tables of the collectors list them."""

from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.exposition.metric import Grade, counter, gauge, info
from lantime_exporter.mapping.readers.combining import Constant
from lantime_exporter.mapping.readers.info import Clean, info_labels
from lantime_exporter.mapping.readers.numbers import timestamp
from lantime_exporter.mapping.readers.states import state
from lantime_exporter.mapping.table import Reader, Row


class RowGroup:
    """Creates rows whose metrics have a common prefix (``lantime_output``), first labels and default grade."""

    def __init__(self, prefix: str, *labels: str, grade: Grade = Grade.A) -> None:
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
        return self.gauge(name, text, Constant(figure), grade=grade)

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
