"""The fast path for the usual form of a time has the same result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.document.values import timestamp
from lantime_exporter.errors import DecodeError


@given(st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds")))
def test_a_usual_time_equals_the_same_time_with_a_zone(text: str) -> None:
    assert timestamp(text) == timestamp(f"{text}Z")


def test_a_time_on_an_impossible_day_is_a_decode_error(subtests: pytest.Subtests) -> None:
    for date in ("2026-13-01", "2026-02-30", "0000-01-01", "2026-00-10"):
        with subtests.test(date=date), pytest.raises(DecodeError):
            timestamp(f"{date}T22:05:07")


def test_a_time_that_only_python_accepts_is_a_decode_error(subtests: pytest.Subtests) -> None:
    cases: list[str] = ["2026-02-11T24:00:00", "2026-W07-3T22:05:07", "2026-02-11T22:05+01", "2026-02-11T220507,1"]
    for text in cases:
        with subtests.test(text=text), pytest.raises(DecodeError):
            timestamp(text)


def test_a_leap_second_is_the_next_one() -> None:
    assert timestamp("2016-12-31T23:59:60") == timestamp("2017-01-01T00:00:00")
