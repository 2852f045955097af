"""Clocks of PTPv2 instances: own, grandmaster, parent, time properties."""

import math
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.collectors.common.ptp_enumerations import identity, is_null
from lantime_exporter.document.time_quality import clock_accuracy
from lantime_exporter.errors import DecodeError
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

AT = {"slot": "io1", "ptp_instance": "0"}

DATA_SETS: dict[str, Any] = {
    "default-ds": {
        "clock-quality": {"clock-class": 248, "clock-accuracy": 254, "log-variance": 65535},
        "priority-1": 100,
        "priority-2": 101,
        "clock-identity": "EC4670FFFE000001",
    },
    "parent-ds": {
        "parent-port-identity": "0050c2fffed290bf-1",
        "parent-log-variance": 17,
        "parent-phase-change-rate": 19,
        "grandmaster-clock-quality": {"clock-class": 6, "clock-accuracy": "25ns", "log-variance": 13563},
        "grandmaster-priority-1": 1,
        "grandmaster-priority-2": 2,
        "grandmaster-identity": "00:50:C2:FF:FE:D2:90:BF",
    },
    "time-properties-ds": {
        "current-utc-offset": 37,
        "leap-61": True,
        "leap-59": False,
        "utc-offset-valid": True,
        "ptp-timescale": True,
        "time-traceable": True,
        "frequency-traceable": False,
        "time-source": "gps",
    },
    "port-ds": [{"port-state": "slave"}],
}

FIGURES = {
    "clock_class": 248,
    "clock_log_variance": 65535,
    "priority1": 100,
    "priority2": 101,
    "grandmaster_clock_class": 6,
    "grandmaster_clock_accuracy_seconds": 25e-9,
    "grandmaster_clock_log_variance": 13563,
    "grandmaster_priority1": 1,
    "grandmaster_priority2": 2,
    "parent_log_variance": 17,
    "parent_phase_change_rate": 19,
    "utc_offset_seconds": 37,
    "leap61": 1,
    "leap59": 0,
    "utc_offset_valid": 1,
    "ptp_timescale": 1,
    "time_traceable": 1,
    "frequency_traceable": 0,
}


def test_ptp_clock_reads_the_data_sets(cards: Cards, subtests: pytest.Subtests) -> None:
    for name, figure in FIGURES.items():
        with subtests.test(name=name, figure=figure):
            assert cards(io1={"ptp": DATA_SETS}).one(f"lantime_ptp_{name}", **AT) == figure


def test_ptp_clock_reports_identities(cards: Cards) -> None:
    samples = cards(io1={"ptp": DATA_SETS})
    assert samples.one("lantime_ptp_clock_info", identity="ec4670fffe000001", **AT) == 1
    assert samples.one("lantime_ptp_grandmaster_info", identity="00:50:c2:ff:fe:d2:90:bf", **AT) == 1
    assert samples.one("lantime_ptp_parent_info", identity="0050c2fffed290bf-1", **AT) == 1


def test_ptp_clock_an_unknown_accuracy_is_absent(cards: Cards) -> None:
    assert "lantime_ptp_clock_accuracy_seconds" not in cards(io1={"ptp": DATA_SETS})


OLDER: dict[str, Any] = {
    "port-state": 9,
    "gm-id": "0050c2fffed290bf",
    "clock-class": 255,
    "clock-accuracy": 36,
    "clock-offset-scaled-log-variance": 65535,
    "parent-clock-class": 6,
    "parent-clock-accuracy": 38,
    "utc-offset": 37,
    "time-source": 32,
}


def test_ptp_clock_reads_the_members_of_older_cards(cards: Cards, subtests: pytest.Subtests) -> None:
    for name, figure in [
        ("clock_class", 255),
        ("clock_accuracy_seconds", 2.5e-6),
        ("clock_log_variance", 65535),
        ("grandmaster_clock_class", 6),
        ("grandmaster_clock_accuracy_seconds", 25e-6),
        ("utc_offset_seconds", 37),
    ]:
        with subtests.test(name=name, figure=figure):
            assert cards(io1={"ptp": OLDER}).one(f"lantime_ptp_{name}", **AT) == figure


def test_ptp_clock_reports_the_time_source(cards: Cards, subtests: pytest.Subtests) -> None:
    for number, word in [
        *((16, "atomic-clock"), (32, "gps"), (48, "terrestrial-radio"), (64, "ptp"), (80, "ntp"), (96, "hand-set")),
        *((144, "other"), (160, "internal-oscillator"), (57, "57"), ("gnss", "gnss")),
    ]:
        with subtests.test(number=number):
            assert cards(io1={"ptp": OLDER | {"time-source": number}}).states("lantime_ptp_time_source", **AT) == {word}


