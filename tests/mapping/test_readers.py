"""Readers: the leaf that a row reads, and its samples."""

from typing import Any

import pytest
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.exposition.metric import Kind, Metric, gauge
from lantime_exporter.mapping.readers import (
    Reader,
    constant,
    each_value,
    first_of,
    flag,
    info_labels,
    inverted_flag,
    nonzero,
    number,
    scaled,
    seconds,
    timestamp,
    value,
    value_beside,
)
from lantime_exporter.mapping.state_readers import flag_is, flags, state, state_is
from lantime_exporter.mapping.table import Row

from tests.mapping.mapping_documents import Counted, decode_errors, document, lines, mapper

STATES = Enumeration(("good", "bad"), {0: "bad", 1: "good"}, {"fine": "good"})
BITS = Enumeration.counted("locked", "warm", "external")


def read(reader: Reader, system: dict[str, Any], *labels: str) -> list[str]:
    """Return the samples of a reader, less the name of the metric."""
    kind = Kind.INFO if "info" in labels else Kind.GAUGE
    metric = Metric(
        name="lantime_x_info" if kind is Kind.INFO else "lantime_x",
        help="X.",
        kind=kind,
        labels=tuple(label for label in labels if label != "info"),
    )
    found = mapper(Counted().collector(Row(metric, reader))).map(document(system=system))
    return [line.removeprefix(metric.name).strip() for line in lines(found)]


@pytest.mark.parametrize(
    ("reader", "system", "expected"),
    [
        (number("a", "b"), {"b": 2, "a": 1}, ["1.0"]),
        (number("a", "b"), {"b": 2}, ["2.0"]),
        (number("a", "b"), {"a": None, "b": 2}, []),
        (number("a-b"), {"A_B": 3}, ["3.0"]),
        (number("a.b"), {"a": {"b": 4}}, ["4.0"]),
        (number("a"), {}, []),
        (nonzero("a"), {"a": 0.0}, []),
        (nonzero("a"), {"a": 49.0}, ["49.0"]),
        (scaled(1e6, "a"), {"a": "100"}, ["1e+08"]),
        (flag("a"), {"a": True}, ["1.0"]),
        (inverted_flag("a"), {"a": True}, ["0.0"]),
        (inverted_flag("a"), {"a": "N/A"}, []),
        (timestamp("a"), {"a": "1970-01-02T00:00:00"}, ["86400.0"]),
        (timestamp("a"), {"a": "never"}, []),
        (value(time_quality, "a"), {"a": "more-than-10s"}, ["+Inf"]),
        (constant(1.0), {}, ["1.0"]),
    ],
)
def test_a_reader_gives_the_figure_of_the_first_spelling_that_is_there(
    reader: Reader, system: dict[str, Any], expected: list[str]
) -> None:
    assert read(reader, system) == expected


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ({"offset-ns": 250}, ["2.5e-07"]),
        ({"offset-us": 2}, ["2e-06"]),
        ({"offset-ms": 3}, ["0.003"]),
        ({"offset-s": 4}, ["4.0"]),
        ({"offset_ns": -250}, ["-2.5e-07"]),
        ({"offset": 250}, []),
    ],
)
def test_a_duration_is_read_if_its_key_has_a_unit(system: dict[str, Any], expected: list[str]) -> None:
    assert read(seconds("offset"), system) == expected


def test_a_duration_without_unit_is_read_if_the_unit_is_known() -> None:
    assert read(seconds("offset", plain=1e-9), {"offset": 250}) == ["2.5e-07"]


def test_a_duration_with_unit_wins_over_one_without() -> None:
    assert read(seconds("offset", plain=1.0), {"offset": 7, "offset-ns": 250}) == ["2.5e-07"]


GOOD = ['{state="good"} 1.0', '{state="bad"} 0.0']
BAD = ['{state="good"} 0.0', '{state="bad"} 1.0']


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("good", GOOD),
        ("Fine [1]", GOOD),
        (1, GOOD),
        ("0", BAD),
        ("ugly", ['{state="good"} 0.0', '{state="bad"} 0.0', '{state="ugly"} 1.0']),
        (7, ['{state="good"} 0.0', '{state="bad"} 0.0', '{state="7"} 1.0']),
        (None, []),
        ("N/A", []),
    ],
)
def test_a_state_is_one_series_for_each_word_and_one_for_a_new_word(value: object, expected: list[str]) -> None:
    assert read(state(STATES, "a"), {"a": value}, "state") == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("good", ["1.0"]), (0, ["0.0"]), ("fine", ["1.0"]), ("ugly", []), (None, [])]
)
def test_a_state_is_decided_for_known_words_only(raw: object, expected: list[str]) -> None:
    assert read(value(state_is(STATES, "good"), "a"), {"a": raw}) == expected


