"""Compression of answers: the same bytes come out, whichever library is at hand."""

import gzip
import sys
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.web.compression import compressor


@pytest.fixture(scope="module", params=["isal.igzip", "gzip"])
def compress(request: pytest.FixtureRequest) -> partial[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "gzip":
            patch.setitem(sys.modules, "isal", None)
        found = compressor()
    assert found.func.__module__ == request.param
    return found


@given(body=st.binary(max_size=100_000))
def test_any_body_survives(compress: partial[bytes], body: bytes) -> None:
    assert gzip.decompress(compress(body)) == body


def test_same_body_gives_the_same_bytes_at_any_time(compress: partial[bytes]) -> None:
    assert compress(b"x" * 5000)[4:8] == bytes(4)
