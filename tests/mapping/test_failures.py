"""A defect of a collector affects only that collector."""

from collections.abc import Iterator

import pytest
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.binding import Found
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.readers import Reader, value
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import UPTIME, Counted, document, lines, mapper, result

LOAD = gauge("lantime_load1", "Load.")
OTHER = gauge("lantime_load5", "Load.")
SYSTEM = document(system={"uptime": 1, "load": 2})


def breaks(*raw: Scalar) -> float | None:
    raise ZeroDivisionError("division by zero")


def broken_place(context: BindingContext) -> Iterator[Scope]:
    yield Scope(context.data)
    raise KeyError("slots")


def broken_reader(context: BindingContext, scope: Scope) -> Iterator[Found]:
    leaf = scope.node.get("load")
    assert isinstance(leaf, Leaf)
    yield Found((leaf,), float)
    raise RuntimeError("out of leaves")


def all_leaves(context: BindingContext, scope: Scope) -> Iterator[Found]:
    yield Found(tuple(context.data.leaves()), breaks)


def extra_label(context: BindingContext, scope: Scope) -> Iterator[Found]:
    yield Found((), lambda: 1.0, ("a",))


def extra_labels_of_samples(context: BindingContext, scope: Scope) -> Iterator[Found]:
    yield Found((), lambda: [(("a", "b"), 1.0)], many=True)


BROKEN = {
    "its place": Collector("broken", (Table("x", broken_place),)),
    "its reader": Counted().collector(Row(LOAD, Reader(("load",), broken_reader)), name="broken"),
    "its decoding": Counted().collector(Row(LOAD, value(breaks, "load")), name="broken"),
    "its decoding of several": Counted().collector(Row(LOAD, Reader((), all_leaves)), name="broken"),
    "its labels": Counted().collector(Row(LOAD, Reader((), extra_label)), name="broken"),
    "its labels of samples": Counted().collector(Row(LOAD, Reader((), extra_labels_of_samples)), name="broken"),
}


@pytest.mark.parametrize("collector", BROKEN.values(), ids=BROKEN)
def test_other_collectors_are_not_affected(collector: Collector) -> None:
    mapped = mapper(collector, Counted().collector()).map(SYSTEM)
    assert "lantime_uptime_seconds 1.0" in lines(mapped)
    assert result(mapped, "counted").error == ""


@pytest.mark.parametrize("collector", BROKEN.values(), ids=BROKEN)
def test_the_failure_is_reported_at_every_probe(collector: Collector) -> None:
    mapped = mapper(collector, Counted().collector())
    kinds = [result(mapped.map(SYSTEM), "broken").error.partition(":")[0] for _ in range(2)]
    assert kinds[0] in ("KeyError", "RuntimeError", "ValueError", "ZeroDivisionError")
    assert kinds[1] == kinds[0]


def test_what_a_collector_read_before_it_failed_stays() -> None:
    rows = (Row(LOAD, Reader(("load",), broken_reader)), Row(OTHER, value(float, "load")))  # type: ignore[arg-type]
    mapped = mapper(Counted().collector(*rows)).map(SYSTEM)
    assert lines(mapped) == ["lantime_load1 2.0"]


def test_a_collector_without_a_failure_is_successful() -> None:
    assert result(mapper(Counted().collector(UPTIME)).map(SYSTEM), "counted").error == ""
