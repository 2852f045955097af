"""HTTP/1.x on the wire: bytes to a request, a response to bytes (RFC 9112)."""

import http.client
import io
import re
import time
from email.message import Message
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import urlsplit

from lantime_exporter.web.message import Request, Response

_REQUEST_LINE = re.compile(
    r"(?P<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?P<target>[^\s\x00-\x1f\x7f]+) HTTP/(?P<major>\d)\.(?P<minor>\d)"
)
_FIELDS = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00\r\n]*\r?\n)*")
"""Header lines without what proxies read in different ways: blanks before the colon, folded lines, a CR alone."""
_LENGTH = re.compile(r"[0-9]{1,15}")
_BLANK = (b"\r\n", b"\n")


class MalformedRequest(Exception):  # noqa: N818 - it is the request that is at fault, and it never leaves this package
    """Bytes that are not a request this server reads; ``status`` is what to answer before hanging up."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Headers:
    """The headers of one connection. Clients repeat them with every request, so the last ones are not parsed again."""

    def __init__(self) -> None:
        self._text = b""
        self._parsed = Message()

    def read(self, stream: BinaryIO) -> Message:
        """Read the lines up to the blank one; what it returns is not to be changed. Raises MalformedRequest."""
        lines = []
        while (line := stream.readline()) not in _BLANK:
            if not line.endswith(b"\n"):
                raise MalformedRequest(HTTPStatus.BAD_REQUEST, "the request ends within its headers")
            lines.append(line)
        text = b"".join(lines)
        if text != self._text:
            self._parsed = _headers(text)
            self._text = text
        return self._parsed


def read_request(stream: BinaryIO, line_limit: int, headers: Headers | None = None) -> Request | None:
    """Read request line and headers; None at the end of the stream.

    One blank line before the request is skipped (RFC 9112, 2.2). ``headers`` is that of the connection, None for a
    single request. Raises MalformedRequest.
    """
    line = _line(stream, line_limit)
    if line in (b"\r\n", b"\n"):
        line = _line(stream, line_limit)
    if not line:
        return None
    method, path, query, minor = _request_line(line)
    found = (headers or Headers()).read(stream)
    return Request(method=method, path=path, query=query, headers=found, keep_alive=_keep_alive(found, minor))


def body_length(headers: Message, limit: int) -> int:
    """Return the bytes of body that follow the headers.

    Raises MalformedRequest when the headers do not say it in one way, or it is more than the limit.
    """
    if "Transfer-Encoding" in headers:
        raise MalformedRequest(HTTPStatus.LENGTH_REQUIRED, "Transfer-Encoding is not read here; send Content-Length")
    lengths = set(headers.get_all("Content-Length", ["0"]))
    length = lengths.pop()
    if lengths or not _LENGTH.fullmatch(length):
        raise MalformedRequest(HTTPStatus.BAD_REQUEST, "Content-Length: not one number")
    if int(length) > limit:
        raise MalformedRequest(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {limit} bytes")
    return int(length)


def awaits_continue(headers: Message) -> bool:
    """Tell whether the client waits for ``100 Continue`` before it sends the body."""
    return str(headers.get("Expect", "")).strip().lower() == "100-continue"


def encode(response: Response, *, keep_alive: bool, head_only: bool = False) -> bytes:
    """Return the response as it goes over the wire, in one piece.

    Content-Length is always the length of the body, which is left out for HEAD (``head_only``).
    """
    headers = {
        "Content-Type": response.content_type,
        "Content-Length": str(len(response.body)),
        "Date": _date(int(time.time())),
        "X-Content-Type-Options": "nosniff",
        "Connection": "keep-alive" if keep_alive else "close",
        **response.headers,
    }
    lines = (f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}\r\n{''.join(lines)}\r\n".encode("latin-1")
    return head if head_only else head + response.body


def _headers(text: bytes) -> Message:
    if not _FIELDS.fullmatch(text):
        raise MalformedRequest(HTTPStatus.BAD_REQUEST, "headers: a line is not a name, a colon and a value")
    try:
        return http.client.parse_headers(io.BytesIO(text))
    except http.client.HTTPException as error:
        raise MalformedRequest(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"headers: {error}") from error


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def _line(stream: BinaryIO, limit: int) -> bytes:
    line = stream.readline(limit + 1)
    if len(line) > limit:
        raise MalformedRequest(HTTPStatus.REQUEST_URI_TOO_LONG, f"the request line is longer than {limit} bytes")
    return line


def _request_line(line: bytes) -> tuple[str, str, str, int]:
    """Split into method, path, query and minor version."""
    try:
        match = _REQUEST_LINE.fullmatch(line.decode().rstrip("\r\n"))
    except UnicodeDecodeError:
        match = None
    if match is None:
        raise MalformedRequest(HTTPStatus.BAD_REQUEST, "this is not an HTTP/1.1 request")
    if match["major"] != "1":
        raise MalformedRequest(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.0 and HTTP/1.1 are spoken here")
    path, query = _split_target(match["target"])
    return match["method"], path, query, int(match["minor"])


def _split_target(target: str) -> tuple[str, str]:
    """Split ``/path?query`` or ``http://host/path?query`` into path and query."""
    if target.startswith(("http://", "https://")):
        try:
            parts = urlsplit(target)
        except ValueError as error:
            raise MalformedRequest(HTTPStatus.BAD_REQUEST, f"request target: {error}") from error
        return parts.path or "/", parts.query
    path, _, query = target.partition("?")
    return path, query


def _keep_alive(headers: Message, minor: int) -> bool:
    words = {word.strip().lower() for value in headers.get_all("Connection", []) for word in str(value).split(",")}
    return "close" not in words and (minor >= 1 or "keep-alive" in words)
