"""Summaries: a list of varying length is read as one object, and the shape of the document stays the same."""

from typing import Any

import pytest
from lantime_exporter.document.shape import flatten
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import UPTIME, Counted, document, lines, mapper, slot

KEY = "guests"

GUESTS = Row(gauge("lantime_guests", "Guests."), number(f"{KEY}.number"))


def summarise(elements: list[Any]) -> Any:
    return {"number": len(elements)} if all("age" in element for element in elements) else elements


def guests(number: int) -> list[dict[str, Any]]:
    return [{"object-id": f"guest{place}", "age": place} for place in range(number)]


class CountingMapper:
    """A mapper whose collector reads the list of ``system`` as a whole, and how often it was bound."""

    def __init__(self) -> None:
        self.place = Counted()
        table = Table("system", self.place.find, UPTIME, GUESTS, summaries={KEY: summarise})
        self.mapper = mapper(Collector("hotel", (table,)))

    def map(self, system: dict[str, Any]) -> list[str]:
        return lines(self.mapper.map(document(system=system)))


def test_elements_that_come_and_go_need_no_new_plan() -> None:
    hotel = CountingMapper()
    found = [hotel.map({KEY: guests(number)}) for number in (3, 0, 17, 1)]
    assert found == [[f"lantime_guests {number}.0"] for number in (3, 0, 17, 1)]
    assert hotel.place.times == 1


def test_any_other_list_is_read_unchanged(subtests: pytest.Subtests) -> None:
    for value in ({"a": 1}, 7, "guests", None, [{"size": 1}]):
        with subtests.test(value=value):
            found = CountingMapper().mapper.map(document(system={"uptime": 1, KEY: value}))
            assert lines(found) == ["lantime_uptime_seconds 1.0"]


@pytest.mark.parametrize("summary", [True, False])
def test_a_summary_that_is_a_boolean_is_another_shape_than_a_number(summary: bool) -> None:
    shapes = [flatten({KEY: []}, {KEY: lambda _, value=value: value}).shape for value in (summary, int(summary))]  # type: ignore[misc]
    assert shapes[0] != shapes[1]


def test_a_list_that_nobody_reads_shows_its_summary_in_the_generic_layer() -> None:
    found = CountingMapper().map({}), lines(CountingMapper().mapper.map(document(slot("io1", {KEY: guests(3)}))))
    assert found == ([], ['lantime_module_value{model="",path="guests/number",slot="io1"} 3.0'])


def test_a_summary_is_accounted_like_any_other_part() -> None:
    answer = document(system={"uptime": 1, KEY: guests(5)})
    accounts = CountingMapper().mapper.map(answer).accounts
    assert accounts[Account.MAPPED] == len(flatten(answer, {KEY: summarise}).leaves) == 2
