"""A request as read from the wire and the response to it, both without a socket."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from types import MappingProxyType

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request without its body, which no endpoint uses. Names of headers match in any case."""

    method: str
    path: str
    query: str = ""
    headers: Message = field(default_factory=Message)
    keep_alive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A complete response. Content-Length, Date and Connection are added when it is sent."""

    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes

    def with_headers(self, headers: Mapping[str, str]) -> "Response":
        """Return this response with more headers; they replace those of the same name."""
        return replace(self, headers={**self.headers, **headers}) if headers else self


Handler = Callable[[Request], Response]
"""Answers a request; raises RequestError when the caller is wrong."""


def plain(text: str, status: int = 200, headers: Mapping[str, str] = NO_HEADERS) -> Response:
    """Return a response of plain text that ends with a newline."""
    return Response(status=status, headers=headers, body=f"{text.rstrip()}\n".encode())


def one_line(text: str, status: int, headers: Mapping[str, str] = NO_HEADERS) -> Response:
    """Return a response of one line of plain text, whatever the text holds."""
    return plain(" ".join(text.split()), status, headers)


def as_json(value: object) -> Response:
    """Return a response of JSON."""
    return Response(content_type="application/json", body=json.dumps(value, indent=1).encode() + b"\n")


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


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)
