"""Two texts are compared: the values in which they differ are found, or nothing if they may differ in more."""

import json
from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lantime_exporter.bounds import LARGE_STATUS_BYTES
from lantime_exporter.document.parse import BYTES_PER_VALUE
from lantime_exporter.document.shape import Scalar, Summarise, flatten
from lantime_exporter.document.text_layout import MAX_KEYS, MAX_TEXT_BYTES, text_layout

FORMS = {
    "compact": partial(json.dumps, separators=(",", ":"), ensure_ascii=False),
    "indented": partial(json.dumps, indent=1, ensure_ascii=False),
    "spaces around the colon": partial(json.dumps, indent=3, separators=(",", " : "), ensure_ascii=False),
}

SUMMARIES: Mapping[str, Summarise] = {"guests": lambda guests: {"number": len(guests), "first": guests[0]["age"]}}


def body(document: Any, form: str = "indented") -> bytes:
    return FORMS[form](document).encode()


def leaves(before: bytes, after: bytes, summaries: Mapping[str, Summarise] = SUMMARIES) -> list[Scalar] | None:
    """Return the leaves of the second response as found by comparing, None if they are not found."""
    flat = flatten(msgspec.json.decode(before), summaries)
    layout = text_layout(before, flat)
    assert layout is not None
    old, new = layout.cut(before), layout.cut(after)
    assert old is not None
    found = layout.changes(old, new) if new is not None else None
    return None if found is None else [found.get(index, leaf) for index, leaf in enumerate(flat.leaves)]


DOCUMENT: dict[str, Any] = {
    "text": "a",
    "block": {"number": 1, "none": None, "figure": 2.5},
    "list": [{"object-id": "one", "flag": True}, 7, ["x"]],
    "guests": [{"age": 30}],
    "empty": [],
    "last": "end",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_scalar_behind_a_key_is_found(form: str, subtests: pytest.Subtests) -> None:
    for path, value in (
        ("text", "b, {c}: [d]"),
        ("text", 12),
        ("block.number", -2.5e-7),
        ("block.none", "now"),
        ("block.figure", None),
        ("list.0.flag", False),
        ("last", "Grüße"),
    ):
        with subtests.test(path=path, value=value):
            changed = with_value(DOCUMENT, path, value)
            assert leaves(body(DOCUMENT, form), body(changed, form)) == flatten(changed, SUMMARIES).leaves


def test_several_values_are_found_at_once() -> None:
    changed = with_value(with_value(DOCUMENT, "text", "b"), "block.figure", 3)
    assert leaves(body(DOCUMENT), body(changed)) == flatten(changed, SUMMARIES).leaves


def test_elements_of_a_summarised_list_may_change_come_and_go(subtests: pytest.Subtests) -> None:
    for guests in ([{"age": 31}], [{"age": 1, "name": "a"}, {"age": 2}], [{"age": 30}, {"age": 30}, {}]):
        with subtests.test(guests=guests):
            changed = with_value(with_value(DOCUMENT, "guests", guests), "last", "later")
            assert leaves(body(DOCUMENT), body(changed)) == flatten(changed, SUMMARIES).leaves


def test_anything_else_is_not_taken_for_a_change_of_values(subtests: pytest.Subtests) -> None:
    for path, value in (
        ("list.0.flag", 1),
        ("block.number", True),
        ("block", 1),
        ("block", {}),
        ("text", {"a": "a"}),
        ("text", ["a"]),
        ("list.1", 8),
        ("list", []),
        ("empty", None),
        ("more", 1),
        ("guests", 1),
        ("text", 'with "quotes"'),
        ("text", "back\\slash"),
    ):
        with subtests.test(path=path, value=value):
            assert leaves(body(DOCUMENT), body(with_value(DOCUMENT, path, value))) is None


def test_a_summary_of_another_shape_is_not_a_change_of_values() -> None:
    changed = with_value(DOCUMENT, "guests", [{"age": True}])
    assert leaves(body(DOCUMENT), body(changed)) is None


def test_a_text_that_is_no_json_is_not_taken_for_one(subtests: pytest.Subtests) -> None:
    whole = body(DOCUMENT)
    for old, new in (
        (b'"end"\n}', b'"end"'),
        (b'"end"\n}', b'"end"\n}}'),
        (b'"a"', b"a"),
        (b'"a"', b'"a" "b"'),
        (b'"a"', b'"a",\n"b"'),
        (b'"a"', b'"\xff"'),
        (b'"a"', b'"\t"'),
        (b"2.5", b"2.5.5"),
        (b"2.5", b"nil"),
        (b"2.5", b"1" * 200 + b'"'),
        (b"2.5", b"n" * 100_000 + b"]"),
        (b'{\n   "age": 30\n  }', b'{"age":' * 50_000 + b"1" + b"}" * 50_000),
        (b"2.5", b""),
        (b"true", b"TRUE"),
        (b'"last"', b'"lost"'),
        (b"{\n", b"[\n"),
    ):
        with subtests.test(new=new):
            assert old in whole
            assert leaves(whole, whole.replace(old, new, 1)) is None


def test_a_text_with_more_or_fewer_ends_of_keys_has_no_layout(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, dict[str, Any]]] = [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": 1, "b" : 2}', {"a": 1, "b": 2}),
        (b'{"a":"::1","b":2}', {"a": "::1", "b": 2}),
        (b'{"a\\u0062": 1}', {"ab": 1}),
        (b'{"a": "\\": "}', {"a": '": '}),
        (b"{}", {}),
        (b'{"a": 1, "guests": [{"b": 1}', {"a": 1}),
    ]
    for text, document in cases:
        with subtests.test(text=text):
            assert text_layout(text, flatten(document)) is None