def test_ptp_clock_a_grandmaster_of_zeros_is_none(cards: Cards) -> None:
    assert "lantime_ptp_grandmaster_info" not in cards(io1={"ptp": OLDER | {"gm-id": "00:00:00:00:00:00:00:00"}})


ACCURACIES = (
    *("25ns", "100ns", "250ns", "1us", "2.5us", "10us", "25us", "100us", "250us", "1ms", "2.5ms", "10ms", "25ms"),
    *("100ms", "250ms", "1s", "10s"),
)
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3}


def bound(text: str) -> float:
    digits = text.rstrip("nums")
    return float(digits) * UNITS.get(text.removeprefix(digits), 1.0)


def test_ptp_clock_accuracy_is_the_same_by_number_and_by_word(subtests: pytest.Subtests) -> None:
    for form, (number, word) in product(["{}", "less-than-{}", "< {}"], list(enumerate(ACCURACIES, 32))):
        with subtests.test(number=number, word=word, form=form):
            assert clock_accuracy(form.format(word)) == clock_accuracy(number) == pytest.approx(bound(word))


def test_ptp_clock_accuracies_with_and_without_point_differ() -> None:
    assert (clock_accuracy("less-than-2.5us"), clock_accuracy("less-than-25us")) == (2.5e-6, 25e-6)


def test_ptp_clock_accuracy_has_no_upper_bound_beyond_10_s(subtests: pytest.Subtests) -> None:
    rows: list[int | str] = [49, "49", "more-than-10s", "more-than-10-s", "> 10 s"]
    for value in rows:
        with subtests.test(value=value):
            assert clock_accuracy(value) == math.inf


def test_ptp_clock_accuracies_of_2019_and_hexadecimal_ones_are_known(subtests: pytest.Subtests) -> None:
    rows: list[tuple[int | str, float]] = [
        (0x17, 1e-12),
        (30, 2.5e-9),
        ("0x1F", 1e-8),
        (0x20, 25e-9),
        ("0x31", math.inf),
        ("100ps", 1e-10),
        ("2.5 ps", 2.5e-12),
    ]
    for value, bound in rows:
        with subtests.test(value=value):
            assert clock_accuracy(value) == bound


def test_ptp_clock_accuracy_can_be_unknown(subtests: pytest.Subtests) -> None:
    rows: list[int | str | None] = [254, "254", "0xFE", "unknown", "N/A", "", None]
    for value in rows:
        with subtests.test(value=value):
            assert clock_accuracy(value) is None


def test_ptp_clock_accuracy_that_is_reserved_is_a_decode_error(subtests: pytest.Subtests) -> None:
    rows: list[float | str] = [0, 22, 50, 255, 33.5, "reserved", "0x16"]
    for value in rows:
        with subtests.test(value=value), pytest.raises(DecodeError):
            clock_accuracy(value)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()))
def test_ptp_clock_accuracy_of_anything_is_a_bound_none_or_a_decode_error(value: Any) -> None:
    try:
        found = clock_accuracy(value)
    except DecodeError:
        return
    assert found is None or found >= 0


def test_ptp_clock_identities_of_zeros_are_null(subtests: pytest.Subtests) -> None:
    for value in ["000000000000", "00:00:00:00:00:00", "000000fffe000000", "00-00-00-ff-fe-00-00-00"]:
        with subtests.test(value=value):
            assert is_null(value)
            assert identity(value) is None


def test_ptp_clock_other_identities_are_not_null(subtests: pytest.Subtests) -> None:
    for value in ["0050c2fffed290bf", "00:00:00:00:00:01", "0", "", "unknown"]:
        with subtests.test(value=value):
            assert not is_null(value)


@pytest.mark.parametrize(("spelling", "slave"), [("nested", "ptp2"), ("flat", "ptpv2-2")])
def test_ptp_clock_a_change_of_grandmaster_shows_in_every_spelling(shown: Cards, spelling: str, slave: str) -> None:
    device = carrier("ptp", spelling)
    before, after = (
        {dict(labels)["identity"] for labels in samples["lantime_ptp_grandmaster_info"]}
        for samples in (shown(device), shown(device, "ptp-grandmaster-change"))
    )
    assert len(before - after) == len(after - before) == 1
    assert shown(device, "ptp-grandmaster-change").one("lantime_ptp_steps_removed", slot="io1", ptp_instance=slave) == 3


@pytest.mark.parametrize(("spelling", "master"), [("nested", "ptp1"), ("flat", "ptpv2-1")])
def test_ptp_clock_a_master_in_holdover_reports_it_by_its_class(shown: Cards, spelling: str, master: str) -> None:
    device = carrier("ptp", spelling)
    classes = [
        shown(device, scenario).one("lantime_ptp_clock_class", slot="io1", ptp_instance=master)
        for scenario in ("healthy", "holdover", "clock1-lost")
    ]
    assert classes == [6, 7, 52]
