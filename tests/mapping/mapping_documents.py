"""Small documents and registries, shared by the tests of mapping."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lantime_exporter.config.settings import Module
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import CollectorResult, DecodeErrorRecord, Mapped
from lantime_exporter.mapping.table import Collector, Row, Table


def document(*slots: dict[str, Any], **sections: Any) -> dict[str, Any]:
    """Return a response with these slots in the first chassis, and other sections."""
    return {"data": {"chassis0": {"slots": list(slots)}, **sections}}


def slot(name: str, module: Any, model: str | None = None) -> dict[str, Any]:
    """Return a slot with a module."""
    known = {"info": {"model": model}} if model is not None else {}
    return {"slot-id": name, "module": {**known, **module} if isinstance(module, dict) else module}


def mapper(*collectors: Collector, **settings: Any) -> Mapper:
    """Return a mapper of these collectors and the generic layer."""
    return Mapper(CollectorRegistry(collectors), Module(**settings))


def lines(mapped: Mapped) -> list[str]:
    """Return the sample lines in their order."""
    return [line for _, text in mapped.families if text for line in text.rstrip("\n").split("\n")]


def text(mapped: Mapped) -> str:
    """Return the page in the text format."""
    return Page(mapped.families).render(openmetrics=False).decode()


def result(mapped: Mapped, collector: str) -> CollectorResult:
    """Return the result of a collector."""
    return next(result for result in mapped.collectors if result.name == collector)


def decode_errors(mapped: Mapped, collector: str) -> list[DecodeErrorRecord]:
    """Return the values that a collector could not decode."""
    return [error for error in mapped.decode_errors if error.collector == collector]


@dataclass
class Counted:
    """A finder that counts how often a document is bound."""

    path: str = "system"
    names: tuple[str, ...] = ()
    times: int = 0
    looks: list[str] = field(default_factory=list)

    def find(self, context: BindingContext) -> Iterator[Scope]:
        """Yield the block; the leaves called ``names`` are guards."""
        self.times += 1
        block = context.data.node(self.path)
        if block is not None:
            self.looks = [context.name(block.leaf(name)) or "" for name in self.names]
            yield Scope(block)

    def collector(self, *rows: Row, name: str = "counted") -> Collector:
        """Return a collector at this place; without rows it reads ``uptime``."""
        return Collector(name, (Table(self.path, self.find, *rows or (UPTIME,)),))


UPTIME = Row(gauge("lantime_uptime_seconds", "Uptime, in seconds."), number("uptime"))
