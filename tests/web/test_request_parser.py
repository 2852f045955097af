"""Bytes to requests: what is accepted, and the status for what is rejected."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.web.message import Request
from lantime_exporter.web.request_parser import (
    MAX_BODY,
    MAX_HEADER_LINES,
    MAX_HEADERS,
    MAX_REQUEST_LINE,
    BadRequest,
    body_length,
    read_headers,
    read_request,
)

START = b"GET / HTTP/1.1\r\nHost: a\r\n"


def read(data: bytes) -> Request | None:
    return read_request(io.BytesIO(data))


def accepted(data: bytes) -> Request:
    request = read(data)
    assert request is not None
    return request


def refused(data: bytes) -> int:
    with pytest.raises(BadRequest) as caught:
        read(data)
    return caught.value.status


def test_request_line_gives_method_path_and_query(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str, str, str]] = [
        ("GET / HTTP/1.1", "GET", "/", ""),
        ("GET /probe?target=a&slot=b HTTP/1.1", "GET", "/probe", "target=a&slot=b"),
        ("GET /probe?a=? HTTP/1.1", "GET", "/probe", "a=?"),
        ("GET http://exporter:10124/metrics?x=1 HTTP/1.1", "GET", "/metrics", "x=1"),
        ("GET http://exporter HTTP/1.1", "GET", "/", ""),
        ("GET //probe HTTP/1.1", "GET", "//probe", ""),
        ("GET /probe?target=Zürich HTTP/1.1", "GET", "/probe", "target=Zürich"),
        ("M-SEARCH * HTTP/1.0", "M-SEARCH", "*", ""),
    ]
    for line, method, path, query in cases:
        with subtests.test(line=line):
            request = accepted(line.encode() + b"\r\nHost: a\r\n\r\n")
            assert (request.method, request.path, request.query) == (method, path, query)


def test_request_line_of_another_form_is_refused(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, int]] = [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n", 400),
        (b"GET\r\n", 400),
        (b"GET /\r\n", 400),
        (b"GET  / HTTP/1.1\r\n", 400),
        (b"GET / HTTP/1.1 \r\n", 400),
        (b"GET /a b HTTP/1.1\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\n", 400),
        (b"GET / HTTP/x\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\n", 400),
        (b"G(T / HTTP/1.1\r\n", 400),
        (b"GET / HTTP/1.1\n", 400),
        (b"GET / HTTP/1.1\r\r\n", 400),
        (b"\r\n\r\nGET / HTTP/1.1\r\n", 400),
        (b"PRI * HTTP/2.0\r\n", 505),
        (b"GET /" + b"a" * MAX_REQUEST_LINE + b" HTTP/1.1\r\n", 414),
    ]
    for line, status in cases:
        with subtests.test(line=line):
            assert refused(line + b"Host: a\r\n\r\n") == status


def test_headers_that_a_proxy_may_read_in_another_way_are_refused(subtests: pytest.Subtests) -> None:
    cases: list[bytes] = [
        b"Content-Length : 3\r\n",
        b"A: b\r\n Content-Length: 3\r\n",
        b"A: b\r\n\tContent-Length: 3\r\n",
        b"A: b\rContent-Length: 3\r\n",
        b"A: b\nContent-Length: 3\r\n",
        b"A: b\r\r\n",
        b"no header\r\nContent-Length: 3\r\n",
        b": b\r\n",
        b"A: \x00\r\n",
        b" A: b\r\n",
    ]
    for lines in cases:
        with subtests.test(lines=lines):
            assert refused(START + lines + b"\r\n") == 400


def test_request_that_is_cut_off_is_refused(subtests: pytest.Subtests) -> None:
    for end in (b"", b"\r\n", b"A: b", b"A: b\r\n", b"A: b\r\n\n"):
        with subtests.test(end=end):
            assert refused(b"GET / HTTP/1.1\r\nHost: a" + end) == 400


@pytest.mark.parametrize("lines", [b"A: b\r\n" * MAX_HEADER_LINES, b"A: " + b"b" * MAX_HEADERS + b"\r\n"])
def test_too_many_and_too_long_headers_are_refused(lines: bytes) -> None:
    assert refused(START + lines + b"\r\n") == 431


def test_host_is_a_host_with_an_optional_port(subtests: pytest.Subtests) -> None:
    cases: list[str] = ["", "a", "exporter.example.net", "10.0.0.1:10124", "[::1]", "[fe80::1%25eth0]:10124", "a:"]
    for host in cases:
        with subtests.test(host=host):
            assert accepted(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()).path == "/"


def test_missing_repeated_and_wrong_host_is_refused(subtests: pytest.Subtests) -> None:
    cases: list[str] = [
        "",
        "Host: a\r\nHost: a\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: a@b\r\n",
        "Host: a:b\r\n",
        "Host: ::1\r\n",
    ]
    for lines in cases:
        with subtests.test(lines=lines):
            assert refused(f"GET / HTTP/1.1\r\n{lines}\r\n".encode()) == 400


def test_http_1_0_needs_no_host() -> None:
    assert accepted(b"GET / HTTP/1.0\r\n\r\n").path == "/"


def test_blanks_around_a_value_are_not_part_of_it() -> None:
    assert accepted(START + b"Accept: \t a b \t\r\n\r\n").headers["accept"] == "a b"


def test_unknown_expectation_is_refused() -> None:
    assert refused(START + b"Expect: 200-ok\r\n\r\n") == 417


def test_http_1_0_expects_nothing() -> None:
    assert "expect" not in accepted(b"GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").headers


def test_one_blank_line_before_a_request_is_skipped() -> None:
    assert accepted(b"\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").path == "/metrics"


@pytest.mark.parametrize("data", [b"", b"\r\n"])
def test_end_of_stream_is_no_request(data: bytes) -> None:
    assert read(data) is None


def test_connection_is_kept_as_version_and_header_say(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str, bool]] = [
        ("1.1", "", True),
        ("1.1", "Connection: close\r\n", False),
        ("1.1", "Connection: Upgrade, Close\r\n", False),
        ("1.0", "", False),
        ("1.0", "Connection: Keep-Alive\r\n", True),
    ]
    for version, connection, kept in cases:
        with subtests.test(version=version):
            assert accepted(f"GET / HTTP/{version}\r\nHost: a\r\n{connection}\r\n".encode()).keep_alive is kept


@given(st.binary(max_size=400) | st.binary(max_size=80).map(lambda tail: START + tail))
def test_any_bytes_are_a_request_or_none_or_refused(data: bytes) -> None:
    try:
        request = read(data)
        if request is not None:
            body_length(request.headers)
    except BadRequest as error:
        assert 400 <= error.status < 600  # noqa: PT017 - either outcome is fine


def length(lines: str) -> int:
    return body_length(read_headers(io.BytesIO(f"{lines}\r\n".encode())))


@pytest.mark.parametrize(("lines", "size"), [("", 0), ("Content-Length: 0\r\n", 0), ("CONTENT-LENGTH: 17\r\n", 17)])
def test_body_length_is_what_content_length_says(lines: str, size: int) -> None:
    assert length(lines) == size


def test_unclear_or_large_bodies_are_refused(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, int]] = [
        ("Content-Length: -1\r\n", 400),
        ("Content-Length: 1e3\r\n", 400),
        ("Content-Length: ٣\r\n", 400),
        ("Content-Length: 5, 5\r\n", 400),
        ("Content-Length:\r\n", 400),
        (f"Content-Length: {'9' * 5000}\r\n", 400),
        ("Content-Length: 1\r\nContent-Length: 2\r\n", 400),
        ("Content-Length: 1\r\ncontent-length: 1\r\n", 400),
        (f"Content-Length: {MAX_BODY + 1}\r\n", 413),
        ("Transfer-Encoding: chunked\r\n", 411),
        ("Transfer-Encoding: identity\r\nContent-Length: 1\r\n", 411),
    ]
    for lines, status in cases:
        with subtests.test(lines=lines):
            with pytest.raises(BadRequest) as caught:
                length(lines)
            assert caught.value.status == status
