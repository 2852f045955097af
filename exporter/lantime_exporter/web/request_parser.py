"""Bounded reading and strict parsing of HTTP/1.x requests (RFC 9112).

It rejects requests that a reverse proxy may parse differently, which prevents request smuggling.
"""

import io
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from lantime_exporter.bounds import Deadline, set_timeout
from lantime_exporter.web.message import Request

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_REQUEST_LINE = 8 * 1024
MAX_HEADERS = 32 * 1024
MAX_HEADER_LINES = 100
MAX_BODY = 64 * 1024
MAX_LINGERING_BYTES = 1024 * 1024

MAX_COPIED = 512 * 1024
"""Bytes of a body that are copied behind the head, to send both at once: more than any page of a real device."""

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - the grammar's word
_REQUEST_LINE = re.compile(rf"({_TOKEN}) ([^\s\x00-\x1f\x7f\udc80-\udcff]+) HTTP/(\d)\.(\d)\r\n")
_HEADER_LINE = re.compile(rf"({_TOKEN}):([^\x00\r\n]*)\r\n")
"""A header without blanks before the colon, folded lines or single CR or LF."""
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+(?:%[0-9A-Za-z._~%-]+)?\]|[0-9A-Za-z._~!$&'()*+,;=%-]*)(?::[0-9]*)?")
_LENGTH = re.compile(r"[0-9]{1,15}")


class BadRequest(Exception):  # noqa: N818 - named for its status; it never leaves this package
    """Bytes that this server does not accept as a request; ``status`` is that of the response."""

    def __init__(self, text: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(text)
        self.status = status


class DeadlineReader(io.RawIOBase):
    """Reads from a socket until the deadline, after which it raises BadRequest with status 408.

    The timeout of a socket is not enough: it restarts with every byte.
    """

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self._socket = sock
        self.deadline = Deadline.after(0)

    def readable(self) -> bool:
        """Return True: this is a stream to read from."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Wait for bytes and return how many were put into the buffer; 0 at the end."""
        remaining = self.deadline.remaining()
        if not remaining:
            raise BadRequest("the request took too long to arrive", HTTPStatus.REQUEST_TIMEOUT)
        set_timeout(self._socket, remaining)
        try:
            return self._socket.recv_into(buffer)
        except TimeoutError as error:
            raise BadRequest("the request took too long to arrive", HTTPStatus.REQUEST_TIMEOUT) from error


def send_all(sock: socket.socket, head: bytes, body: bytes, seconds: float) -> None:
    """Send a response within so many seconds. Raises OSError."""
    deadline = Deadline.after(seconds)
    set_timeout(sock, seconds)
    sock.sendall(head + body[:MAX_COPIED])
    if len(body) > MAX_COPIED:
        sock.settimeout(deadline.remaining())
        sock.sendall(memoryview(body)[MAX_COPIED:])


def lingering_close(sock: socket.socket, seconds: float) -> None:
    """Send no more, and read until the client closes, at most for some seconds and about a MiB.

    Closing a socket with unread bytes resets the connection, and the client may lose the response. Raises OSError if
    the connection breaks.
    """
    # The methods of the plain socket: TLS has ended, only bytes to skip are left.
    socket.socket.shutdown(sock, socket.SHUT_WR)
    deadline = Deadline.after(seconds)
    left = MAX_LINGERING_BYTES
    with suppress(TimeoutError):
        while left > 0 and (remaining := deadline.remaining()):
            sock.settimeout(remaining)
            count = len(socket.socket.recv(sock, 64 * 1024))
            left = left - count if count else 0


def read_request(stream: BinaryIO, client: str = "") -> Request | None:
    """Read a request line and the headers after it; None at the end of the stream.

    One blank line before the request line is skipped (RFC 9112, 2.2). Raises BadRequest.
    """
    line = stream.readline(MAX_REQUEST_LINE + 1)
    if line == b"\r\n":
        line = stream.readline(MAX_REQUEST_LINE + 1)
    if not line:
        return None
    if len(line) > MAX_REQUEST_LINE:
        text = f"the request line is longer than {MAX_REQUEST_LINE} bytes"
        raise BadRequest(text, HTTPStatus.REQUEST_URI_TOO_LONG)
    match = _REQUEST_LINE.fullmatch(line.decode(errors="surrogateescape"))
    if match is None:
        raise BadRequest("this is not an HTTP/1.1 request")
    method, target, major, minor = match.groups()
    if major != "1":
        raise BadRequest("only HTTP/1.0 and HTTP/1.1 are supported", HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers = read_headers(stream)
    is_1_0 = minor == "0"
    _check_headers(headers, is_1_0=is_1_0)
    path, query = _split_target(target)
    connection = {word.strip() for word in headers.get("connection", "").lower().split(",")}
    return Request(
        method=method,
        path=path,
        query=query,
        headers=headers,
        keep_alive="close" not in connection and (not is_1_0 or "keep-alive" in connection),
        client=client,
    )


def read_headers(stream: BinaryIO) -> dict[str, str]:
    """Read the headers up to the blank line; names are in lower case, repeated ones joined. Raises BadRequest."""
    headers: dict[str, str] = {}
    left = MAX_HEADERS
    for _ in range(MAX_HEADER_LINES + 1):
        line = stream.readline(left).decode("latin-1")
        if line == "\r\n":
            return headers
        left -= len(line)
        match = _HEADER_LINE.fullmatch(line)
        if match is None:
            if not left:
                break
            problem = "a line is not a name, a colon and a value" if line.endswith("\n") else "they end too early"
            raise BadRequest(f"headers: {problem}")
        name, value = match[1].lower(), match[2].strip(" \t")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    raise BadRequest("headers: too many or too long", HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)


def body_length(headers: Mapping[str, str]) -> int:
    """Return the bytes of body after the headers. Raises BadRequest if that is not clear or too much."""
    if "transfer-encoding" in headers:
        text = "Transfer-Encoding is not supported: send Content-Length"
        raise BadRequest(text, HTTPStatus.LENGTH_REQUIRED)
    length = headers.get("content-length", "0")
    if not _LENGTH.fullmatch(length):
        raise BadRequest("Content-Length: must be one number")
    if int(length) > MAX_BODY:
        raise BadRequest(f"the body is larger than {MAX_BODY} bytes", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return int(length)


def _check_headers(headers: dict[str, str], *, is_1_0: bool) -> None:
    """Check Host and Expect, which HTTP/1.0 does not have (RFC 9110, 10.1.1). Raises BadRequest."""
    host = headers.get("host", "" if is_1_0 else None)
    if host is None or not _HOST.fullmatch(host):
        raise BadRequest("Host: must occur once, as a host with an optional port")
    if is_1_0:
        headers.pop("expect", None)
    elif headers.get("expect", "100-continue").lower() != "100-continue":
        raise BadRequest("Expect: must be 100-continue", HTTPStatus.EXPECTATION_FAILED)


def _split_target(target: str) -> tuple[str, str]:
    """Split ``/path?query`` or ``http://host/path?query`` into path and query."""
    if target.startswith(("http://", "https://")):
        try:
            parts = urlsplit(target)
        except ValueError as error:
            raise BadRequest(f"request target: {error}") from error
        return parts.path or "/", parts.query
    path, _, query = target.partition("?")
    return path, query
