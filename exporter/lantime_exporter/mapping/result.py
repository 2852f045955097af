"""The result of mapping a document: lines, the account of its leaves, the result of each collector."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from lantime_exporter.document.shape import Scalar
from lantime_exporter.exposition.metric import Metric


class Account(StrEnum):
    """What happened to a leaf (label ``account`` of ``lantime_status_leaves``)."""

    MAPPED = "mapped"
    GENERIC = "generic"
    IGNORED = "ignored"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class DecodeErrorRecord:
    """A value that could not be decoded."""

    collector: str
    path: str
    problem: str
    value: Scalar = None


class CollectorResult(NamedTuple):
    """The result of one collector. ``error`` is the text of an unexpected exception: a defect of the collector."""

    name: str
    seconds: float
    decode_errors: int = 0
    """Values that could not be decoded."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapped document. ``dropped`` counts the series that the generic layer dropped, by slot."""

    families: tuple[tuple[Metric, str], ...]
    places: Mapping[str, int]
    """The place of each metric in ``families``, by name."""
    collectors: tuple[CollectorResult, ...]
    decode_errors: tuple[DecodeErrorRecord, ...]
    accounts: Mapping[Account, int]
    dropped: Mapping[str, int]

    def lines(self, name: str) -> str:
        """Return the lines of a metric, empty if there is none."""
        return self.families[self.places[name]][1] if name in self.places else ""


def failure(error: Exception) -> str:
    """Return the text of an unexpected exception, with its kind."""
    return f"{type(error).__name__}: {error}"
