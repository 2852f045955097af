"""Properties that hold for any input."""

import json
import math
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lantime_exporter.document import values
from lantime_exporter.document.enumeration import Enumeration, kebab, normalise
from lantime_exporter.document.parse import holds_status, parse
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.time_quality import time_quality
from lantime_exporter.document.values import timestamp
from lantime_exporter.errors import ContentError, DecodeError

Decode = Callable[[Scalar], float | None]

DECODERS: dict[str, Decode] = {
    "number": values.number,
    "flag": values.flag,
    "nonzero": values.nonzero,
    "scaled": partial(values.scaled, by=1e6),
    "exponent": values.exponent,
    "timestamp": timestamp,
    "load average": partial(values.load_average, place=1),
    "memory": partial(values.memory, part=2),
}

WORDY = st.from_regex(
    r"\A((less|more|better)[-_ ]than[-_ ]|<)?[0-9]{1,40}([.,_-][0-9]{0,3})?[ -]?(ns|us|µs|ms|s|)(\s\[[0-9]+\])?\Z"
)
TIMELY = st.from_regex(
    r"\A[0-9]{4}[-./]?[0-9]{2}[-./]?[0-9]{2}[T ]?([0-9]{2}:?){0,3}(\.[0-9]{1,9})?(Z| UTC|[+-][0-9]{2}:?[0-9]{2})?\Z"
)
LINES = st.from_regex(r"\A[0-9]+ kB total memory, [0-9]+ kB free.{0,9}\Z|\A([0-9.e+-]{1,9} ){0,5}\Z")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**300, max_value=10**330),
    st.integers(min_value=-(10**330), max_value=-(10**300)),
    st.floats(),
    st.text(),
    st.from_regex(r"\A\s*[+-]?[0-9]{0,9}\.?[0-9]{0,9}([eE][+-]?[0-9]{1,4})?\s*\Z"),
    WORDY,
    TIMELY,
    LINES,
)


@pytest.mark.parametrize("name", DECODERS)
@given(value=SCALARS)
def test_a_decoder_returns_a_finite_figure_or_none_or_raises_a_decode_error(name: str, value: Scalar) -> None:
    try:
        figure = DECODERS[name](value)
    except DecodeError:
        return
    assert figure is None or (type(figure) is float and math.isfinite(figure))


@given(value=SCALARS)
@example("more-than-10s")
def test_a_time_quality_is_a_positive_bound_or_infinite(value: Scalar) -> None:
    try:
        figure = time_quality(value)
    except DecodeError:
        return
    assert figure is None or (type(figure) is float and figure >= 0)


@given(value=SCALARS)
def test_a_text_of_the_inventory_has_no_blanks_at_its_ends(value: Scalar) -> None:
    found = values.text(value)
    assert found is None or (found and found == found.strip())


@given(value=SCALARS)
def test_every_value_is_a_word_or_nothing(value: Scalar) -> None:
    word = Enumeration.counted("one", "two").state(value)
    assert word is None or word


PHRASES = st.from_regex(r"\A[a-z][a-z0-9]{0,5}([-_ ][a-z0-9]{1,5}){0,3}\Z")


@given(PHRASES)
def test_a_word_in_the_spelling_of_ltos_stays_unchanged(text: str) -> None:
    assert kebab(kebab(text)) == kebab(text)


@given(PHRASES)
def test_words_are_compared_without_case_and_punctuation(text: str) -> None:
    assert normalise(kebab(text)) == normalise(text.upper()) == normalise(f"{text} [3]")


def accepted(answer: bytes) -> bool:
    try:
        document = parse(answer)
    except ContentError:
        return False
    assert holds_status(document["data"])
    return True


@given(st.binary())
def test_any_bytes_give_a_status_tree_or_a_content_error(answer: bytes) -> None:
    accepted(answer)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "status", "system", "chassis0", "ntp", "x"]), part, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.booleans())
def test_any_json_gives_a_status_tree_or_a_content_error(document: object, ascii_only: bool) -> None:
    accepted(json.dumps(document, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))


@given(st.data())
def test_a_truncated_response_is_a_content_error(data: st.DataObject) -> None:
    answer = b'{"data": {"system": {"uptime": 1, "name": "\xc3\xbc"}, "ntp": [1, 2, {"a": null}]}}'
    end = data.draw(st.integers(min_value=0, max_value=len(answer) - 1))
    assert not accepted(answer[:end])


@given(st.data())
def test_a_corrupt_byte_costs_at_most_the_response(data: st.DataObject) -> None:
    answer = bytearray(b'{"data": {"system": {"uptime": 1, "name": "\xc3\xbc"}, "ntp": [1, 2, {"a": null}]}}')
    answer[data.draw(st.integers(0, len(answer) - 1))] = data.draw(st.integers(0, 255))
    accepted(bytes(answer))
