"""Every query against a real Prometheus that holds an hour of a simulated fleet."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.dashboards.conftest import Hour
from tests.dashboards.dashboards_read import FILES, FOLDER, NAMES, load, panels

UNPLAYED = {
    "lantime_document_age_seconds": "no module of the simulated configuration has a min_interval",
    "lantime_network_link_failures_total": "no simulated port is bonded",
    "lantime_module_availability": "no answer that is known has it; a word of the MIB",
    "lantime_pll_control_voltage_volts": "simulated PLLs tell it without its unit",
    "lantime_ptp_peer_mean_path_delay_seconds": "no simulated port measures its peer; zeros are left out",
    "lantime_generic_series_dropped": "no simulated device has that many leaves without a metric",
}
"""Metrics no simulated device has, each with the reason: queries of them are empty."""

METRIC = re.compile(r"\b(?:lantime_\w+|process_\w+|ALERTS)")


def is_unplayed(expr: str) -> bool:
    """Return whether a query asks for nothing but metrics that no simulated device has."""
    return set(METRIC.findall(expr)) <= UNPLAYED.keys()


def questions() -> Iterator[Any]:
    for file in FILES:
        for panel in panels(load(file)):
            for target in panel["targets"]:
                yield pytest.param(target["expr"], id=f"{file.stem}: {panel['title']} {target['refId']}")


@pytest.mark.parametrize("expr", list(questions()))
def test_a_query_has_an_answer_of_the_fleet_in_trouble(troubled: Hour, expr: str) -> None:
    assert bool(troubled.ask(expr)) != is_unplayed(expr)


@pytest.mark.parametrize("name", NAMES)
def test_only_panels_that_say_so_are_empty_when_all_is_well(healthy: Hour, name: str) -> None:
    empty = {
        panel["title"]
        for panel in panels(load(FOLDER / f"{name}.json"))
        if "**No data:**" not in panel["description"]
        and not any(healthy.ask(target["expr"]) for target in panel["targets"])
        and not all(is_unplayed(target["expr"]) for target in panel["targets"])
    }
    assert empty == set()


@pytest.mark.parametrize("name", NAMES)
def test_marks_in_the_graphs_are_queries_that_run(troubled: Hour, name: str) -> None:
    for annotation in load(FOLDER / f"{name}.json")["annotations"]["list"]:
        troubled.ask(annotation["expr"])


def expr_of(dashboard: str, title: str, column: int = 0) -> str:
    (panel,) = [panel for panel in panels(load(FOLDER / f"{dashboard}.json")) if panel["title"] == title]
    expr: str = panel["targets"][column]["expr"]
    return expr


def by_device(answer: list[tuple[dict[str, str], float]]) -> dict[str, float]:
    return {labels["instance"]: value for labels, value in answer}


def test_the_overview_names_the_trouble_of_each_device(troubled: Hour) -> None:
    found = by_device(troubled.at_the_end(expr_of("lantime-fleet", "Devices, worst first")))
    assert found["studio-1"] == 5  # unreachable
    assert found["lab-1"] == 3  # holdover
    assert found["time-code"] == 0  # ok
    assert found["hq-1"] >= 1


def test_the_overview_shows_no_trouble_of_a_healthy_fleet(healthy: Hour) -> None:
    found = by_device(healthy.at_the_end(expr_of("lantime-fleet", "Devices, worst first")))
    assert set(found.values()) == {0.0}
    assert len(found) == 5


@pytest.mark.parametrize(
    "title",
    ["Unreachable", "Not in sync", "Holdover", "Relays in NC", "Power, fans", "Critical"],
)
def test_counts_of_trouble_are_zero_when_all_is_well(healthy: Hour, title: str) -> None:
    assert [value for _, value in healthy.at_the_end(expr_of("lantime-fleet", title))] == [0.0]


@pytest.mark.parametrize(("title", "least"), [("Unreachable", 1), ("Holdover", 1), ("Critical", 1)])
def test_counts_of_trouble_count(troubled: Hour, title: str, least: int) -> None:
    ((_, value),) = troubled.at_the_end(expr_of("lantime-fleet", title))
    assert value >= least


@pytest.mark.parametrize(
    ("dashboard", "title", "column", "low", "high"),
    [
        ("lantime-fleet", "Time quality", 0, 1e-8, 1e-3),
        ("lantime-fleet", "Good satellites", 0, 4, 40),
        ("lantime-fleet", "Worst offset", 0, 0, 1e-3),
        ("lantime-fleet", "TAI minus UTC", 0, 37, 37),
        ("lantime-device", "Load", 0, 0, 4),
        ("lantime-device", "Memory free", 0, 0.3, 0.9),
        ("lantime-device", "Storage free", 0, 0.05, 1),
        ("lantime-device", "Temperature", 0, 20, 72),
        ("lantime-device", "Traffic", 0, 0, 1e8),
        ("lantime-device", "Errors and drops", 0, 0, 1),
        ("lantime-device", "NTP error bound", 0, 0, 1e-3),
        ("lantime-ptp", "Offset from master", 0, -1e-6, 1e-6),
        ("lantime-ptp", "Mean path delay", 0, 0, 1e-2),
        ("lantime-gnss", "Carrier to noise density", 0, 35, 60),
        ("lantime-gnss", "Movement of the altitude", 0, 0, 50),
        ("lantime-alarms", "Mains frequency deviation", 0, -0.2, 0.2),
        ("lantime-exporter", "Probe duration", 0, 0.01, 1),
        ("lantime-exporter", "Probes by result", 0, 0.01, 10),
        ("lantime-exporter", "Memory", 0, 1e7, 4e9),
        ("lantime-compliance", "Share of the time within a bound", 3, 0.8, 1.1),
    ],
)
def test_values_have_the_order_of_magnitude_they_should(
    healthy: Hour, dashboard: str, title: str, column: int, low: float, high: float
) -> None:
    found = healthy.at_the_end(expr_of(dashboard, title, column))
    assert found
    assert all(low <= value <= high for _, value in found), found


@pytest.mark.parametrize(("device", "share"), [("hq-2", 1.0), ("mast-1", 0.0)])
def test_the_report_gives_the_share_within_a_bound(healthy: Hour, device: str, share: float) -> None:
    found = by_device(healthy.at_the_end(expr_of("lantime-compliance", "Share of the time within a bound")))
    assert found[device] == pytest.approx(share, abs=0.1)


def test_the_report_counts_silence_as_not_within(troubled: Hour) -> None:
    found = by_device(troubled.at_the_end(expr_of("lantime-compliance", "Share of the time within a bound", 3)))
    assert found["studio-1"] < 0.8 < found["hq-1"]


def test_a_chosen_device_is_the_only_one_shown(troubled: Hour) -> None:
    found = troubled.at_the_end(expr_of("lantime-fleet", "Devices, worst first"), instance="hq-1")
    assert set(by_device(found)) == {"hq-1"}
