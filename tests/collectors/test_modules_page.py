"""docs/modules.md matches the tables, and is complete.

A family may do without a section: docs/metrics.md, which is generated, has every collector.
"""

import re
from pathlib import Path

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.exposition.metric import Metric
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe import metrics as of_probes
from lantime_simulator import CLOCK_MODELS, SimulatedDevice, carrier, document, m500
from lantime_simulator.parts import families

PAGE = (Path(__file__).parents[2] / "docs/modules.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))
EVERY_SLOT = SECTIONS["Every slot"]

OF_THE_DEVICE = frozenset({"device", "system", "leds", "services", "network", "ntp", "sync", "events"})
"""Collectors of values outside modules."""


UNKNOWN = "xyz900"
"""The model of the simulator that no collector knows."""


def named(text: str) -> set[str]:
    return set(re.findall(r"`(lantime_\w+)`", text))


def models(section: str) -> set[str]:
    """Return the models that the lines ``Models: ...`` of a section name."""
    lines = re.findall(r"^Models: ((?:.+\n)+?)(?=\n)", section, re.MULTILINE)
    return {model for line in lines for model in re.findall(r"`([\w-]+)`", line)}


LISTED = set().union(*map(models, SECTIONS.values()))
"""The models that have a section."""


def test_every_metric_that_the_page_names_exists(catalogue: CollectorRegistry) -> None:
    probes = {value.name for value in vars(of_probes).values() if isinstance(value, Metric)}
    assert named(PAGE) - catalogue.metrics.keys() - probes == set()


def test_the_page_has_every_metric_of_a_collector_that_it_names(catalogue: CollectorRegistry) -> None:
    described = set(re.findall(r"`(\w+)`", PAGE)) - OF_THE_DEVICE
    wanted = {
        row.metric.name
        for collector in catalogue.collectors
        if collector.name in described
        for _, row in collector.rows()
    }
    # The chassis is part of the device.
    assert wanted - named(PAGE) == {"lantime_chassis_info"}


def cards() -> list[tuple[str, str, SimulatedDevice]]:
    """Return the model, slot and device of each simulated card that the page describes, in every spelling."""
    plain = [
        (part.model, "io1", carrier(family, spelling))
        for family, part in families().items()
        for spelling in part.spellings
        if family != "clock"
    ]
    clocks = [
        (model, "clk1", m500(clock=model, spelling=spelling))
        for model in CLOCK_MODELS
        for spelling in ("nested", "flat")
    ]
    return [card for card in (*plain, *clocks) if card[0] in {*LISTED, UNKNOWN}]


def test_what_a_card_reports_is_in_the_section_of_its_family(
    catalogue: CollectorRegistry, subtests: pytest.Subtests
) -> None:
    for model, slot, device in cards():
        with subtests.test(model=model, slot=slot):
            mapped = Mapper(catalogue, Module()).map(document(device, (), 1000.0, 1.8e9), (slot,))
            exported = {metric.name for metric, lines in mapped.families if lines} - named(EVERY_SLOT)
            places = [text for text in SECTIONS.values() if model in models(text)] or [SECTIONS["Unknown modules"]]
            linked = [
                SECTIONS[name] for name in ("PTP", "Inputs", "Outputs") if any(f"#{name.lower()}" in t for t in places)
            ]
            layer = {name for name in exported if re.fullmatch(r"lantime_module_(value|flag|state)", name)}
            assert exported - layer - named("".join([*places, *linked])) == set()


def test_every_simulated_clock_is_on_the_page() -> None:
    assert set(CLOCK_MODELS) - LISTED == set()


def test_the_page_names_the_unknown_card_of_the_simulator() -> None:
    assert f"`{UNKNOWN}`" in SECTIONS["Unknown modules"]


def test_every_link_within_the_page_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) - anchors == set()


def test_the_page_says_how_to_send_a_report() -> None:
    assert "inspect https://lantime.example.net --username monitor --report report.json" in PAGE
