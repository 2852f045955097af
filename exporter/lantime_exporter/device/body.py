"""Reading the body of an answer, of bounded size however it is sent."""

import zlib
from http.client import HTTPResponse, IncompleteRead

from lantime_exporter.device.trace import Trace, too_large
from lantime_exporter.errors import ContentError

_CHUNK_BYTES = 65536
_ZLIB_OR_GZIP = zlib.MAX_WBITS | 32
_RAW_DEFLATE = -zlib.MAX_WBITS


def read_body(response: HTTPResponse, trace: Trace) -> bytes:
    """Read the whole body as sent.

    Raises ContentError when it is larger than allowed or its chunks make no sense, and IncompleteRead when the
    connection ends before it does.
    """
    announced = response.length
    if announced is not None and announced > trace.max_body_bytes:
        raise too_large(trace.max_body_bytes)
    chunks = []
    while chunk := _read(response):
        trace.read(len(chunk))
        chunks.append(chunk)
    if announced is not None and trace.body_bytes < announced:
        raise IncompleteRead(b"", announced - trace.body_bytes)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def decode_body(body: bytes, content_encoding: str, max_bytes: int) -> bytes:
    """Undo gzip or deflate.

    Raises ContentError when the result is larger than ``max_bytes``, damaged, not whole, or encoded otherwise.
    """
    coding = content_encoding.strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ContentError("the answer is compressed in a way that was not asked for")
    try:
        return _inflate(body, _ZLIB_OR_GZIP, max_bytes)
    except zlib.error:
        pass
    try:
        # RFC 9110, section 8.4.1.2: some send "deflate" without the zlib wrapper.
        return _inflate(body, _RAW_DEFLATE, max_bytes)
    except zlib.error:
        raise ContentError("the compressed answer is damaged") from None


def _read(response: HTTPResponse) -> bytes:
    try:
        return response.read(_CHUNK_BYTES)
    except ValueError:  # http.client does not check the sign of a chunk's size
        raise ContentError("the answer's chunks make no sense") from None


def _inflate(body: bytes, window_bits: int, max_bytes: int) -> bytes:
    inflater = zlib.decompressobj(window_bits)
    plain = inflater.decompress(body, max_bytes + 1)
    if len(plain) > max_bytes:
        raise too_large(max_bytes)
    if not inflater.eof:
        raise zlib.error
    return plain
