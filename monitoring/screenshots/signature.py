"""What a picture was drawn from: a digest of the dashboard in a text chunk of the PNG, to tell when it is old."""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KEYWORD = "Drawn from"

HEADER = 8
"""Bytes before the first chunk."""


def digest(dashboard: Mapping[str, Any]) -> str:
    """Return the digest of all that shows of a dashboard: descriptions are behind a sign and do not count."""
    return hashlib.sha256(json.dumps(_shown(dashboard), sort_keys=True).encode()).hexdigest()


def _shown(part: object) -> object:
    if isinstance(part, Mapping):
        return {key: _shown(inner) for key, inner in part.items() if key != "description"}
    return [_shown(inner) for inner in part] if isinstance(part, list) else part


def sign(picture: Path, text: str) -> None:
    """Write a text into a PNG file, before its end."""
    data = picture.read_bytes()
    *_, (_, end, _) = _chunks(data)
    chunk = b"tEXt" + f"{KEYWORD}\0{text}".encode()
    signed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    picture.write_bytes(data[:end] + signed + data[end:])


def signature(picture: Path) -> str | None:
    """Return the text that was written into a PNG file, None without one."""
    for kind, _, body in _chunks(picture.read_bytes()):
        keyword, _, text = body.partition(b"\0")
        if kind == b"tEXt" and keyword == KEYWORD.encode():
            return text.decode()
    return None


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield kind, place and body of each chunk of a PNG file."""
    place = HEADER
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], place, data[place + 8 : place + 8 + length]
        place += 12 + length
