"""Time stamping units of PTP cards."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_simulator import carrier

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

TIME = "lantime_ptp_time_stamper_time_seconds"
OFFSET = "lantime_ptp_time_stamper_reference_offset_seconds"
LOAD = "lantime_ptp_time_stamper_utilization_ratio"
INFO = "lantime_ptp_time_stamper_info"

UNIT: dict[str, Any] = {
    "current-time": "2026-02-11T22:05:07.250",
    "offset-from-int-ref-ns": -4,
    "utilization": 3,
    "phys-intf": "sfp+",
}
PTP: dict[str, Any] = {"port-state": "slave", "offset-from-master-ns": 1}


def test_timestamper_is_found_in_any_place(cards: Cards, subtests: pytest.Subtests) -> None:
    for module, instance in [
        ({"time-stamper": UNIT}, "0"),
        ({"ptp": {"tsu": UNIT}}, "0"),
        ({"ptp": {"instances": [{"object-id": "ptp7", **PTP, "time-stamper": UNIT}]}}, "ptp7"),
        ({"tsu": {"sfp1": {"timestamper": UNIT}}}, "sfp1"),
    ]:
        with subtests.test(module=module):
            samples = cards(io1=module)
            at = {"slot": "io1", "ptp_instance": instance}
            assert samples.one(TIME, **at) == 1770847507.25
            assert samples.one(OFFSET, **at) == pytest.approx(-4e-9)
            assert samples.one(LOAD, **at) == pytest.approx(0.03)
            assert samples.one(INFO, interface="sfp+", **at) == 1


def test_timestamper_a_plain_offset_is_nanoseconds(cards: Cards) -> None:
    assert cards(io1={"tsu": {"offset-from-int-ref": -4}}).one(OFFSET, slot="io1", ptp_instance="0") == -4e-9


@pytest.mark.parametrize("value", ["N/A", "never", None])
def test_timestamper_a_sentinel_is_no_time(cards: Cards, value: object) -> None:
    assert TIME not in cards(io1={"tsu": UNIT | {"current-time": value}})


def test_timestamper_a_malformed_load_costs_its_own_series_only(cards: Cards) -> None:
    samples = cards(io1={"tsu": UNIT | {"utilization": "high"}})
    assert LOAD not in samples
    assert samples.one(OFFSET, slot="io1", ptp_instance="0") == pytest.approx(-4e-9)


def test_timestamper_a_module_without_unit_has_none(cards: Cards) -> None:
    assert not [name for name in cards(io1={"ptp": PTP}) if "time_stamper" in name]


def test_timestamper_of_a_card_is_exported(shown: Cards) -> None:
    samples = shown(carrier("ptp"))
    assert {dict(labels)["ptp_instance"] for labels in samples[LOAD]} == {"ptp1", "ptp2"}


@pytest.mark.parametrize(
    ("time", "expected"),
    [({"secs": 1770847507, "nano-secs": 250_000_000}, 1770847507.25), ({"secs": 0, "nano-secs": 0}, None)],
    ids=str,
)
def test_time_of_a_unit_as_seconds_and_nanoseconds(cards: Cards, time: dict[str, int], expected: float | None) -> None:
    samples = cards(io1={"time-stamper": UNIT | {"current-time": time}})
    assert samples.one(TIME, slot="io1", ptp_instance="0") == expected
