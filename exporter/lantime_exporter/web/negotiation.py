"""Which format and which encoding a client wants: prometheus_client reads each offer, q-values order them."""

import gzip
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, choose_encoder, gzip_accepted

from lantime_exporter.web.message import Response

MIN_COMPRESSED: Final = 1024
"""Bytes; a smaller body fits one packet either way."""

GZIP_LEVEL: Final = 1
"""Measured: a third of the time of level 6 for a fifth more bytes."""

MAX_CACHED_HEADERS: Final = 64
"""Headers in each cache: all Prometheus servers of one version send the same."""

_TEXT_TYPES = ("text/plain", "text/*", "*/*")


@dataclass(frozen=True, slots=True)
class Exposition:
    """A format of samples and the Content-Type that announces it."""

    is_openmetrics: bool
    content_type: str


TEXT_0_0_4 = Exposition(is_openmetrics=False, content_type=CONTENT_TYPE_PLAIN_0_0_4)


@lru_cache(maxsize=MAX_CACHED_HEADERS)
def choose_exposition(accept: str | None) -> Exposition:
    """Return the format for an ``Accept`` header; text 0.0.4 when the client names nothing that exists here.

    Among formats of the same q-value the header's order decides, with text 0.0.4 last, as in prometheus_client.
    """
    offers = [(quality, exposition) for item, quality in _qualities(accept).items() if (exposition := _offered(item))]
    return max(offers, key=lambda offer: (offer[0], offer[1] is not TEXT_0_0_4), default=(0.0, TEXT_0_0_4))[1]


def prefers_html(accept: str | None) -> bool:
    """Return True for a browser, which names HTML first; ``*/*`` alone does not."""
    qualities = {_name(item): quality for item, quality in _qualities(accept).items()}
    return "text/html" in qualities and qualities["text/html"] >= qualities.get("text/plain", 0.0)


def prefers_json(accept: str | None) -> bool:
    """Return True for a client that prefers JSON to HTML; a browser and ``*/*`` do not."""
    qualities = {_name(item): quality for item, quality in _qualities(accept).items()}
    json = qualities.get("application/json", 0.0)
    if "text/html" in qualities:
        return json > qualities["text/html"]
    return json > 0 and json >= max(qualities.get("text/*", 0.0), qualities.get("*/*", 0.0))


@lru_cache(maxsize=MAX_CACHED_HEADERS)
def accepts_gzip(accept_encoding: str | None) -> bool:
    """Return True for a client that takes gzip, and not less gladly than no encoding if it names that."""
    qualities = {_name(item): quality for item, quality in _qualities(accept_encoding).items()}
    return bool(gzip_accepted(",".join(qualities))) and qualities["gzip"] >= qualities.get("identity", 0.0)


def compressed(response: Response, accept_encoding: str | None) -> Response:
    """Return the response with a gzip body, if that pays and the client takes it."""
    if len(response.body) < MIN_COMPRESSED:
        return response
    varying = {**response.headers, "Vary": "Accept, Accept-Encoding"}
    if not accepts_gzip(accept_encoding):
        return replace(response, headers=varying)
    return replace(response, headers={**varying, "Content-Encoding": "gzip"}, body=compress(response.body))


def load_compressor() -> partial[bytes]:
    """Return gzip of isal (the extra ``fast``), which takes a third of the time, else of the standard library."""
    try:
        from isal import igzip  # noqa: PLC0415 -- an extra
    except ImportError:
        return partial(gzip.compress, compresslevel=GZIP_LEVEL, mtime=0)
    return partial(igzip.compress, compresslevel=GZIP_LEVEL, mtime=0)


compress = load_compressor()
"""Return the bytes as one gzip member without a time."""


def _offered(item: str) -> Exposition | None:
    """Return the format that one item of an ``Accept`` header asks for."""
    try:
        content_type = str(choose_encoder(item)[1])
    except ValueError:  # a version that is no version
        return None
    if content_type == CONTENT_TYPE_PLAIN_0_0_4:
        return TEXT_0_0_4 if _name(item) in _TEXT_TYPES else None
    if "version=1.0.0" not in content_type:  # prometheus_client announces whatever version was asked for
        return None
    # The names of this exporter need no escaping in any scheme but dots.
    content_type = content_type.replace("escaping=dots", "escaping=underscores")
    return Exposition(content_type.startswith("application/openmetrics-text"), content_type)


def _qualities(header: str | None) -> dict[str, float]:
    """Return the items of a header, in lower case and without blanks, with their q-values above 0."""
    items = ["".join(item.replace('"', "").lower().split()) for item in (header or "").split(",")]
    return {item: quality for item in items if item and (quality := _quality(item)) > 0}


def _name(item: str) -> str:
    return item.partition(";")[0]


def _quality(item: str) -> float:
    """Return the q-value; 1 when it is absent or makes no sense."""
    value = next((part[2:] for part in item.split(";") if part.startswith("q=")), "1")
    try:
        quality = float(value)
    except ValueError:
        return 1.0
    return quality if 0 <= quality <= 1 else 1.0
