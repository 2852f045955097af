"""Which format and which encoding a client wants, by its q-values (RFC 9110, 12.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lantime_exporter.web.compression import compress
from lantime_exporter.web.message import Response

GZIP_FROM: Final = 1024
"""Bytes; a smaller body fits one packet either way."""


HEADERS_KEPT: Final = 64
"""Headers whose meaning is kept: all Prometheus servers of one version send the same."""


@dataclass(frozen=True, slots=True)
class Exposition:
    """A format of samples and the Content-Type that announces it."""

    openmetrics: bool
    content_type: str


TEXT_0_0_4 = Exposition(openmetrics=False, content_type="text/plain; version=0.0.4; charset=utf-8")

_TEXT_1_0_0 = "text/plain; version=1.0.0; charset=utf-8"
_OPENMETRICS_1_0_0 = "application/openmetrics-text; version=1.0.0; charset=utf-8"

_ESCAPINGS = ("allow-utf-8", "underscores", "values")
"""Schemes that leave our names, which need no escaping, as they are; ``dots`` would double every underscore."""


@lru_cache(maxsize=HEADERS_KEPT)
def choose_exposition(accept: str | None) -> Exposition:
    """Return the format for an ``Accept`` header; text 0.0.4 when the client names nothing that exists here.

    Among formats of the same q-value the header's order decides, with text 0.0.4 last, as prometheus_client's
    ``choose_encoder`` has it.
    """
    offers = [
        (quality, offer)
        for media_type, parameters in _items(accept)
        if (quality := _quality(parameters)) > 0 and (offer := _offer(media_type, parameters))
    ]
    return max(offers, key=lambda item: (item[0], item[1] is not TEXT_0_0_4), default=(0.0, TEXT_0_0_4))[1]


def prefers_json(accept: str | None) -> bool:
    """Tell whether a client would rather have JSON than HTML; a browser and ``*/*`` would not."""
    qualities = {media_type: _quality(parameters) for media_type, parameters in _items(accept)}
    json = qualities.get("application/json", 0.0)
    if "text/html" in qualities:
        return json > qualities["text/html"]
    return json > 0 and json >= max(qualities.get("text/*", 0.0), qualities.get("*/*", 0.0))


@lru_cache(maxsize=HEADERS_KEPT)
def accepts_gzip(accept_encoding: str | None) -> bool:
    """Tell whether a client takes gzip, and not less gladly than no encoding if it names that."""
    qualities = {coding: _quality(parameters) for coding, parameters in _items(accept_encoding)}
    quality = qualities.get("gzip", qualities.get("x-gzip", qualities.get("*", 0.0)))
    return quality > 0 and quality >= qualities.get("identity", 0.0)


def compressed(response: Response, accept_encoding: str | None) -> Response:
    """Return the response with a gzip body, where that pays and the client takes it."""
    if len(response.body) < GZIP_FROM:
        return response
    varying = {**response.headers, "Vary": "Accept, Accept-Encoding"}
    if not accepts_gzip(accept_encoding):
        return replace(response, headers=varying)
    return replace(response, headers={**varying, "Content-Encoding": "gzip"}, body=compress(response.body))


def _offer(media_type: str, parameters: Mapping[str, str]) -> Exposition | None:
    """Return the format that one item of an ``Accept`` header asks for."""
    version = parameters.get("version")
    escaping = parameters.get("escaping", "")
    suffix = f"; escaping={escaping if escaping in _ESCAPINGS else 'underscores'}"
    match media_type, version:
        case "application/openmetrics-text", None:
            return Exposition(openmetrics=True, content_type=_OPENMETRICS_1_0_0)
        case "application/openmetrics-text", "1.0.0":
            return Exposition(openmetrics=True, content_type=_OPENMETRICS_1_0_0 + suffix)
        case "text/plain", "1.0.0":
            return Exposition(openmetrics=False, content_type=_TEXT_1_0_0 + suffix)
        case ("text/plain", "0.0.4" | None) | (("text/*" | "*/*"), _):
            return TEXT_0_0_4
    return None


def _items(header: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    """Split a header into its items: the name in lower case, and the parameters."""
    for item in (header or "").split(","):
        name, *rest = item.split(";")
        pairs = (part.partition("=") for part in rest)
        yield name.strip().lower(), {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}


def _quality(parameters: Mapping[str, str]) -> float:
    """Return the q-value; 1 when it is absent or makes no sense."""
    try:
        quality = float(parameters.get("q", "1"))
    except ValueError:
        return 1.0
    return quality if 0 <= quality <= 1 else 1.0