def test_a_state_is_undecided_for_words_that_are_neither_yes_nor_no() -> None:
    assert read(value(state_is(STATES, "good", no=("ugly",)), "a"), {"a": "bad"}) == []


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"locked": True, "warm": False}, {"locked": 1.0, "warm": 0.0}),
        ({"locked": True, "odd": "maybe", "new": 1}, {"locked": 1.0, "new": 1.0}),
        (["locked", "new"], {"locked": 1.0, "warm": 0.0, "external": 0.0, "new": 1.0}),
        ([], {"locked": 0.0, "warm": 0.0, "external": 0.0}),
        (5, {"locked": 1.0, "warm": 0.0, "external": 1.0}),
        ("5", {"locked": 1.0, "warm": 0.0, "external": 1.0}),
        (0, {"locked": 0.0, "warm": 0.0, "external": 0.0}),
        (8, {"locked": 0.0, "warm": 0.0, "external": 0.0, "bit-3": 1.0}),
        ("warm", {"locked": 0.0, "warm": 1.0, "external": 0.0}),
        ("new", {"new": 1.0}),
        (None, {}),
        (-1, {}),
        (0.5, {}),
        (2**32, {}),
    ],
)
def test_conditions_are_read_from_an_object_a_list_a_mask_or_a_word(block: object, expected: dict[str, float]) -> None:
    found = read(flags(BITS, "a"), {"a": block}, "condition")
    assert found == [f'{{condition="{word}"}} {figure}' for word, figure in expected.items()]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"warm": True}, ["1.0"]),
        ({"warm": False, "locked": True}, ["0.0"]),
        ({"locked": True}, []),
        (["warm"], ["1.0"]),
        (["locked"], ["0.0"]),
        (2, ["1.0"]),
        ("locked", ["0.0"]),
        ("new", []),
        (None, []),
    ],
)
def test_one_condition_is_read_from_each_of_their_forms(block: object, expected: list[str]) -> None:
    assert read(flag_is(flags(BITS, "a"), "warm"), {"a": block}) == expected


def test_a_condition_can_be_read_as_its_opposite() -> None:
    assert read(flag_is(flags(BITS, "a"), "warm", 0.0), {"a": ["warm"]}) == ["0.0"]


@pytest.mark.parametrize(("system", "expected"), [({"a": 1, "b": 2}, ["1.0"]), ({"b": 2}, ["2.0"]), ({}, [])])
def test_the_first_reader_that_finds_something_reads(system: dict[str, Any], expected: list[str]) -> None:
    assert read(first_of(number("a"), nonzero("b")), system) == expected


def unless(own: Scalar, beside: Scalar = None) -> float | None:
    return None if beside else values.number(own)


@pytest.mark.parametrize(
    ("system", "expected"),
    [({"a": 1}, ["1.0"]), ({"a": 1, "b": False}, ["1.0"]), ({"a": 1, "b": True}, []), ({"b": False}, [])],
)
def test_a_value_is_decoded_with_the_one_beside_it(system: dict[str, Any], expected: list[str]) -> None:
    assert read(value_beside(unless, ("a",), ("b",)), system) == expected


@pytest.mark.parametrize("system", [{"a": {"x": 1}}, {"a": 1, "b": [True]}])
def test_a_block_in_place_of_a_value_or_of_the_one_beside_it_is_a_decode_error(system: dict[str, Any]) -> None:
    row = Row(gauge("lantime_x", "X."), value_beside(unless, ("a",), ("b",)))
    mapped = mapper(Counted().collector(row)).map(document(system=system))
    assert [error.problem for error in decode_errors(mapped, "counted")] == ["expected a single value"]


def test_every_number_of_a_block_is_read_under_its_key() -> None:
    block = {"xtal": 1.5, "cell": "2", "void": None, "odd": "warm", "deep": {"x": 1}}
    assert read(each_value(values.number, "a"), {"a": block}, "sensor") == [
        '{sensor="xtal"} 1.5',
        '{sensor="cell"} 2.0',
    ]


def test_a_value_in_place_of_a_block_has_no_numbers() -> None:
    assert read(each_value(values.number, "a"), {"a": 5}, "sensor") == []


INFO = info_labels(
    model="model", name=("name", "alias"), revision=("revision", lambda raw: str(raw).removeprefix("fw_"))
)


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ({"model": "M600 ", "name": "x", "revision": "fw_7"}, ['{model="M600",name="x",revision="7"} 1.0']),
        ({"model": "M600", "alias": "y"}, ['{model="M600",name="y",revision=""} 1.0']),
        ({"model": "N/A", "name": "x"}, ['{model="",name="x",revision=""} 1.0']),
        ({"model": "N/A", "name": ""}, []),
        ({"model": 7}, ['{model="7",name="",revision=""} 1.0']),
        ({"model": 'a"b\\c'}, ['{model="a\\"b\\\\c",name="",revision=""} 1.0']),
        ({}, []),
    ],
)
def test_an_info_metric_has_empty_labels_for_absent_values(system: dict[str, Any], expected: list[str]) -> None:
    assert read(INFO, system, "info", "model", "name", "revision") == expected


def test_one_label_that_is_a_block_costs_that_label_only() -> None:
    assert read(INFO, {"model": {"x": 1}, "name": "n"}, "info", "model", "name", "revision") == [
        '{model="",name="n",revision=""} 1.0'
    ]


@pytest.mark.parametrize("reader", [number("a"), flag("a"), timestamp("a"), value(time_quality, "a"), nonzero("a")])
def test_an_invalid_value_is_a_decode_error(reader: Reader) -> None:
    metric = Metric(name="lantime_x", help="X.")
    mapped = mapper(Counted().collector(Row(metric, reader))).map(document(system={"a": "mutant"}))
    assert lines(mapped) == []
    assert [decode_error.path for decode_error in decode_errors(mapped, "counted")] == ["data/system/a"]


@pytest.mark.parametrize("by", [1e-9, 1e-6, 1e-3, 0.01, 1 / 3, 1.0, 60.0, 1024.0, 1e6])
@pytest.mark.parametrize("figure", [0, 1, 3, 7, 250, -250, 999_999, 10**9, 2**53, 0.1, 1e300, 123456.789])
def test_a_number_and_its_text_give_the_same_sample(by: float, figure: float) -> None:
    assert read(scaled(by, "a"), {"a": figure}) == read(scaled(by, "a"), {"a": repr(figure)})


@pytest.mark.parametrize("figure", [10**400, -(10**400), 1e308, -1e308, float("inf")])
def test_a_number_beyond_a_float_gives_no_sample(figure: float) -> None:
    assert read(scaled(1e6, "a"), {"a": figure}) == []
