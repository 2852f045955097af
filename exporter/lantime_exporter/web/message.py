"""HTTP messages without a socket: requests, responses, and the format and encoding that a client wants."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.utils import formatdate
from functools import lru_cache, partial
from http.client import responses
from itertools import groupby
from operator import itemgetter
from urllib.parse import parse_qsl

from msgspec import Struct
from msgspec.structs import replace
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as TEXT_0_0_4
from prometheus_client.exposition import choose_encoder

from lantime_exporter.errors import RequestError
from lantime_exporter.formatting import quoted

MAX_PARAMETERS = 100

MIN_COMPRESSED = 1024
"""Bytes; a smaller body fits one packet anyway."""

GZIP_LEVEL = 1
"""Measured: a third of the time of level 6 for a fifth more bytes."""

MAX_CACHED_HEADERS = 64
"""Headers in each cache: all Prometheus servers of one version send the same."""

_TEXT_TYPES = frozenset({"text/plain", "text/*", "*/*"})
_UNKNOWN_VERSION = re.compile(r"version=(?!(?:0\.0\.1|0\.0\.4|1\.0\.0)(?:;|$))")
"""prometheus_client announces any version that a client requests."""
_QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


class Request(Struct, frozen=True, kw_only=True):
    """A request without its body, which no endpoint uses; names of headers are in lower case.

    ``client`` is the IP address of the client, or of its proxy.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = {}
    keep_alive: bool = True
    client: str = ""


class Response(Struct, frozen=True, kw_only=True):
    """A complete response. Content-Length, Date and Connection are added when it is sent."""

    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = {}
    body: bytes

    def with_headers(self, headers: Mapping[str, str]) -> "Response":
        """Return this response with more headers; they replace those of the same name."""
        return replace(self, headers={**self.headers, **headers}) if headers else self


Handler = Callable[[Request], Response]
"""Returns the response to a request; raises RequestError for a mistake of the client."""


def plain(text: str, status: int = 200) -> Response:
    """Return a response of plain text that ends with a newline."""
    return Response(status=status, body=f"{text.rstrip()}\n".encode())


def one_line(text: str, status: int) -> Response:
    """Return a response of one line of plain text."""
    return plain(" ".join(text.split()), status)


def as_json(value: object) -> Response:
    """Return a response of JSON."""
    return Response(content_type="application/json", body=json.dumps(value, indent=1).encode() + b"\n")


def encode_head(response: Response, *, keep_alive: bool) -> bytes:
    """Return status line and headers of a response, with Content-Length as the length of the body."""
    headers = {
        "Content-Type": response.content_type,
        "Content-Length": str(len(response.body)),
        "Date": _date(int(time.time())),
        "X-Content-Type-Options": "nosniff",
        "Connection": "keep-alive" if keep_alive else "close",
        **response.headers,
    }
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    return f"HTTP/1.1 {response.status:d} {responses[response.status]}\r\n{''.join(lines)}\r\n".encode("latin-1")


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def parse_parameters(query: str, known: Sequence[str], lists: Sequence[str] = ()) -> Mapping[str, str]:
    """Return the parameters by name; those of ``lists`` may occur several times, and are joined by commas.

    Raises RequestError for an unknown, empty or repeated parameter and for a query that cannot be read.
    """
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise RequestError("parameters: not UTF-8") from error
    except ValueError as error:
        raise RequestError(f"parameters: more than {MAX_PARAMETERS}") from error
    values: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            raise RequestError(f"unknown parameter {quoted(name)}, known: {', '.join(known)}")
        if not value.strip():
            raise RequestError(f"{name}: is empty: give a value or leave it out")
        if name in values and name not in lists:
            raise RequestError(f"{name}: is given more than once: give it once")
        values[name] = f"{values[name]},{value}" if name in values else value
    return values


@lru_cache(maxsize=MAX_CACHED_HEADERS)
def preferred(header: str | None, offers: tuple[str, ...]) -> str:
    """Return the offer that an ``Accept`` or ``Accept-Encoding`` header prefers, by default the first.

    Of equal q-values a name wins over a wildcard.
    """
    qualities = {name: quality for name, _, quality in _items(header)}

    def rank(offer: str) -> tuple[float, int]:
        names = (offer, f"{offer.partition('/')[0]}/*", "*/*")
        return next(((qualities[name], -place) for place, name in enumerate(names) if name in qualities), (0.0, 0))

    return max(offers, key=rank)


@lru_cache(maxsize=MAX_CACHED_HEADERS)
def choose_exposition(accept: str | None) -> str:
    """Return the content type of samples for an ``Accept`` header; text 0.0.4 if the client names no known format.

    Among formats of the same q-value the header's order decides, with text 0.0.4 last, as in prometheus_client.
    """
    offers = [(quality, name, item) for name, item, quality in _items(accept) if quality]
    known = [offer for offer in offers if not _UNKNOWN_VERSION.search(offer[2])]
    for _, group in groupby(sorted(known, key=itemgetter(0), reverse=True), itemgetter(0)):
        _, names, items = zip(*group, strict=True)
        content_type = str(choose_encoder(",".join(items))[1])
        if content_type != TEXT_0_0_4 or not _TEXT_TYPES.isdisjoint(names):
            # The names of this exporter need no escaping in any scheme but dots.
            return content_type.replace("escaping=dots", "escaping=underscores")
    return TEXT_0_0_4


def is_openmetrics(content_type: str) -> bool:
    """Return True for OpenMetrics, False for text 0.0.4."""
    return content_type.startswith("application/openmetrics-text")


def compressed(response: Response, accept_encoding: str | None) -> Response:
    """Return the response with a gzip body, if the body is large enough and the client accepts it."""
    if len(response.body) < MIN_COMPRESSED:
        return response
    response = response.with_headers({"Vary": "Accept, Accept-Encoding"})
    if preferred(accept_encoding, ("identity", "gzip")) == "identity":
        return response
    return replace(response.with_headers({"Content-Encoding": "gzip"}), body=compress(response.body))


def load_compressor() -> partial[bytes]:
    """Return gzip of isal (the extra ``fast``), which takes a third of the time, else of the standard library."""
    try:
        from isal.isal_zlib import compress  # noqa: PLC0415 -- an extra
    except ImportError:
        from zlib import compress  # noqa: PLC0415
    return partial(compress, level=GZIP_LEVEL, wbits=31)  # 31: gzip


compress = load_compressor()
"""Return the bytes as one gzip member without a time."""


def _items(header: str | None) -> Iterator[tuple[str, str, float]]:
    """Yield the items of a header, in lower case and without blanks: name, item, q-value (1 if it is invalid)."""
    for item in "".join((header or "").replace('"', "").lower().split()).split(","):
        name, *parameters = item.split(";")
        quality = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        yield name, item, float(quality) if _QUALITY.fullmatch(quality) else 1.0
