"""Responses as bytes, and the formats and encodings that clients accept."""

import gzip
import sys
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.web.message import (
    MIN_COMPRESSED,
    Response,
    choose_exposition,
    compressed,
    encode_head,
    is_openmetrics,
    load_compressor,
    one_line,
    plain,
    preferred,
)
from prometheus_client.exposition import choose_encoder

TEXT = "text/plain; version=0.0.4; charset=utf-8"
TEXT_1 = "text/plain; version=1.0.0; charset=utf-8; escaping="
OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"

PROMETHEUS_3 = (
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
    "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
    "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
)
PROMETHEUS_2 = (
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
    "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def test_content_type_follows_the_accept_header(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str | None, str]] = [
        (None, TEXT),
        ("", TEXT),
        ("*/*", TEXT),
        ("image/png", TEXT),
        (BROWSER, TEXT),
        (PROMETHEUS_3, f"{OPENMETRICS}; escaping=allow-utf-8"),
        (PROMETHEUS_2, f"{OPENMETRICS}; escaping=underscores"),
        ("application/openmetrics-text", OPENMETRICS),
        ("Application/OpenMetrics-Text; Version=1.0.0", f"{OPENMETRICS}; escaping=underscores"),
        ('application/openmetrics-text; version="1.0.0"', f"{OPENMETRICS}; escaping=underscores"),
        ("text/plain;version=1.0.0;escaping=values", f"{TEXT_1}values"),
        ("text/plain;q=0.9, application/openmetrics-text;q=0.5", TEXT),
        ("text/plain;q=0.5, application/openmetrics-text;q=0.9", OPENMETRICS),
        ("application/openmetrics-text;q=0.2,text/plain;version=1.0.0;q=0.8", f"{TEXT_1}underscores"),
        ("application/openmetrics-text;q=0, */*", TEXT),
        ("application/openmetrics-text;q=0", TEXT),
        ("*/*, application/openmetrics-text;q=0.5", TEXT),
        ("application/openmetrics-text;q=high, text/plain;q=0.9", OPENMETRICS),
        # Formats that the client library would announce but not send:
        ("application/openmetrics-text;version=2.0.0,text/plain;q=0.5", TEXT),
        ("text/plain;version=1.0.0;escaping=dots", f"{TEXT_1}underscores"),
    ]
    for accept, content_type in cases:
        with subtests.test(accept=accept):
            assert choose_exposition(accept) == content_type


def test_format_and_content_type_go_together() -> None:
    assert is_openmetrics(choose_exposition(PROMETHEUS_3))
    assert not is_openmetrics(choose_exposition("text/plain;version=1.0.0"))


HTML_OR_JSON = ("text/html", "application/json")

ITEMS = st.builds(
    lambda media, parameters: ";".join((media, *parameters)),
    st.sampled_from(["application/openmetrics-text", "text/plain", "text/html", "*/*"]),
    st.lists(
        st.sampled_from(["version=0.0.1", "version=0.0.4", "version=1.0.0", "escaping=allow-utf-8", "escaping=values"]),
        max_size=2,
        unique_by=lambda parameter: parameter.split("=")[0],
    ),
)


@given(st.lists(ITEMS, max_size=4).map(",".join))
def test_without_q_values_the_choice_is_that_of_prometheus_client(accept: str) -> None:
    assert choose_exposition(accept) == choose_encoder(accept)[1]


@given(st.text(max_size=80))
def test_any_header_selects_a_format(header: str) -> None:
    assert choose_exposition(header)
    assert preferred(header, HTML_OR_JSON) in HTML_OR_JSON


def test_gzip_is_taken_as_the_q_values_say(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str | None, bool]] = [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip;q=0, *", False),
        ("identity, gzip;q=0.5", False),
        ("identity;q=0.5, gzip", True),
        ("br", False),
    ]
    for header, taken in cases:
        with subtests.test(header=header):
            assert (preferred(header, ("identity", "gzip")) == "gzip") is taken


def test_large_body_survives_gzip() -> None:
    body = b"lantime_up 1\n" * 500
    response = compressed(Response(body=body), "gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.body) < len(body)
    assert gzip.decompress(response.body) == body


def test_small_body_is_sent_as_it_is() -> None:
    response = Response(body=b"x" * (MIN_COMPRESSED - 1))
    assert compressed(response, "gzip") is response


def test_large_body_has_vary_even_uncompressed() -> None:
    response = compressed(Response(body=b"x" * MIN_COMPRESSED), None)
    assert response.headers == {"Vary": "Accept, Accept-Encoding"}


def test_json_is_for_those_who_name_it(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str | None, bool]] = [
        (None, False),
        ("*/*", False),
        (BROWSER, False),
        ("application/json", True),
        ("application/json, text/plain, */*", True),
        ("application/json;q=0.5, */*", False),
        ("application/json, text/html", False),
        ("application/json, text/html;q=0.9", True),
        ("application/json;q=0", False),
    ]
    for accept, chosen in cases:
        with subtests.test(accept=accept):
            assert (preferred(accept, HTML_OR_JSON) == "application/json") is chosen


def test_html_is_for_those_who_name_it(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str | None, bool]] = [
        (None, False),
        ("*/*", False),
        (BROWSER, True),
        ("text/html;q=0.5, text/plain", False),
        ("text/html;q=0", False),
        (PROMETHEUS_3, False),
    ]
    for accept, chosen in cases:
        with subtests.test(accept=accept):
            assert (preferred(accept, ("text/plain", "text/html")) == "text/html") is chosen


@pytest.fixture(scope="module", params=["isal.isal_zlib", "zlib"])
def compress(request: pytest.FixtureRequest) -> partial[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "zlib":
            patch.setitem(sys.modules, "isal.isal_zlib", None)
        found = load_compressor()
    assert found.func.__module__ == request.param
    return found


@given(body=st.binary(max_size=100_000))
def test_any_body_survives(compress: partial[bytes], body: bytes) -> None:
    assert gzip.decompress(compress(body)) == body


def test_same_body_gives_the_same_bytes_at_any_time(compress: partial[bytes]) -> None:
    assert compress(b"x" * 5000)[4:8] == bytes(4)


def test_head_has_the_length_of_the_body() -> None:
    head = encode_head(plain("hällo"), keep_alive=True)
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nContent-Length: 7\r\n" in head
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in head
    assert b"\r\nConnection: keep-alive" in head
    assert head.endswith(b"\r\n\r\n")


def test_headers_of_a_response_replace_the_usual_ones() -> None:
    head = encode_head(Response(body=b"", headers={"X-Content-Type-Options": "other"}), keep_alive=False)
    assert head.count(b"X-Content-Type-Options") == 1


def test_one_line_is_one_line_whatever_the_text_holds() -> None:
    assert one_line("a\r\nSet-Cookie: b\n\n c", 400).body == b"a Set-Cookie: b c\n"
