"""Times: every format of LTOS, as Unix seconds."""

import pytest
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.values import timestamp
from lantime_exporter.errors import DecodeError


def test_every_form_of_a_time_gives_its_second(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Scalar, float]] = [
        ("2026-02-11T22:05:07", 1770847507.0),
        ("2026-02-11 22:05:07", 1770847507.0),
        ("2026-02-11T22:05:07Z", 1770847507.0),
        ("2026-02-11T22:05:01.533Z", 1770847501.533),
        ("2026-02-11T22:05:01.533523843 UTC", 1770847501.533523843),
        ("2026.02.11 21:53:08", 1770846788.0),
        ("2026/02/11 21:53:08", 1770846788.0),
        (" 2026-02-11T22:05:07 ", 1770847507.0),
        ("201701010000", 1483228800.0),
        (201701010000, 1483228800.0),
        ("20170101", 1483228800.0),
        ("2017-01-01", 1483228800.0),
        ("2026-02-11T23:05:07+01:00", 1770847507.0),
        ("2026-02-11T21:35:07-0030", 1770847507.0),
        ("2016-12-31T23:59:60", 1483228800.0),
        ("2024-02-29T00:00:00", 1709164800.0),
    ]
    for value, seconds in cases:
        with subtests.test(value=value):
            assert timestamp(value) == pytest.approx(seconds, abs=1e-6)


def test_no_time_is_absent(subtests: pytest.Subtests) -> None:
    cases: list[Scalar] = [
        None,
        "",
        "-",
        "never",
        "Never",
        "N/A",
        "none",
        "unknown",
        "1970-01-01 00:00:00",
        "1970-01-01T00:00:59",
    ]
    for value in cases:
        with subtests.test(value=value):
            assert timestamp(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("yesterday", "22:05:07", "2026-13-01T00:00:00", "2026-02-30", "2026-02-11T25:00:00", "2026-02-11T22:61:00"),
        *("2026-02-11T22:05:61", "0000-01-01", "2026", "2026-02-11T22", True, False, 0, 17, 1770847507.5),
        *("9999-12-31T23:59:60", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", "٢٠٢٦-٠٢-١١"),  # noqa: RUF001 -- digits of another script
    ],
)
def test_anything_else_is_a_decode_error(value: Scalar) -> None:
    with pytest.raises(DecodeError):
        timestamp(value)
