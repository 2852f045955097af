"""Every query against a real Prometheus that holds an hour of a simulated fleet."""

import re

import pytest

from tests.dashboards.conftest import STEP, Hour
from tests.dashboards.dashboards_read import DASHBOARDS, all_targets, panels

UNPLAYED = {
    "lantime_document_age_seconds": "no module of the simulated configuration has a min_interval",
    "lantime_network_link_failures_total": "no simulated port is bonded",
    "lantime_module_availability": "no answer that is known has it; a word of the MIB",
    "lantime_pll_control_voltage_volts": "simulated PLLs tell it without its unit",
    "lantime_ptp_peer_mean_path_delay_seconds": "no simulated port measures its peer; zeros are left out",
    "lantime_generic_series_dropped": "no simulated device has that many leaves without a metric",
}
"""Metrics no simulated device has, each with the reason: queries of them are empty."""

OF_LONGWAVE = {"lantime-device: Time quality C", "lantime-device: Time quality over time C"}
"""Queries for long wave receivers without correlation, of which no device is simulated."""

METRIC = re.compile(r"\b(?:lantime_\w+|process_\w+|ALERTS|up\b)")


def is_unplayed(expr: str) -> bool:
    """Return whether a query asks for nothing but metrics that no simulated device has."""
    return set(METRIC.findall(expr)) <= UNPLAYED.keys()


def test_every_query_has_an_answer_of_the_fleet_in_trouble(troubled: Hour) -> None:
    wrong = {
        place
        for place, target in all_targets()
        if bool(troubled.ask(target["expr"])) == is_unplayed(target["expr"]) and place not in OF_LONGWAVE
    }
    assert wrong == set()


def test_only_panels_that_say_so_are_empty_when_all_is_well(healthy: Hour) -> None:
    empty = {
        (name, panel["title"])
        for name, dashboard in DASHBOARDS.items()
        for panel in panels(dashboard)
        if "**No data:**" not in panel["description"]
        and not any(healthy.ask(target["expr"]) for target in panel["targets"])
        and not all(is_unplayed(target["expr"]) for target in panel["targets"])
    }
    assert empty == set()


def test_marks_in_the_graphs_are_queries_that_run(troubled: Hour) -> None:
    for dashboard in DASHBOARDS.values():
        for annotation in dashboard["annotations"]["list"]:
            troubled.ask(annotation["expr"])


def expr_of(dashboard: str, title: str, column: int = 0) -> str:
    (panel,) = [panel for panel in panels(DASHBOARDS[dashboard]) if panel["title"] == title]
    expr: str = panel["targets"][column]["expr"]
    return expr


HISTORY = expr_of("lantime-fleet", "Devices that were in trouble")


def by_device(answer: list[tuple[dict[str, str], float]]) -> dict[str, float]:
    return {labels["instance"]: value for labels, value in answer}


def test_the_overview_names_the_trouble_of_each_device(troubled: Hour) -> None:
    found = by_device(troubled.at_the_end(expr_of("lantime-fleet", "Devices, worst first")))
    assert found["studio-3"] == 6  # not scraped
    assert found["studio-1"] == 5  # unreachable
    assert found["lab-1"] == 3  # holdover
    assert found["time-code"] == 0  # ok
    assert found["hq-1"] >= 1


def test_the_history_shows_the_devices_that_were_in_trouble_alone(troubled: Hour) -> None:
    shown = {series["metric"]["instance"] for series in troubled.ask(HISTORY)}
    assert {"studio-1", "studio-3", "lab-1", "hq-1"} <= shown
    assert not shown & {"time-code", "time-code-flat"}


def test_the_history_of_a_healthy_fleet_is_empty(healthy: Hour) -> None:
    assert healthy.ask(HISTORY) == []


@pytest.mark.parametrize("device", ["hq-1", "hq-2", "lab-1", "studio-1"])
def test_a_healthy_device_is_within_the_limit_of_its_receiver(healthy: Hour, device: str) -> None:
    assert by_device(healthy.at_the_end(expr_of("lantime-fleet", "Devices, worst first", 4)))[device] < 1


def test_a_device_of_the_profile_ntp_has_the_limits_of_that_profile(troubled: Hour) -> None:
    quality, share = (
        by_device(troubled.at_the_end(expr_of("lantime-fleet", "Devices, worst first", column))) for column in (3, 4)
    )
    assert share["studio-2"] == pytest.approx(quality["studio-2"] / 100e-6)
    assert share["time-code"] == pytest.approx(quality["time-code"] / 1e-6)


def test_an_alert_says_since_when_it_holds(troubled: Hour) -> None:
    since = {
        (labels.get("instance"), labels["alertname"]): value / 1000
        for labels, value in troubled.at_the_end(expr_of("lantime-alarms", "Alerts that fire", 1))
    }
    assert since["studio-1", "LantimeDeviceUnreachable"] == pytest.approx(troubled.span.begin + 2300, abs=STEP)


def test_the_overview_shows_no_trouble_of_a_healthy_fleet(healthy: Hour) -> None:
    found = by_device(healthy.at_the_end(expr_of("lantime-fleet", "Devices, worst first")))
    assert set(found.values()) == {0.0}
    assert len(found) == 5


@pytest.mark.parametrize(
    "title",
    ["Not scraped", "Unreachable", "Not in sync", "Holdover", "Relays in NC", "Power, fans", "Critical"],
)
def test_counts_of_trouble_are_zero_when_all_is_well(healthy: Hour, title: str) -> None:
    assert [value for _, value in healthy.at_the_end(expr_of("lantime-fleet", title))] == [0.0]


@pytest.mark.parametrize(("title", "least"), [("Not scraped", 1), ("Unreachable", 1), ("Holdover", 1), ("Critical", 1)])
def test_counts_of_trouble_count(troubled: Hour, title: str, least: int) -> None:
    ((_, value),) = troubled.at_the_end(expr_of("lantime-fleet", title))
    assert value >= least


@pytest.mark.parametrize(
    ("dashboard", "title", "column", "low", "high"),
    [
        ("lantime-fleet", "Time quality, share of the limit", 0, 0.001, 1),
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
