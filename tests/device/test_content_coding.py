"""Content codings are decoded, and bodies are limited."""

import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.device.content_coding import decode_body
from lantime_exporter.errors import ContentError


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def gzip_members(data: bytes) -> bytes:
    return gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])


@pytest.mark.parametrize("bomb", [zlib.compress(b"{" + b" " * 50_000_000), gzip.compress(b" " * 1000) * 2000])
def test_a_bomb_is_not_inflated(bomb: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(ContentError, match="larger than 100000 bytes"):
        decode_body(bomb, "deflate" if bomb[0] == 0x78 else "gzip", 100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_body_that_was_cut_short_is_damaged(subtests: pytest.Subtests) -> None:
    for missing in [1, 8, 9, 20]:
        for coding in ["gzip", "deflate"]:
            with subtests.test(coding=coding, missing=missing):
                body = (gzip.compress if coding == "gzip" else zlib.compress)(bytes(range(256)) * 4)
                with pytest.raises(ContentError, match="damaged"):
                    decode_body(body[:-missing], coding, 2000)


def test_the_second_member_of_gzip_counts_too() -> None:
    with pytest.raises(ContentError, match="damaged"):
        decode_body(gzip_members(b"{} " * 100)[:-3], "gzip", 2000)


def test_padding_after_gzip_is_no_member() -> None:
    assert decode_body(gzip.compress(b"{}") + bytes(512), "gzip", 10) == b"{}"


def test_too_many_members_are_rejected() -> None:
    with pytest.raises(ContentError, match="damaged"):
        decode_body(gzip.compress(b"") * 10_000, "gzip", 10)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
def test_bytes_that_are_not_compressed_raise_only_content_errors(data: bytes, coding: str) -> None:
    with contextlib.suppress(ContentError):
        assert len(decode_body(data, coding, 100)) <= 100


@given(
    st.binary(max_size=500),
    st.sampled_from(
        [("gzip", gzip.compress), ("x-gzip", gzip_members), ("deflate", zlib.compress), ("deflate", raw_deflate)]
    ),
)
def test_compressed_bodies_are_restored(data: bytes, coding: tuple[str, Callable[[bytes], bytes]]) -> None:
    name, compress = coding
    assert decode_body(compress(data), f"identity, {name}", 1000) == data
