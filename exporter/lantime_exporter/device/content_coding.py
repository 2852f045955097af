"""Decoding of content codings (RFC 9110, section 8.4.1).

urllib3's decoders are not used: they accept a truncated body and reject ``none``.
"""

import zlib

from lantime_exporter.device.deadline_socket import too_large
from lantime_exporter.errors import ContentError

NO_CODING = {"", "identity", "none"}
"""Codings that mean no coding; the second is standard, the third is in use."""

MAX_CODINGS = 4
"""Nested codings; one is usual."""

MAX_GZIP_MEMBERS = 256
"""Members of one gzip body (RFC 1952, section 2.2); the cost of finding them grows with their square."""

_GZIP = zlib.MAX_WBITS | 16
_RAW_DEFLATE = -zlib.MAX_WBITS


def decode_body(body: bytes, content_encoding: str, max_bytes: int) -> bytes:
    """Decode a body with the codings of a ``Content-Encoding`` header: gzip, deflate, none.

    Raises ContentError for a result larger than ``max_bytes``, for a damaged or incomplete body and for other codings.
    """
    codings = [coding for text in content_encoding.split(",") if (coding := text.strip().lower()) not in NO_CODING]
    if len(codings) > MAX_CODINGS or not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        raise ContentError("the response has a content coding that was not requested")
    try:
        for coding in reversed(codings):
            body = _inflate(body, max_bytes) if coding == "deflate" else _gunzip(body, max_bytes)
    except zlib.error:
        raise ContentError("the compressed response is damaged") from None
    return body


def _gunzip(body: bytes, max_bytes: int) -> bytes:
    plain = bytearray()
    for _ in range(MAX_GZIP_MEMBERS):
        member, body = _decompress(body, _GZIP, max_bytes - len(plain), max_bytes)
        plain += member
        body = body.lstrip(b"\x00")  # padding, as gzip itself accepts it
        if not body:
            return bytes(plain)
    raise zlib.error("too many members")


def _inflate(body: bytes, max_bytes: int) -> bytes:
    # Some servers call gzip deflate, and some send deflate without the zlib wrapper.
    for window_bits in (zlib.MAX_WBITS | 32, _RAW_DEFLATE):
        try:
            return _decompress(body, window_bits, max_bytes, max_bytes)[0]
        except zlib.error as error:
            failure = error
    raise failure


def _decompress(body: bytes, window_bits: int, room: int, max_bytes: int) -> tuple[bytes, bytes]:
    """Decompress one stream; return it and the rest of the body."""
    inflater = zlib.decompressobj(window_bits)
    plain = inflater.decompress(body, room + 1)
    if len(plain) > room:
        raise too_large(max_bytes)
    if not inflater.eof:
        raise zlib.error("incomplete")
    return plain, inflater.unused_data
