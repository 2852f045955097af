"""Bytes to requests and responses to bytes."""

import io
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.web import http1
from lantime_exporter.web.message import Request, Response, plain

LIMIT = 200


def read(data: bytes) -> Request | None:
    return http1.read_request(io.BytesIO(data), LIMIT)


def headers(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("line", "method", "path", "query"),
    [
        ("GET / HTTP/1.1", "GET", "/", ""),
        ("GET /probe?target=a&slot=b HTTP/1.1", "GET", "/probe", "target=a&slot=b"),
        ("GET /probe?a=? HTTP/1.1", "GET", "/probe", "a=?"),
        ("GET http://exporter:10124/metrics?x=1 HTTP/1.1", "GET", "/metrics", "x=1"),
        ("GET http://exporter HTTP/1.1", "GET", "/", ""),
        ("GET //probe HTTP/1.1", "GET", "//probe", ""),
        ("GET /probe?target=Zürich HTTP/1.1", "GET", "/probe", "target=Zürich"),
        ("M-SEARCH * HTTP/1.0", "M-SEARCH", "*", ""),
    ],
)
def test_request_line_gives_method_path_and_query(line: str, method: str, path: str, query: str) -> None:
    request = read(line.encode() + b"\r\n\r\n")
    assert request is not None
    assert (request.method, request.path, request.query) == (method, path, query)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 400),
        (b"GET\r\n\r\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"GET  / HTTP/1.1\r\n\r\n", 400),
        (b"GET /a b HTTP/1.1\r\n\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\n\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/x\r\n\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\n\r\n", 400),
        (b"G(T / HTTP/1.1\r\n\r\n", 400),
        (b"\r\n\r\nGET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1", 400),
        (b"GET / HTTP/1.1\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length : 3\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: b\r\n Content-Length: 3\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: b\rContent-Length: 3\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno header\r\nContent-Length: 3\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: \x00\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"GET /" + b"a" * LIMIT + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 101 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nA: " + b"b" * 70000 + b"\r\n\r\n", 431),
    ],
)
def test_what_is_no_request_is_refused_with_a_status(data: bytes, status: int) -> None:
    with pytest.raises(http1.MalformedRequest) as caught:
        read(data)
    assert caught.value.status == status


def test_one_blank_line_before_a_request_is_skipped() -> None:
    request = read(b"\r\nGET /metrics HTTP/1.1\r\n\r\n")
    assert request is not None
    assert request.path == "/metrics"


@pytest.mark.parametrize("data", [b"", b"\r\n"])
def test_end_of_stream_is_no_request(data: bytes) -> None:
    assert read(data) is None


@pytest.mark.parametrize(
    ("version", "connection", "kept"),
    [
        ("1.1", "", True),
        ("1.1", "Connection: close\r\n", False),
        ("1.1", "Connection: Upgrade, Close\r\n", False),
        ("1.0", "", False),
        ("1.0", "Connection: Keep-Alive\r\n", True),
    ],
)
def test_connection_is_kept_as_version_and_header_say(version: str, connection: str, kept: bool) -> None:
    request = read(f"GET / HTTP/{version}\r\n{connection}\r\n".encode())
    assert request is not None
    assert request.keep_alive is kept


@given(st.binary(max_size=400) | st.binary(max_size=80).map(lambda tail: b"GET / HTTP/1.1\r\n" + tail))
def test_any_bytes_are_a_request_or_none_or_refused(data: bytes) -> None:
    try:
        request = read(data)
        if request is not None:
            http1.body_length(request.headers, LIMIT)
    except http1.MalformedRequest as error:
        assert 400 <= error.status < 600  # noqa: PT017 - either outcome is fine


@pytest.mark.parametrize(("fields", "length"), [({}, 0), ({"Content_Length": "0"}, 0), ({"Content_Length": "17"}, 17)])
def test_body_length_is_what_content_length_says(fields: dict[str, str], length: int) -> None:
    assert http1.body_length(headers(**fields), LIMIT) == length


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"Content_Length": "-1"}, 400),
        ({"Content_Length": "1e3"}, 400),
        ({"Content_Length": "٣"}, 400),
        ({"Content_Length": "5, 5"}, 400),
        ({"Content_Length": "9" * 5000}, 400),
        ({"Content_Length": str(LIMIT + 1)}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
    ],
)
def test_unclear_or_large_bodies_are_refused(fields: dict[str, str], status: int) -> None:
    with pytest.raises(http1.MalformedRequest) as caught:
        http1.body_length(headers(**fields), LIMIT)
    assert caught.value.status == status


def test_two_different_content_lengths_are_refused() -> None:
    message = headers(Content_Length="1")
    message["Content-Length"] = "2"
    with pytest.raises(http1.MalformedRequest):
        http1.body_length(message, LIMIT)


def test_response_is_one_piece_with_its_length() -> None:
    data = http1.encode(plain("hällo"), keep_alive=True)
    head, _, body = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nContent-Length: 7\r\n" in head
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in head
    assert b"\r\nConnection: keep-alive" in head
    assert body == "hällo\n".encode()


def test_response_to_head_has_the_length_but_no_body() -> None:
    data = http1.encode(plain("hello"), keep_alive=False, head_only=True)
    assert b"\r\nContent-Length: 6\r\n" in data
    assert data.endswith(b"\r\n\r\n")


def test_headers_of_a_response_take_the_place_of_the_usual_ones() -> None:
    data = http1.encode(Response(body=b"", headers={"X-Content-Type-Options": "other"}), keep_alive=False)
    assert data.count(b"X-Content-Type-Options") == 1
