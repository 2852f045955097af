"""Reading a body: its content codings undone, and never more of it than allowed."""

import contextlib
import gzip
import io
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.deadline import Deadline
from lantime_exporter.device.http_session import read_body
from lantime_exporter.device.request_timing import RequestTiming
from lantime_exporter.errors import ContentError
from urllib3 import HTTPResponse
from urllib3.exceptions import DecodeError


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def gzip_members(data: bytes) -> bytes:
    return gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])


def body_of(data: bytes, coding: str, max_bytes: int) -> bytes:
    raw = HTTPResponse(io.BytesIO(data), {"Content-Encoding": coding}, preload_content=False)
    return read_body(raw, RequestTiming(Deadline.after(5), max_bytes))


@pytest.mark.parametrize("bomb", [zlib.compress(b"{" + b" " * 50_000_000), gzip.compress(b" " * 1000) * 2000])
def test_a_bomb_is_not_inflated(bomb: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(ContentError, match="larger than 100000 bytes"):
        body_of(bomb, "deflate" if bomb[0] == 0x78 else "gzip", 100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_body_is_bounded_as_sent_too() -> None:
    padded = gzip.compress(b"") * 100
    with pytest.raises(ContentError, match="larger than 1000 bytes"):
        body_of(padded, "gzip", 1000)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
def test_bytes_that_are_not_compressed_raise_only_content_errors(data: bytes, coding: str) -> None:
    with contextlib.suppress(ContentError, DecodeError):
        assert len(body_of(data, coding, 100)) <= 100


@given(
    st.binary(max_size=500),
    st.sampled_from(
        [("gzip", gzip.compress), ("x-gzip", gzip_members), ("deflate", zlib.compress), ("deflate", raw_deflate)]
    ),
)
def test_what_was_compressed_comes_back(data: bytes, coding: tuple[str, Callable[[bytes], bytes]]) -> None:
    name, compress = coding
    assert body_of(compress(data), f"identity, {name}", 1000) == data
