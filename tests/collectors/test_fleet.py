"""Every simulated device in every scenario: no leaf is unaccounted, no decode errors, no duplicate series.

An M500 with another clock is the M500 but for that clock: what happens to clocks is played with the clock alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.errors import RequestError
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.result import Account, CollectorResult, DecodeErrorRecord, Mapped
from lantime_simulator import CATALOGUE, SimulatedDevice, carrier, document, m3000
from lantime_simulator.scenarios import CATALOGUE as SCENES
from lantime_simulator.scenarios import HEALTHY, Episode
from lantime_simulator.scenarios import parse as parse_scenario

FLEET = {
    **CATALOGUE,
    **{
        f"{family}-{spelling}": partial(carrier, family, spelling)
        for family, spelling in (("rel", "words"), ("acm", "words"), ("invented", "nested"), ("invented", "flat"))
    },
}
"""The simulated devices, and cards that are in none of them or have other spellings."""

OF_CLOCKS = frozenset(name for name, kind in SCENES.items() if "clock" in kind.families) | {"clock1-lost", "warm-up"}

WITH_WORDS = frozenset(
    {HEALTHY, "clock1-lost", "ptp-faulty", "input-lost", "output-level-lost", "fan-failed", "cluster-master-changed"}
)
"""Scenarios with words of enumerations that others do not have."""


@dataclass(frozen=True)
class Shown:
    """A device in one scenario: its response mapped, enumerations as words or as numbers (``?raw``)."""

    scenario: str
    raw: bool
    mapped: Mapped

    @property
    def lines(self) -> list[str]:
        return [line for _, text in self.mapped.families for line in text.splitlines()]


def scenarios(name: str) -> Iterator[tuple[str, SimulatedDevice, tuple[Episode, ...]]]:
    """Yield the scenarios that apply to a device, each active for 100 s, with the device or the tested part of it."""
    device = FLEET[name]()
    yield HEALTHY, device, ()
    is_clock = name.startswith("m500-")
    if is_clock:
        device = replace(device, slots=tuple(device.fitted("clock")))
    for scenario, kind in SCENES.items():
        if not kind.transport and (scenario in OF_CLOCKS or not is_clock):
            with suppress(RequestError):  # does not apply
                parsed = parse_scenario(scenario, device)
                assert parsed is not None
                yield scenario, device, (Episode(parsed, 900.0),)


def shown(name: str, catalogue: CollectorRegistry) -> list[Shown]:
    """Return one device in all its scenarios; with ``?raw`` in those with separate words."""
    mapper = Mapper(catalogue, Module())
    return [
        Shown(scenario, raw, mapper.map(document(device, episodes, 1000.0, 1.8e9, raw=raw)))
        for scenario, device, episodes in scenarios(name)
        for raw in (False, True)
        if not raw or scenario in WITH_WORDS
    ]


def decode_errors(each: Shown) -> list[DecodeErrorRecord]:
    return list(each.mapped.decode_errors)


def failures(each: Shown) -> list[CollectorResult]:
    return [result for result in each.mapped.collectors if result.error]


def duplicates(each: Shown) -> list[str]:
    times = Counter(line.rsplit(" ", 1)[0] for line in each.lines)
    return [series for series, count in times.items() if count > 1]


@pytest.mark.parametrize("name", FLEET)
def test_a_device_is_mapped_without_loss_in_every_scenario(
    catalogue: CollectorRegistry, name: str, subtests: pytest.Subtests
) -> None:
    devices = shown(name, catalogue)
    words = {each.scenario: set(each.lines) for each in devices if not each.raw}

    def found(of: Callable[[Shown], object]) -> dict[tuple[str, bool], object]:
        """Return the nonempty results of a function, by scenario and form."""
        return {(each.scenario, each.raw): result for each in devices if (result := of(each))}

    with subtests.test("every leaf is accounted for"):
        assert found(lambda each: each.mapped.accounts[Account.UNACCOUNTED]) == {}
    with subtests.test("every value is decoded"):
        assert found(decode_errors) == {}
    with subtests.test("no collector fails"):
        assert found(failures) == {}
    with subtests.test("no series is left out"):
        assert found(lambda each: each.mapped.dropped) == {}
    with subtests.test("no series occurs twice"):
        assert found(duplicates) == {}
    with subtests.test("enumerations as numbers give the series of their words"):
        assert found(lambda each: each.raw and sorted(set(each.lines) ^ words[each.scenario])) == {}


@pytest.mark.parametrize("name", FLEET)
def test_the_labels_of_a_place_are_the_first_labels_of_its_metrics(catalogue: CollectorRegistry, name: str) -> None:
    context, _ = Mapper(catalogue, Module()).bind(document(FLEET[name](), (), 1000.0, 1.8e9))
    assert [
        (row.metric.name, tuple(scope.labels))
        for collector in catalogue.collectors
        for table, row in collector.rows()
        for scope in table.find(context)
        if row.metric.labels[: len(scope.labels)] != tuple(scope.labels)
    ] == []


CHASSIS = (
    *(
        "slot_occupied",
        "module_info",
        "module_temperature_celsius",
        "power_supply_ok",
        "power_supply_capacity_watts",
        "fan_ok",
    ),
    *(
        "clock_synchronized",
        "clock_state",
        "clock_selected",
        "clock_time_quality_seconds",
        "oscillator_info",
        "oscillator_warmed_up",
    ),
    *(
        "receiver_state",
        "antenna_connected",
        "antenna_short_circuit",
        "satellites_good",
        "satellites_in_view",
        "gnss_satellites",
    ),
    *("position_latitude_degrees", "position_longitude_degrees", "position_altitude_meters", "dilution_of_precision"),
    *("reference_source_info", "reference_source_state", "reference_source_offset_seconds", "clock_difference_seconds"),
    *("relay_state", "relay_source_info"),
    *(
        "ptp_port_state",
        "ptp_offset_from_master_seconds",
        "ptp_mean_path_delay_seconds",
        "ptp_steps_removed",
        "ptp_clock_class",
    ),
    *(
        "ptp_clock_accuracy_seconds",
        "ptp_grandmaster_info",
        "ptp_instance_info",
        "ptp_clients",
        "ptp_messages_total",
        "ptp_time_traceable",
    ),
    *("ptp_frequency_traceable", "ptp_utc_offset_valid", "ptp_utc_offset_seconds"),
    *("switch_selected_clock", "switch_mode", "switch_outputs_enabled", "switch_input_synchronized"),
    *(
        "output_enabled",
        "output_signal_present",
        "output_level_ok",
        "input_signal_present",
        "input_offset_seconds",
        "input_quality_level",
    ),
    *(
        "pll_locked",
        "liu_mode",
        "generator_synchronized",
        "fdm_frequency_hertz",
        "fdm_frequency_deviation_hertz",
        "fdm_time_deviation_seconds",
    ),
    *(
        "shs_state",
        "synce_quality_level",
        "xhe_condition",
        "syncmon_node_offset_seconds",
        "syncmon_node_offset_limit_seconds",
    ),
    *("syncmon_node_state", "syncmon_node_info", "syncteam_member_online", "cluster_port_state", "network_up"),
)
"""The metrics of a chassis with every family of cards, in any spelling."""


@pytest.mark.parametrize("spelling", ["nested", "flat"])
def test_a_full_chassis_reports_every_fixed_name(catalogue: CollectorRegistry, spelling: str) -> None:
    mapped = Mapper(catalogue, Module()).map(document(m3000(spelling=spelling), (), 1000.0, 1.8e9))
    exported = {metric.name for metric, lines in mapped.families if lines}
    assert {f"lantime_{name}" for name in CHASSIS} - exported == set()