def test_a_document_with_other_keys_than_the_text_has_no_layout() -> None:
    # As many, because an address looks like the end of a key.
    assert text_layout(b'{"a":"::1","b":2}', flatten({"added": {"a": "::1", "b": 2}})) is None


def test_a_large_text_has_no_layout(subtests: pytest.Subtests) -> None:
    many = {f"key{number}": number for number in range(MAX_KEYS + 1)}
    for document in ({"a": "x" * MAX_TEXT_BYTES}, many):
        with subtests.test(keys=len(document)):
            assert text_layout(body(document), flatten(document)) is None


def test_a_response_that_few_threads_may_decode_has_no_layout() -> None:
    assert max(MAX_TEXT_BYTES, MAX_KEYS * BYTES_PER_VALUE) <= LARGE_STATUS_BYTES


def test_a_list_without_an_end_is_not_cut() -> None:
    text = body(DOCUMENT)
    layout = text_layout(text, flatten(DOCUMENT, SUMMARIES))
    assert layout is not None
    assert layout.cut(text.replace(b"]", b" ")) is None


# Without names of elements: the plan compares them (tests/mapping/test_responses.py).
KEYS = st.sampled_from(["a", "b", "guests", "", "x: y", "Größe", 'q"'])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.sampled_from([":", '": ', "::1", ": 1,", "{", "}", "[1]", ",", "true", "\\", "2026-02-11T22:05:07"])
)
PARTS = st.recursive(
    SCALARS, lambda part: st.dictionaries(KEYS, part, max_size=5) | st.lists(part, max_size=3), max_leaves=20
)
DOCUMENTS = st.dictionaries(KEYS, PARTS, min_size=1, max_size=6)


def summarise(guests: list[Any]) -> Any:
    """Return the number and the first of a list, or a list of anything but objects."""
    if not all(isinstance(guest, dict) for guest in guests):
        return guests
    first = next(iter(guests[0].values()), None) if guests else None
    return {"number": len(guests), "first": None if isinstance(first, dict | list) else first}


@given(DOCUMENTS, DOCUMENTS | st.none(), st.sampled_from(list(FORMS)), st.randoms(use_true_random=False))
@example({"a": 1, "b": ": 1,"}, {"a": 2, "b": ": 1,"}, "indented", Random(0))  # noqa: S311 -- figures, not secrets
def test_what_is_found_is_what_decoding_finds(
    first: dict[str, Any], other: dict[str, Any] | None, form: str, random: Random
) -> None:
    before, after = body(first, form), body(other or other_values(first, random), form)
    flat = flatten(msgspec.json.decode(before), {"guests": summarise})
    layout = text_layout(before, flat)
    old, new = (layout.cut(before), layout.cut(after)) if layout else (None, None)
    found = layout.changes(old, new) if layout and old and new else None
    if found is None:
        return
    expected = flatten(msgspec.json.decode(after), {"guests": summarise})
    assert [*map(repr, (found.get(index, leaf) for index, leaf in enumerate(flat.leaves)))] == [
        *map(repr, expected.leaves)
    ]
    assert flat.shape == expected.shape


def test_the_property_is_not_empty() -> None:
    assert leaves(body(DOCUMENT), body(other_values(DOCUMENT, Random(1)))) is not None  # noqa: S311 -- no secret


def other_values(value: Any, random: Random) -> Any:
    """Return the same keys with about half of the scalars behind a key changed."""
    if isinstance(value, dict):
        return {key: other_values(item, random) for key, item in value.items()}
    if isinstance(value, list):
        return [other_values(item, random) if isinstance(item, dict | list) else item for item in value]
    if isinstance(value, bool) or random.random() < 0.5:
        return value
    return random.choice(["now", 5, 2.5, "a, b", None])


def with_value(document: Any, path: str, value: Any) -> Any:
    """Return a copy of a document with a value at a path of keys and positions."""
    key, _, rest = path.partition(".")
    copy = document.copy()
    place = int(key) if isinstance(copy, list) else key
    copy[place] = with_value(copy[place], rest, value) if rest else value
    return copy
