"""Responses: one that differs from the last in values only is mapped without being parsed."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_exporter.bounds import NEVER
from lantime_exporter.collectors import load
from lantime_exporter.config.settings import Module
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.parse import parse
from lantime_exporter.document.text_layout import MAX_TEXT_BYTES
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping import plan_cache
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.plan_cache import MAX_LAST_PLANS, LastPlans
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.state_readers import state
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import UPTIME, Counted, decode_errors, document, lines, mapper, slot
from tests.mapping.test_properties import SLOTS, other_values

STATE = Row(gauge("lantime_sync_state", "State.", "state"), state(Enumeration(("good", "bad")), "state"))


class Device:
    """Maps the responses of one device, and counts how often one is parsed."""

    def __init__(self, *mappers: Mapper) -> None:
        self._mappers = mappers
        self._plans = LastPlans()
        self.parsed = 0

    def map(self, answer: Any, *slots: str, by: int = 0) -> list[str]:
        body = json.dumps(answer, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass")

        def read() -> dict[str, Any]:
            self.parsed += 1
            return parse(body)

        return lines(self._mappers[by].map_response(body, read, slots, NEVER, self._plans))


def test_other_values_are_mapped_without_parsing() -> None:
    device = Device(mapper(Counted().collector(UPTIME, STATE)))
    answers = [document(system={"uptime": uptime, "state": word}) for uptime, word in ((1, "good"), (2.5, "bad"))]
    assert [device.map(answer)[:2] for answer in answers] == [
        ["lantime_uptime_seconds 1.0", 'lantime_sync_state{state="good"} 1.0'],
        ["lantime_uptime_seconds 2.5", 'lantime_sync_state{state="good"} 0.0'],
    ]
    assert device.parsed == 1


def test_the_same_response_again_gives_the_same_lines() -> None:
    device = Device(mapper(Counted().collector()))
    found = [device.map(document(system={"uptime": 1})) for _ in range(3)]
    assert found == [["lantime_uptime_seconds 1.0"]] * 3
    assert device.parsed == 1


def test_an_invalid_value_costs_its_series_until_the_next_valid_one() -> None:
    counted = mapper(Counted().collector(UPTIME))
    device = Device(counted)
    found = [device.map(document(system={"uptime": uptime})) for uptime in (1, "odd", "odd", 2)]
    assert found == [["lantime_uptime_seconds 1.0"], [], [], ["lantime_uptime_seconds 2.0"]]
    assert device.parsed == 1
    assert decode_errors(counted.map(document(system={"uptime": "odd"})), "counted")


def test_more_than_values_is_parsed(subtests: pytest.Subtests) -> None:
    systems: list[dict[str, Any]] = [
        {"uptime": 1, "load": 2},
        {"uptime": True},
        {"uptime": {}},
        {"uptime": "\\"},
        {},
    ]
    for system in systems:
        with subtests.test(system=system):
            device = Device(mapper(Counted().collector()))
            device.map(document(system={"uptime": 1}))
            assert device.map(document(system=system)) == lines(
                mapper(Counted().collector()).map(document(system=system))
            )
            assert device.parsed == 2


def test_after_a_change_of_shape_values_are_compared_again() -> None:
    device = Device(mapper(Counted().collector()))
    for system in ({"uptime": 1}, {"uptime": 1, "x": 1}, {"uptime": 2, "x": 2}, {"uptime": 3, "x": 3}):
        device.map(document(system=system))
    assert device.parsed == 2


def test_a_response_is_parsed_if_a_decision_depends_on_a_changed_value() -> None:
    place = Counted(names=("name",))
    device = Device(mapper(place.collector()))
    for name in ("a", "a", "b", "b", "a"):
        device.map(document(system={"name": name, "uptime": 1}))
    assert (device.parsed, place.times) == (3, 2)


def test_a_response_is_parsed_if_a_test_has_another_result() -> None:
    def large(context: BindingContext) -> list[Scope]:
        block = context.data.node("system")
        leaf = block.leaf("size") if block else None
        is_large = leaf is not None and context.guard_predicate(leaf, lambda size: isinstance(size, int) and size > 9)
        return [Scope(block)] if block and is_large else []

    device = Device(
        mapper(Collector("large", (Table("system", large, Row(gauge("lantime_size", "Size."), number("size"))),)))
    )
    found = [device.map(document(system={"size": size})) for size in (1, 2, 10, 11)]
    assert found == [[], [], ["lantime_size 10.0"], ["lantime_size 11.0"]]
    assert device.parsed == 2


def test_a_response_is_parsed_if_an_element_of_a_list_has_another_name() -> None:
    device = Device(mapper(generic_status=True))
    found = [device.map(document(x=[{"object-id": name, "size": 5}])) for name in ("a", "b")]
    assert [any("x/b" in line for line in each) for each in found] == [False, True]
    assert device.parsed == 2


def test_each_module_and_each_slot_has_its_own_plan() -> None:
    device = Device(mapper(Counted().collector()), mapper())
    answers = [document(slot("clk1", {"x": figure}), system={"uptime": figure}) for figure in (1, 2, 3)]
    for answer in answers:
        found = device.map(answer), device.map(answer, "clk1"), device.map(answer, by=1)
    assert [len(each) for each in found] == [2, 1, 1]
    assert device.parsed == 3


def test_plans_of_a_device_are_bounded() -> None:
    device = Device(mapper(Counted().collector()))
    for _ in range(2):
        for place in range(MAX_LAST_PLANS + 1):
            device.map(document(system={"uptime": 1}), f"clk{place}")
    assert device.parsed > MAX_LAST_PLANS + 1


def test_a_plan_that_the_cache_dropped_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_cache, "MAX_PLANS", 1)
    place = Counted()
    device = Device(mapper(place.collector()))
    device.map(document(system={"uptime": 1}))
    device.map(document(system={"uptime": 1, "x": 1}), "clk1")
    assert device.map(document(system={"uptime": 2})) == ["lantime_uptime_seconds 2.0"]
    assert (device.parsed, place.times) == (3, 3)


def test_a_large_response_is_always_parsed() -> None:
    device = Device(mapper(Counted().collector()))
    found = [device.map(document(system={"uptime": uptime, "x": "x" * MAX_TEXT_BYTES})) for uptime in (1, 2)]
    assert found == [["lantime_uptime_seconds 1.0"], ["lantime_uptime_seconds 2.0"]]
    assert device.parsed == 2


def test_devices_with_a_plan_in_common_have_their_own_values() -> None:
    shared = mapper(Counted().collector())
    devices = [Device(shared) for _ in range(3)]
    for step in range(3):
        found = [device.map(document(system={"uptime": step * 10 + place})) for place, device in enumerate(devices)]
        assert found == [[f"lantime_uptime_seconds {step * 10 + place}.0"] for place in range(3)]
    assert [device.parsed for device in devices] == [1, 1, 1]


CATALOGUE = load()


@given(SLOTS, SLOTS, st.integers())
@settings(max_examples=80)
def test_any_sequence_of_responses_gives_the_same_lines_as_new_mappers(
    slots: list[dict[str, Any]], others: list[dict[str, Any]], seed: int
) -> None:
    random = Random(seed)  # noqa: S311 -- figures, not secrets
    device = Device(Mapper(CATALOGUE, Module()))
    first = document(*slots)
    for answer in (first, other_values(first, random), other_values(first, random), document(*others), first):
        assert device.map(answer) == lines(Mapper(CATALOGUE, Module()).map(parse(json.dumps(answer).encode("utf-8"))))
