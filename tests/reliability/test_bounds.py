"""For any JSON up to the size limit, time and memory are bounded, and few series are lost."""

import gc
import itertools
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.parse import MAX_VALUES, parse
from lantime_exporter.document.tree import MAX_PATH_LENGTH
from lantime_exporter.errors import ContentError
from lantime_exporter.exposition.text import Page
from lantime_exporter.mapping import limits, plan_cache
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.plan_cache import PlanCache
from lantime_exporter.mapping.result import Account, Mapped
from lantime_exporter.web.message import Request
from lantime_exporter.web.routes import parse_probe_request
from lantime_simulator import Lantime, m600, m3000

from tests.mapping.mapping_documents import decode_errors, document, lines, mapper, slot

CATALOGUE = load()
MIB = 1024 * 1024
LIMIT = Module().max_response_bytes

VALUES = 600
"""Values of the smaller of two compared documents."""
TIMES = 4
MOST_GROWTH = 2.0 * TIMES
"""Quadratic work would take TIMES squared."""

Shape = Callable[[int], dict[str, Any]]


def cards(modules: list[dict[str, Any]]) -> dict[str, Any]:
    return document(*(slot(f"io{number}", module) for number, module in enumerate(modules)))


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


SHAPES: dict[str, Shape] = {
    "a wide object": lambda n: cards([{f"v{i}": i for i in range(n)}]),
    "a wide list": lambda n: cards([{"list": [1] * n}]),
    "empty lists": lambda n: cards([{"list": [[]] * n}]),
    "elements of one name": lambda n: cards([{"list": [{"object-id": "same", "a": 1}] * (n // 3)}]),
    "elements named as others would be": lambda n: cards(
        [{"list": [{"object-id": f"a#{i}" if i % 2 else "a"} for i in range(n // 2)]}]
    ),
    "keys spelled alike": lambda n: cards([{("a" + "-_ "[i % 3] * (i // 3 % 50) + str(i)): i for i in range(n)}]),
    "slots of one name": lambda n: document(*[slot("clk1", {"a": 1})] * (n // 4)),
    "many slots": lambda n: cards([{"a": 1}] * (n // 4)),
    "many chassis": lambda n: {
        "data": {f"chassis{i}": {"slots": [slot("clk1", {"a": 1})]} for i in range(n // 6)},
    },
    "unknown sections": lambda n: {"data": {"system": {}, **{f"section{i}": i for i in range(n)}}},
    "deep objects": lambda n: cards([{f"v{i}": deep(50) for i in range(n // 50)}]),
    "events": lambda n: document(notification={"events": [{"object-id": f"e{i}", "triggered": 1} for i in range(n)]}),
    "invalid values": lambda n: document(
        network={"ports": [{"object-id": f"lan{i}", "statistics": {"rx-bytes": "invalid"}} for i in range(n // 4)]}
    ),
    "satellites": lambda n: cards(
        [{"satellites": {"satellite-list": [{"gnss-type": "gps", "cn-ratio": i, "used": True} for i in range(n // 4)]}}]
    ),
    "sensors": lambda n: cards([{"sensors": {f"{('temperature', 'voltage')[i % 2]}-{i}": i for i in range(n)}}]),
    "words": lambda n: cards([{f"v{i}": f"word{i}" for i in range(n)}]),
}


def page(answer: dict[str, Any]) -> Mapped:
    mapped = Mapper(CATALOGUE, Module(generic_status=True)).map(answer)
    Page(mapped.families).render(openmetrics=True)
    return mapped


def steps(shape: Shape, values: int) -> int:
    """Return the number of calls of parsing and mapping, which unlike seconds is the same on every machine."""
    body = json.dumps(shape(values)).encode()
    calls = itertools.count()

    def count(_frame: object, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            next(calls)

    sys.setprofile(count)
    try:
        page(parse(body))
    finally:
        sys.setprofile(None)
    return next(calls)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_work_grows_with_the_document_and_not_with_its_square(shape: Shape) -> None:
    assert steps(shape, VALUES * TIMES) < MOST_GROWTH * steps(shape, VALUES)


ONE_PLACE: dict[str, dict[str, Any]] = {
    "references": {"mrs": [{"ssm": "ql-prc"}] * 12_000},
    "outputs": {"outputs": [{"status": "w"}] * 12_000},
    "inputs": {"inputs": {f"input-{number}": 1 for number in range(24_000)}},
    "numbers": {"inputs": [1] * 24_000},
    "sensors": {"sensors": {f"temperature-{number}": 41 for number in range(24_000)}},
    "flags": {"info": {"model": "liu"}, "output-1": {"status": {f"carrier-detected-{i}": True for i in range(22_000)}}},
    "long keys": {"inputs": {f"{'_-' * 440}{number}": 1 for number in range(16_000)}},
}


def test_time_is_checked_within_one_block_of_a_module(
    monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    """Each of these takes seconds to map, at every probe; decoding takes half a second."""
    monkeypatch.setattr(limits, "MAX_CPU_SECONDS", 0.05)
    for name, module in ONE_PLACE.items():
        body = json.dumps(cards([module])).encode()
        with subtests.test(name):
            began = time.thread_time()
            with pytest.raises(ContentError, match=r"s to map: it is rejected$"):
                Mapper(CATALOGUE, Module()).map(parse(body))
            assert time.thread_time() - began < 1.0


def padded(part: bytes, count: int) -> bytes:
    return b'{"data": {"system": {"a": [' + part * count + b"1]}}}"


@pytest.mark.parametrize("part", [b"0,", b"[],", b"{},", b'{"a":{}},', b'{"":0},', b'"",', b"[[[]]],"])
def test_a_response_with_too_many_values_is_rejected_before_decoding(part: bytes) -> None:
    body = padded(part, (LIMIT - 100) // len(part))
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(ContentError, match=f"^not a status tree: more than {MAX_VALUES} values$"):
        parse(body)
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MIB
    assert seconds < 2.0


@pytest.mark.parametrize(
    "body",
    [
        b'{"data": {"system": {"a": "' + b"x" * (LIMIT - 100) + b'"}}}',
        b'{"data": {"system": {"a": ' + b"1" * (LIMIT - 100) + b"}}}",
        b'{"data": {"system": {"a": 1.' + b"1" * (LIMIT - 100) + b"}}}",
        b'{"data": {"system": {"a": -0.' + b"0" * (LIMIT - 100) + b"1}}}",
        b'{"data": {"system": {"a": "' + rb"\u00e9" * ((LIMIT - 100) // 6) + b'"}}}',
        b'{"data": {"system": ' + b" " * (LIMIT - 100) + b"{}}}",
        b"[" * LIMIT,
        b'{"a":' * (LIMIT // 5),
        b'{"data": {"system": {"a": "' + b"\xff" * (LIMIT - 100) + b'"}}}',
        b'{"data": {"system": {"a": "' + b"\n" * (LIMIT - 100) + b'"}}}',
        b'{"data"' + b"\n" * (LIMIT - 100),
    ],
    ids=["text", "integer", "fraction", "zeros", "escapes", "blanks", "lists", "objects", "not UTF-8", "breaks", "cut"],
)
def test_a_response_of_the_maximum_size_takes_bounded_time(body: bytes) -> None:
    began = time.process_time()
    with suppress(ContentError):
        page(parse(body))
    assert time.process_time() - began < 3.0


M600 = Lantime(m600()).body("/api/status")
LONG = 5000
TEXTS = [
    "x",
    " ",
    "1",
    "a:",
    "1.",
    "a b ",
    "less-than-",
    "-",
    "[1",
    "a@a.",
    "0x",
    ": ",
    "1e",
    "ff:",
    "(1)",
    "k=1, ",
    "é",
]


@pytest.mark.parametrize("part", TEXTS)
def test_long_texts_in_place_of_all_texts_take_little_time(part: str) -> None:
    long = part * (LONG // len(part))
    answer = json.loads(M600, object_hook=lambda found: with_texts(found, long))
    began = time.process_time()
    page(answer)
    assert time.process_time() - began < 2.0


def with_texts(found: dict[str, Any], text: str) -> dict[str, Any]:
    return {key: text if isinstance(item, str) else item for key, item in found.items()}


def test_paths_that_are_too_long_are_rejected() -> None:
    with pytest.raises(ContentError, match=f"^not a status tree: a path of more than {MAX_PATH_LENGTH} characters$"):
        page(cards([{"a" * MAX_PATH_LENGTH: {"b": 1}}]))


ENDLESS = "x" * 100_000


def test_a_name_that_is_too_long_for_a_label_counts_as_missing() -> None:
    module = {"info": {"model": ENDLESS}, "list": [{"object-id": ENDLESS, "a": 1}]}
    answer = document({"slot-id": ENDLESS, "module": module})
    assert 'lantime_module_value{model="",path="list/0/a",slot="0"} 1.0' in lines(mapper().map(answer))


def series(answer: dict[str, Any]) -> set[str]:
    return {line.rsplit(" ", 1)[0] for line in lines(page(answer))}


@pytest.mark.parametrize(
    "module",
    [
        {"info": {"model": ENDLESS}},
        {"info": {"serial-number": ENDLESS}},
        {"sync-status": {"clock-status": {"clock": ENDLESS}}},
        {"list": {"object-id": ENDLESS}},
        {"state": ENDLESS},
    ],
)
def test_a_long_text_costs_its_own_series_only(module: dict[str, Any]) -> None:
    numbers = {f"v{number}": number for number in range(400)}
    whole, changed = series(cards([numbers])), series(cards([numbers | module]))
    assert whole - changed == set()
    assert max(map(len, changed)) < 200


def test_a_state_that_is_too_long_is_a_decode_error() -> None:
    answer = json.loads(M600)
    answer["data"]["system"]["sync-status"]["clock-status"]["clock"] = ENDLESS
    found = page(answer)
    assert [decode_error.problem for decode_error in decode_errors(found, "sync")] == [
        "expected a text of at most 1000 characters"
    ]


def test_long_queries_do_not_fill_the_memory() -> None:
    tracemalloc.start()
    for number in range(200):
        slots = ",".join(f"{number}-{slot}" for slot in range(1000))
        parse_probe_request(Request(method="GET", path="/probe", query=f"target=a&slot={slots}"))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < MIB


MAX_BYTES = 100_000


def test_changing_documents_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_cache, "MAX_BYTES", MAX_BYTES)
    plans = PlanCache()
    mapper = Mapper(CATALOGUE, Module(), plans)
    for number in range(50):
        mapper.map(cards([{f"{'x' * 900}{number}": 1}] * 10))
        assert plans.size() <= MAX_BYTES


KINDS: dict[str, dict[str, Any]] = {
    "a small device": Lantime(m600()).document(),
    "a full chassis": Lantime(m3000()).document(),
    "numbers": cards([{f"v{i}": i for i in range(400)}] * 10),
    "long labels": cards([{"k" * 600: {f"v{i}": i for i in range(400)}}] * 10),
    "states": cards([{f"v{i}": f"word{i}" for i in range(400)}] * 10),
    "events": SHAPES["events"](4000),
    "a text of wide characters": cards([{f"v{i}": "\N{SLIGHTLY SMILING FACE}" * 10_000 for i in range(40)}]),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_size_of_a_plan_is_estimated_well(kind: dict[str, Any]) -> None:
    whole = Mapper(CATALOGUE, Module())
    whole.map(parse(json.dumps(kind).encode()))  # shared data is not part of the plan
    body = json.dumps(kind).encode()
    tracemalloc.start()
    plans = PlanCache()
    Mapper(CATALOGUE, Module(), plans).map(parse(body))
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1.2 * plans.size() < 4 * held


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_garbage_collector_has_little_to_visit_in_a_plan(kind: dict[str, Any]) -> None:
    """Otherwise each full collection would stop all threads for seconds when the plan cache is full."""
    plans = PlanCache()
    mapper = Mapper(CATALOGUE, Module(), plans)
    mapper.map(kind)
    gc.collect()
    before = len(gc.get_objects())
    for number in range(3):
        mapper.map({"data": kind["data"] | {f"section{number}": 1}})
    gc.collect()
    steps = sum(len(plan.bindings) for of_shape in plans._shapes.values() for plan, _ in of_shape)
    assert len(gc.get_objects()) - before < steps + 100


def test_mapping_leaves_nothing_to_the_garbage_collector() -> None:
    refused = {f"v{number}": [1] * 200 for number in range(200)}
    mapper = Mapper(CATALOGUE, Module(max_series=1000))
    gc.collect()
    gc.disable()
    try:
        for number in range(3):
            mapper.map(cards([{f"v{number}": 1}] * 20))
            with suppress(ContentError):
                mapper.map(cards([refused | {f"v{number}": 1}] * 20))
        assert gc.collect() < 100
    finally:
        gc.enable()


def test_new_words_at_every_probe_do_not_fill_the_memory() -> None:
    plans = PlanCache()
    mapper = Mapper(CATALOGUE, Module(), plans)
    tracemalloc.start()
    for number in range(15):
        words = {f"v{place}": f"{'word-' * 5}{chr(97 + number % 26)}{number // 26}" for place in range(400)}
        mapper.map(cards([words] * 10))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1.2 * plans.size()


def test_every_leaf_of_a_document_at_the_bound_is_accounted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CPU_SECONDS", 60.0)  # a busy machine takes longer than the limit
    count = MAX_VALUES - 10
    mapped = page(cards([{f"v{number}": number for number in range(count)}]))
    assert mapped.accounts[Account.UNACCOUNTED] == 0
    assert sum(mapped.dropped.values()) == count - Module().generic_series_per_slot
