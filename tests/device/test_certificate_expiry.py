"""The end of a certificate's validity, from its DER form."""

import datetime as dt
import ssl

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.device.tls import not_after

DER = ssl.PEM_cert_to_DER_cert(trustme.CA().issue_cert("lt1").cert_chain_pems[0].bytes().decode())


@pytest.mark.parametrize("year", [2024, 2049, 2050, 2120])
def test_both_forms_of_time_are_read(year: int) -> None:
    end = dt.datetime(year, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    leaf = trustme.CA().issue_cert("lt1", not_before=begin, not_after=end)
    assert not_after(ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())) == end.timestamp()


@given(st.binary(max_size=200))
def test_any_bytes_give_none_or_a_time(data: bytes) -> None:
    assert not_after(data) is None or isinstance(not_after(data), float)


@given(st.integers(0, len(DER) - 1), st.integers(0, 255))
def test_a_damaged_certificate_gives_none_or_a_time(position: int, value: int) -> None:
    damaged = DER[:position] + bytes([value]) + DER[position + 1 :]
    assert not_after(damaged) is None or isinstance(not_after(damaged), float)


@given(st.integers(0, 100))
def test_a_certificate_cut_short_gives_none(length: int) -> None:
    assert not_after(DER[:length]) is None
