"""``docs/metrics.md`` lists what the exporter exports."""

import re
from pathlib import Path

import pytest
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.inspection.page import titles
from lantime_exporter.mapping.readers import Reader, first_of, number, when_value
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.mapping.state_readers import flags, state
from lantime_exporter.mapping.table import Ignored
from lantime_exporter.probe.metrics import METRICS

from tools.metrics_reference import COMMAND, page

PAGE = Path(__file__).parents[2] / "docs/metrics.md"

WORDS = Enumeration(("a", "b"))


@pytest.fixture(scope="module")
def documented(registry: CollectorRegistry) -> str:
    return page(registry)


def test_page_is_current(documented: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == documented, f"docs/metrics.md is stale, run {COMMAND}"


def test_every_metric_is_documented_and_the_exporters_own_once(documented: str, registry: CollectorRegistry) -> None:
    names = re.findall(r"^\| `(lantime_\w+)` \|", documented, re.MULTILINE)
    endings = [
        *("build_info", "config_last_reload_successful", "config_last_reload_success_timestamp_seconds"),
        *("probes_total", "probe_duration_seconds", "probes_in_flight", "http_requests_total", "device_connections"),
    ]
    own = {f"lantime_exporter_{ending}" for ending in endings}
    assert {*registry.metrics, *(metric.name for metric in METRICS), *own} - set(names) == set()
    assert [name for name in own if names.count(name) != 1] == []


def test_a_metric_has_type_labels_states_meaning_source_and_grade(documented: str) -> None:
    (line,) = re.findall(r"^\| `lantime_sync_state` \|.*$", documented, re.MULTILINE)
    assert line.split(" | ")[1:] == [
        "gauge",
        "`state` (`synchronized`, `holdover`, `not-synchronized`)",
        "Synchronization state of the device.",
        "`system.sync-status.clock-status.clock`",
        "A |",
    ]


def test_an_identity_has_the_source_of_each_label(documented: str) -> None:
    assert "api_version: `/data.rest-api.api-version` or `system-information.API Version`" in documented


def test_spellings_that_differ_in_the_unit_are_listed_once(documented: str) -> None:
    assert "`syncmon.nodes[].offset-UNIT` or `offset`" in documented


def test_every_ignore_rule_has_its_reason(documented: str, registry: CollectorRegistry) -> None:
    _, _, ignored = documented.partition("## Ignored leaves")
    rules = [
        row.reason
        for collector in registry.collectors
        for table in collector.tables
        for row in table.rows
        if isinstance(row, Ignored)
    ]
    assert [reason for reason in rules if reason.replace("|", "&#124;") not in ignored] == []


def test_every_collector_has_a_title(registry: CollectorRegistry) -> None:
    assert [collector.name for collector in registry.collectors if not titles().get(collector.name)] == []


def test_contents_lead_to_every_section(documented: str) -> None:
    sections = re.findall(r"^## (.+)$", documented, re.MULTILINE)
    assert re.findall(r"\[([^]]+)\]\(#[\w-]+\)", documented.partition("**Contents**")[2].partition("\n")[0]) == sections


def test_known_states_are_found_in_every_kind_of_reader(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Reader, tuple[str, ...]]] = [
        (state(WORDS, "key"), ("a", "b")),
        (flags(WORDS, "key"), ("a", "b")),
        (first_of(number("one"), state(WORDS, "key")), ("a", "b")),
        (when_value(state(WORDS, "key")), ("a", "b")),
        (number("key"), ()),
    ]
    for reader, words in cases:
        with subtests.test(reader=reader):
            assert reader.states == words
