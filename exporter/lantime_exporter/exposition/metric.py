"""A metric: its name, help, labels, and the evidence for its source."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import Literal


class Kind(StrEnum):
    """The types of the exposition format that the exporter uses. ``INFO`` is a gauge of 1 in the text format."""

    GAUGE = "gauge"
    COUNTER = "counter"
    INFO = "info"


Grade = Literal["A", "B", "C", "D", "-"]
"""The evidence for the place of a value in the JSON.

``A`` seen in a response of a real device, ``B`` read by software in use, ``C`` derived from the MIB, a header or a
manual, ``D`` a guess; ``-`` for a value of the exporter itself.
"""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric. ``help`` names the unit and ends with a full stop; ``labels`` are in the order of their export."""

    name: str
    help: str
    kind: Kind = Kind.GAUGE
    labels: tuple[str, ...] = ()
    grade: Grade = "-"

    def __post_init__(self) -> None:
        """Raise ValueError, for the programmer, if the metric breaks a convention."""
        if not re.fullmatch(r"lantime_[a-z0-9_]+", self.name):
            raise ValueError(f"{self.name}: not a metric name of this exporter")
        if (self.kind is Kind.COUNTER) != self.name.endswith("_total"):
            raise ValueError(f"{self.name}: counters, and only they, end in _total")
        if (self.kind is Kind.INFO) != self.name.endswith("_info"):
            raise ValueError(f"{self.name}: info metrics, and only they, end in _info")
        if len(set(self.labels)) != len(self.labels) or not self.help.endswith("."):
            raise ValueError(f"{self.name}: repeated label, or help without a full stop")

    @cached_property
    def line_start(self) -> str:
        """The template of a sample line up to its value, with the labels in alphabetical order."""
        labels = ",".join(f'{label}="%s"' for label in sorted(self.labels))
        return f"{self.name}{{{labels}}} " if labels else f"{self.name} "

    @cached_property
    def in_line_order(self) -> Callable[[Sequence[str]], object]:
        """The function that picks the values for ``line_start`` from those of at least one label."""
        return itemgetter(*map(self.labels.index, sorted(self.labels)))

    @cached_property
    def text_header(self) -> str:
        """The HELP and TYPE lines of the text format."""
        name, kind = self.name, self.kind
        return f"# HELP {name} {self._text}\n# TYPE {name} {Kind.GAUGE if kind is Kind.INFO else kind}\n"

    @cached_property
    def openmetrics_header(self) -> str:
        """The HELP and TYPE lines of OpenMetrics."""
        kind = self.kind
        name = self.name.removesuffix("_total" if kind is Kind.COUNTER else "_info")
        text = self._text.replace('"', r"\"")
        return f"# HELP {name} {text}\n# TYPE {name} {kind}\n"

    @property
    def _text(self) -> str:
        return self.help.replace("\\", r"\\").replace("\n", r"\n")


def gauge(name: str, text: str, *labels: str, grade: Grade = "A") -> Metric:
    """Return a gauge."""
    return Metric(name=name, help=text, labels=labels, grade=grade)


def counter(name: str, text: str, *labels: str, grade: Grade = "A") -> Metric:
    """Return a counter; the name ends in ``_total``."""
    return Metric(name=name, help=text, kind=Kind.COUNTER, labels=labels, grade=grade)


def info(name: str, text: str, *labels: str, grade: Grade = "A") -> Metric:
    """Return an info metric: identity in labels, value 1; the name ends in ``_info``."""
    return Metric(name=name, help=text, kind=Kind.INFO, labels=labels, grade=grade)
