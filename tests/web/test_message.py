"""Responses to bytes."""

from lantime_exporter.web.message import Response, encode, one_line, plain


def test_response_is_one_piece_with_its_length() -> None:
    head, _, body = encode(plain("hällo"), keep_alive=True).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nContent-Length: 7\r\n" in head
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in head
    assert b"\r\nConnection: keep-alive" in head
    assert body == "hällo\n".encode()


def test_response_to_head_has_the_length_but_no_body() -> None:
    data = encode(plain("hello"), keep_alive=False, head_only=True)
    assert b"\r\nContent-Length: 6\r\n" in data
    assert data.endswith(b"\r\n\r\n")


def test_headers_of_a_response_replace_the_usual_ones() -> None:
    data = encode(Response(body=b"", headers={"X-Content-Type-Options": "other"}), keep_alive=False)
    assert data.count(b"X-Content-Type-Options") == 1


def test_one_line_is_one_line_whatever_the_text_holds() -> None:
    assert one_line("a\r\nSet-Cookie: b\n\n c", 400).body == b"a Set-Cookie: b c\n"
