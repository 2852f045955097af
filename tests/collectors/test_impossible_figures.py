"""Impossible figures are decode errors: counted, and without a sample."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry

PORT = {"object-id": "lan0", "speed": 1000, "link": True}

CASES: list[tuple[str, str, Callable[[Any], dict[str, Any]], list[object]]] = [
    (
        "network",
        "lantime_network_speed_bits_per_second",
        lambda value: {"network": {"ports": [PORT | {"speed": value}]}},
        [-1, "-1", 65535, "65535", 4294967295, "4294967295"],
    ),
    ("device", "lantime_uptime_seconds", lambda value: {"system": {"uptime": value}}, [-1, "-0.5"]),
    ("ntp", "lantime_ntp_stratum", lambda value: {"ntp": [{"object-id": "sys", "stratum": value}]}, [-1, 256]),
    (
        "ntp",
        "lantime_ntp_association_reach",
        lambda value: {"ntp": [{"object-id": "a1", "reach": value}]},
        [-1, 256, "377377"],
    ),
    (
        "satellites",
        "lantime_satellites_good",
        lambda value: slot({"satellites": {"good-satellites": value}}),
        [-1, "-3"],
    ),
    (
        "ptp",
        "lantime_ptp_utilization_ratio",
        lambda value: slot({"ptp": {"current-ds": {"steps-removed": 1}, "utilization": value}}),
        [-1, 101, "250"],
    ),
    (
        "ptp_clock",
        "lantime_ptp_clock_class",
        lambda value: slot({"ptp": {"current-ds": {"steps-removed": 1}, "clock-class": value}}),
        [-1, 256],
    ),
    (
        "longwave",
        "lantime_longwave_correlation_ratio",
        lambda value: slot({"dcf77": {"correlation": value}}),
        [-1, 101],
    ),
]


def slot(module: dict[str, Any]) -> dict[str, Any]:
    return {"chassis0": {"slots": [{"slot-id": "clk1", "module": module}]}}


def test_an_impossible_figure_is_a_decode_error_and_no_sample(
    catalogue: CollectorRegistry, subtests: pytest.Subtests
) -> None:
    for collector, metric, section, value in [
        (collector, metric, section, value) for collector, metric, section, values in CASES for value in values
    ]:
        with subtests.test(collector=collector, metric=metric):
            mapper = Mapper(catalogue, Module())
            for plausible_first in (False, True):
                if plausible_first:
                    mapper.map({"data": section(1)})
                mapped = mapper.map({"data": section(value)})
                families = {metric.name for metric, lines in mapped.families if lines}
                assert metric not in families
                assert [result.decode_errors for result in mapped.collectors if result.name == collector] == [1]


def test_ports_of_one_name_are_distinguished_by_their_slot(collect: Callable[..., Any]) -> None:
    ports = [{**PORT, "slot-name": "cpu"}, {**PORT, "slot-name": "io1", "speed": 10_000}]
    samples = collect({"data": {"network": {"ports": ports}}})
    assert samples["lantime_network_speed_bits_per_second"] == {
        frozenset({("port", "lan0")}): 1e9,
        frozenset({("port", "io1/lan0")}): 1e10,
    }


def test_a_serial_number_that_means_none_is_empty(cards: Callable[..., Any], subtests: pytest.Subtests) -> None:
    for serial in ["N/A", "NA", "na", "N.A.", "n.a", "-", "--", ""]:
        with subtests.test(serial=serial):
            samples = cards(io1={"info": {"model": "c05f1", "serial-number": serial}})
            assert samples.one("lantime_module_info", slot="io1", model="c05f1", serial_number="", revision="") == 1
