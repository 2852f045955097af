"""Bytes of a response to a status tree: both envelopes, and every invalid response."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.document.parse import _load, _load_leniently, holds_status, parse
from lantime_exporter.errors import ContentError

SYSTEM = {"system": {"uptime": 1.5}}
STATUS = {"system-information": {"model": "M600"}, "data": {"object-id": "status", **SYSTEM}}


def body(document: object) -> bytes:
    return json.dumps(document).encode()


def test_the_sections_of_a_status_response_are_below_data() -> None:
    assert parse(body(STATUS)) == STATUS


def test_the_sections_of_a_whole_response_are_lifted_below_data() -> None:
    document = parse(body({"data": {"object-id": "api", "configuration": {"x": 1}, "status": SYSTEM}}))
    assert document == {"data": SYSTEM}


def test_the_envelope_stays_when_the_sections_are_lifted() -> None:
    document = parse(body({"system-information": {"model": "M600"}, "data": {"status": SYSTEM}}))
    assert document["system-information"] == {"model": "M600"}


def test_one_known_section_is_enough(subtests: pytest.Subtests) -> None:
    for section in ("system", "network", "ntp", "chassis0", "chassis12", "chassis-xhe", "rest-api"):
        with subtests.test(section=section):
            assert parse(body({"data": {section: {}}})) == {"data": {section: {}}}


def test_line_breaks_and_a_byte_order_mark_around_the_body_are_accepted(subtests: pytest.Subtests) -> None:
    for around in (b"\r\n%b\r\n", b"\n\n  %b", b"\xef\xbb\xbf%b", b"\xef\xbb\xbf\r\n%b\n"):
        with subtests.test(around=around):
            assert parse(around % body(STATUS)) == STATUS


def test_a_response_without_status_tree_is_refused_with_the_reason(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, str]] = [
        (b"", "not JSON"),
        (b"   ", "not JSON"),
        (b"<html><body>Unauthorized</body></html>", "not JSON"),
        (body(STATUS)[:-4], "not JSON"),
        (body(STATUS) + b"x", "not JSON"),
        (b"\x1f\x8b\x08\x00", "not JSON"),
        (body(STATUS).decode().encode("utf-16"), "not JSON"),
        (b"null", "expected a JSON object, got null"),
        (b"[]", "expected a JSON object, got a list"),
        (b'"data"', "expected a JSON object, got a text"),
        (b"true", "expected a JSON object, got a boolean"),
        (b"1", "expected a JSON object, got a number"),
        (b"{}", 'no object "data"'),
        (b'{"data": []}', 'no object "data"'),
        (b'{"data": null}', 'no object "data"'),
        (b'{"data": {}}', "none of the known sections"),
        (b'{"data": {"system": 1, "ntp": null}}', "none of the known sections"),
        (b'{"data": {"object-id": "api", "status": {"object-id": "status"}}}', "none of the known sections"),
        (b"[" * 20_000, "nested too deeply"),
    ]
    for answer, problem in cases:
        with subtests.test(answer=answer):
            with pytest.raises(ContentError) as caught:
                parse(answer)
            assert problem in str(caught.value).replace("there is no object", "no object")


def test_the_error_of_broken_json_says_where() -> None:
    with pytest.raises(ContentError, match=r"line 2 column \d+"):
        parse(b'{"data":\n {"system": }}')


def test_an_error_shows_nothing_of_the_response() -> None:
    with pytest.raises(ContentError) as caught:
        parse(b'{"data": {"object-id": "secret-name"}}')
    assert "secret-name" not in str(caught.value)


@pytest.mark.parametrize(("literal", "kept"), [(b"NaN", "NaN"), (b"Infinity", "Infinity"), (b"-Infinity", "-Infinity")])
def test_a_number_that_json_does_not_know_becomes_a_text(literal: bytes, kept: str) -> None:
    assert parse(b'{"data": {"system": {"uptime": %b}}}' % literal)["data"]["system"]["uptime"] == kept


@pytest.mark.parametrize("sign", ["", "-"])
def test_an_integer_too_long_to_convert_becomes_a_text(sign: str) -> None:
    digits = sign + "7" * 5000
    assert parse(b'{"data": {"system": {"uptime": %b}}}' % digits.encode())["data"]["system"] == {"uptime": digits}


def test_a_long_integer_costs_no_other_value() -> None:
    answer = b'{"data": {"system": {"uptime": %b, "load": 17, "memory": "x"}}}' % (b"7" * 5000)
    assert parse(answer)["data"]["system"]["load"] == 17


def test_bytes_that_are_not_utf8_are_replaced() -> None:
    assert parse(b'{"data": {"system": {"name": "M\xfcller"}}}')["data"]["system"]["name"] == "M\ufffdller"


def test_a_lone_surrogate_is_kept() -> None:
    assert parse(b'{"data": {"system": {"name": "\\ud800"}}}')["data"]["system"]["name"] == "\ud800"


def test_the_last_of_repeated_keys_counts() -> None:
    assert parse(b'{"data": {"system": 1, "system": {"uptime": 2}}}')["data"]["system"] == {"uptime": 2}


def test_a_status_tree_is_recognised_by_its_sections(subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, Any], bool]] = [
        ({"system": {}}, True),
        ({"ntp": []}, True),
        ({"chassis3": {}}, True),
        ({"chassis": {}}, False),
        ({"chassis0x": {}}, False),
        ({"system": "text"}, False),
        ({"other": {}}, False),
    ]
    for data, expected in cases:
        with subtests.test(data=data):
            assert holds_status(data) is expected


def test_many_values_weigh_more_than_their_bytes() -> None:
    values, text = b"[" + b"1," * 60_000 + b"1]", b'["' + b"x" * 120_000 + b'"]'
    admitted: list[int] = []
    for body in (values, text):
        with pytest.raises(ContentError):
            parse(body, admitted.append)
    assert admitted == [60_001 * 40, len(text)]


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=4), part, max_size=4),
    max_leaves=20,
)


@given(TREES, st.booleans())
def test_msgspec_and_json_decode_alike(tree: Any, ascii_only: bool) -> None:
    body = json.dumps({"data": {"system": tree}}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert repr(_load(body)) == repr(_load_leniently(body))
