"""The part of HTTP/1.1 that a LANTIME needs: simple requests, responses with a length."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

MAX_HEAD = 16_384
MAX_BODY = 65_536


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request; header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    keep_alive: bool


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A complete response."""

    status: HTTPStatus
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def head(self, *, keep_alive: bool) -> bytes:
        """Return the status line and the headers, with the blank line after them."""
        lines = [
            f"HTTP/1.1 {self.status.value} {self.status.phrase}",
            f"Content-Type: {self.content_type}",
            f"Content-Length: {len(self.body)}",
            f"Connection: {'keep-alive' if keep_alive else 'close'}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def page(status: HTTPStatus, **headers: str) -> HttpResponse:
    """Return an error as a short HTML page (that of LTOS is unknown); ``Allow=...`` adds a header."""
    title = f"{status.value} {status.phrase}"
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(status, body.encode(), "text/html; charset=utf-8", named)


async def read_request(reader: asyncio.StreamReader) -> HttpRequest | None:
    """Return the next request of a connection, without its body; None if the client closed the connection.

    Raises ValueError for anything but HTTP.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    except asyncio.LimitOverrunError:
        raise ValueError("head too large") from None
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    method, target, version = first.split(" ")
    if not version.startswith("HTTP/1."):
        raise ValueError(version)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = int(headers.get("content-length", "0"))
    if not 0 <= length <= MAX_BODY:
        raise ValueError("body too large")
    await reader.readexactly(length)
    path, _, query = target.partition("?")
    keep_alive = version != "HTTP/1.0" and headers.get("connection", "").lower() != "close"
    return HttpRequest(method, path, query, headers, keep_alive)
