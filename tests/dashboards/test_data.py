"""Every query on a real Prometheus with an hour of a simulated fleet."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from lantime_simulator import document

from tests.dashboards.conftest import STEP, Hour
from tests.dashboards.dashboards_read import DASHBOARDS, all_targets, panels
from tools.backfill import HEALTHY

NOT_SIMULATED = {
    "lantime_document_age_seconds": "no module of the simulated configuration has a min_interval",
    "lantime_network_link_failures_total": "no simulated port is bonded",
    "lantime_module_availability": "no response that is known has it; a word of the MIB",
    "lantime_pll_control_voltage_volts": "simulated PLLs report it without its unit",
    "lantime_ptp_peer_mean_path_delay_seconds": "no simulated port measures its peer; zeros are left out",
    "lantime_generic_series_dropped": "no simulated device has that many leaves without a metric",
}
"""Metrics that no simulated device has, with the reason; their queries are empty."""

WITHOUT_RULES = {"lantime-device: Time quality C"}
"""Queries for a Prometheus that lacks the recording rules."""

METRIC = re.compile(r"\b(?:lantime_\w+|process_\w+|ALERTS|up\b)")


def is_not_simulated(expr: str) -> bool:
    """Return whether a query reads only metrics that no simulated device has."""
    return set(METRIC.findall(expr)) <= NOT_SIMULATED.keys()


def test_every_query_has_a_result_in_the_fleet_in_trouble(troubled: Hour) -> None:
    wrong = {
        place
        for place, target in all_targets()
        if bool(troubled.over_time(target["expr"])) == is_not_simulated(target["expr"]) and place not in WITHOUT_RULES
    }
    assert wrong == set()


def test_only_panels_that_say_so_are_empty_when_all_is_well(healthy: Hour) -> None:
    empty = {
        (name, panel["title"])
        for name, dashboard in DASHBOARDS.items()
        for panel in panels(dashboard)
        if "**No data:**" not in panel["description"]
        and not any(healthy.over_time(target["expr"]) for target in panel["targets"])
        and not all(is_not_simulated(target["expr"]) for target in panel["targets"])
    }
    assert empty == set()


def test_a_timeline_has_one_row_for_each_part(troubled: Hour) -> None:
    def name(legend: str, labels: Mapping[str, str]) -> str:
        return re.sub(r"\{\{(\w+)\}\}", lambda found: labels[found[1]], legend)

    rows = {
        place: [name(target["legendFormat"], series["metric"]) for series in troubled.over_time(target["expr"])]
        for place, target in all_targets("state-timeline")
    }
    assert {place: names for place, names in rows.items() if len(set(names)) < len(names)} == {}


def test_marks_in_the_graphs_are_queries_that_run(troubled: Hour) -> None:
    for expr in {mark["expr"] for dashboard in DASHBOARDS.values() for mark in dashboard["annotations"]["list"]}:
        troubled.over_time(expr)


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
    assert found["mast-1"] == 4  # NTP has stratum 16
    assert found["lab-1"] == 3  # holdover
    assert found["studio-2"] == 1  # its status is old
    assert found["time-code"] == 0  # ok
    assert found["hq-1"] >= 1


def test_the_history_shows_the_devices_that_were_in_trouble_alone(troubled: Hour) -> None:
    shown = {series["metric"]["instance"] for series in troubled.over_time(HISTORY)}
    assert {"studio-1", "studio-3", "lab-1", "hq-1"} <= shown
    assert not shown & {"time-code", "time-code-flat"}


def test_antennas_and_receivers_are_shown_if_they_failed(troubled: Hour) -> None:
    shown = {
        title: {series["metric"]["instance"] for series in troubled.over_time(expr_of("lantime-gnss", title))}
        for title in ("Antennas that failed", "Receivers that were not synchronized")
    }
    assert shown["Antennas that failed"] == {"hq-2", "lab-1"}
    assert shown["Receivers that were not synchronized"] == {"hq-1", "hq-2", "lab-1"}


def test_healthy_devices_are_within_the_limits_of_their_receivers(healthy: Hour) -> None:
    found = by_device(healthy.at_the_end(expr_of("lantime-fleet", "Devices, worst first", 4)))
    assert {device: share for device, share in found.items() if not share < 1} == {}
    assert set(found) == {"hq-1", "hq-2", "lab-1", "mast-1", "studio-1"}


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


COUNTS = ("Not scraped", "Unreachable", "Not in sync", "Holdover", "Relays in NC", "Power, fans", "Critical")


def test_the_overview_shows_no_trouble_of_a_healthy_fleet(healthy: Hour) -> None:
    devices = by_device(healthy.at_the_end(expr_of("lantime-fleet", "Devices, worst first")))
    assert sorted(devices.values()) == [0.0] * 5
    counts = {title: [value for _, value in healthy.at_the_end(expr_of("lantime-fleet", title))] for title in COUNTS}
    assert counts == {title: [0.0] for title in COUNTS}
    assert healthy.over_time(HISTORY) == []


def test_counts_of_trouble_count(troubled: Hour) -> None:
    found = {title: troubled.at_the_end(expr_of("lantime-fleet", title))[0][1] for title in COUNTS}
    over = {"Power, fans"}  # the last of these faults ends before the hour
    assert {title for title, count in found.items() if not count} == over


RANGES = {
    ("lantime-fleet", "Time quality, share of the limit", 0): (0.001, 1),
    ("lantime-fleet", "Good satellites", 0): (4, 40),
    ("lantime-fleet", "Worst offset", 0): (0, 1e-3),
    ("lantime-fleet", "TAI minus UTC", 0): (37, 37),
    ("lantime-device", "Load", 0): (0, 4),
    ("lantime-device", "Memory free", 0): (0.3, 0.9),
    ("lantime-device", "Storage free", 0): (0.05, 1),
    ("lantime-device", "Temperature", 0): (20, 72),
    ("lantime-device", "Traffic", 0): (0, 1e8),
    ("lantime-device", "Errors and drops", 0): (0, 1),
    ("lantime-device", "NTP error bound", 0): (0, 1e-3),
    ("lantime-ptp", "Offset from master", 0): (-1e-6, 1e-6),
    ("lantime-ptp", "Mean path delay", 0): (0, 1e-2),
    ("lantime-gnss", "Carrier to noise density", 0): (35, 60),
    ("lantime-gnss", "Movement of the altitude", 0): (0, 50),
    ("lantime-alarms", "Mains frequency deviation", 0): (-0.2, 0.2),
    ("lantime-exporter", "Probe duration", 0): (0.01, 1),
    ("lantime-exporter", "Probes by result", 0): (0.01, 10),
    ("lantime-exporter", "Memory", 0): (1e7, 4e9),
    ("lantime-compliance", "Share of the time within a bound", 3): (0.8, 1.1),
}
"""Least and greatest plausible value of queries, by dashboard, panel and number of the query."""


def test_values_have_a_plausible_magnitude(healthy: Hour) -> None:
    implausible = {}
    for place, (low, high) in RANGES.items():
        found = [value for _, value in healthy.at_the_end(expr_of(*place))]
        if not found or not all(low <= value <= high for value in found):
            implausible[place] = found
    assert implausible == {}


def test_an_unused_port_is_no_lost_link(healthy: Hour) -> None:
    links = expr_of("lantime-device", "Links")
    found = {(labels["instance"], labels["port"]): value for labels, value in healthy.at_the_end(links)}
    assert found["hq-1", "lan0"] == 2  # up
    assert found["hq-1", "lan5"] == 0  # unused


def test_a_link_that_was_up_before_is_lost(troubled: Hour) -> None:
    assert 1 in {value for _, value in troubled.at_the_end(expr_of("lantime-device", "Links"))}


def test_masters_have_no_offset_from_master(healthy: Hour) -> None:
    def instances(expr: str) -> set[tuple[str, ...]]:
        found = healthy.at_the_end(expr)
        return {tuple(labels[name] for name in ("instance", "slot", "ptp_instance")) for labels, _ in found}

    shown = instances(expr_of("lantime-ptp", "Offset from master"))
    masters = instances('lantime_ptp_port_state{state="master"} == 1')
    assert shown
    assert masters
    assert not shown & masters
    assert "unless on (job, instance, slot, ptp_instance)" in expr_of("lantime-ptp", "Worst slave offset")


def figures(node: object, key: str) -> Iterator[float]:
    """Yield the figures of a document at a key, at any depth."""
    if isinstance(node, Mapping):
        for name, below in node.items():
            if name == key:
                yield float(below)
            yield from figures(below, key)
    elif isinstance(node, list):
        for below in node:
            yield from figures(below, key)


def test_plain_ptp_figures_are_shown_as_nanoseconds(healthy: Hour) -> None:
    """hq-1 nests its data sets, lab-1 has them flat."""
    devices = [member for member in HEALTHY if member.name in {"hq-1", "lab-1"}]
    titles = {"Offset from master": "offset-from-master", "Mean path delay": "mean-path-delay"}
    wrong = {}
    for member, (title, key) in product(devices, titles.items()):
        plain = set(figures(document(member.device, (), healthy.span.length, healthy.span.until), key))
        answer = healthy.at_the_end(expr_of("lantime-ptp", title), instance=member.name)
        shown = {round(value * 1e9) for _, value in answer}
        if not shown or not shown <= plain:
            wrong[member.name, title] = shown, plain
    assert len(devices) == 2
    assert wrong == {}


def test_the_report_gives_the_share_within_a_bound(healthy: Hour) -> None:
    found = by_device(healthy.at_the_end(expr_of("lantime-compliance", "Share of the time within a bound")))
    assert found["hq-2"] == pytest.approx(1, abs=0.1)
    assert found["mast-1"] == pytest.approx(0, abs=0.1)


def test_the_report_counts_silence_as_not_within(troubled: Hour) -> None:
    found = by_device(troubled.at_the_end(expr_of("lantime-compliance", "Share of the time within a bound", 3)))
    assert found["studio-1"] < 0.8 < found["hq-1"]


def test_a_chosen_device_is_the_only_one_shown(troubled: Hour) -> None:
    found = troubled.at_the_end(expr_of("lantime-fleet", "Devices, worst first"), instance="hq-1")
    assert set(by_device(found)) == {"hq-1"}
