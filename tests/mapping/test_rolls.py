"""Rolls: lists whose elements come and go are one leaf, where somebody reads them as a whole."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.document.shape import Flat, scalars
from lantime_exporter.document.tree import Node, Roll, build
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.binding_context import Account, BindingContext
from lantime_exporter.mapping.readers import Custom, Found
from lantime_exporter.mapping.records import member, records
from lantime_exporter.mapping.table import Collector, Row, Scope, Table, ignored

from tests.mapping.mapping_documents import UPTIME, Counted, document, lines, mapper, slot

KEY = "guests"


def count(context: BindingContext, scope: Scope) -> Iterator[Found]:
    found = records(scope.get(KEY))
    if found:
        yield (), found.sources, lambda *raw: float(len(found.read(*raw)))


GUESTS = Row(gauge("lantime_guests", "Guests."), Custom((KEY,), count))


def guests(number: int) -> list[dict[str, Any]]:
    return [{"object-id": f"guest{place}", "age": place} for place in range(number)]


class Watched:
    """A mapper whose collector reads the list of ``system``, as a roll or not, and how often it traced."""

    def __init__(self, *, as_roll: bool = True) -> None:
        self.place = Counted()
        tables = (Table("system", self.place.find, (UPTIME, GUESTS)),)
        self.mapper = mapper(Collector("hotel", tables, rolls=frozenset({KEY} if as_roll else ())))

    def map(self, system: dict[str, Any]) -> list[str]:
        return lines(self.mapper.map(document(system=system)))


def test_elements_that_come_and_go_need_no_new_trace() -> None:
    hotel = Watched()
    found = [hotel.map({KEY: guests(number)}) for number in (3, 0, 17, 1)]
    assert found == [[f"lantime_guests {number}.0"] for number in (3, 0, 17, 1)]
    assert hotel.place.times == 1


def test_without_a_roll_each_length_is_a_shape() -> None:
    hotel = Watched(as_roll=False)
    assert [hotel.map({KEY: guests(number)}) for number in (3, 1)] == [["lantime_guests 3.0"], ["lantime_guests 1.0"]]
    assert hotel.place.times == 2


@pytest.mark.parametrize("other", [None, "none", 7, True, {"a": {"age": 1}}])
def test_what_is_no_list_is_no_roll(other: object) -> None:
    hotel, plain = Watched(), Watched(as_roll=False)
    hotel.map({KEY: guests(2)})
    assert hotel.map({KEY: other}) == plain.map({KEY: other})


def test_a_roll_that_nobody_reads_is_taken_apart() -> None:
    hotel = Watched()
    place = document(slot("io1", {KEY: [{"age": 7}]}))
    expected = ['lantime_module_value{model="",path="guests/0/age",slot="io1"} 7.0']
    assert [lines(hotel.mapper.map(place)) for _ in range(2)] == [expected, expected]


def test_a_roll_counts_as_the_leaves_that_it_holds() -> None:
    hotel = Watched()
    for number in (2, 5):
        answer = document(system={"uptime": 1, KEY: guests(number)})
        accounts = hotel.mapper.map(answer).accounts
        assert accounts[Account.MAPPED] == len(Flat(answer).leaves) == 1 + 2 * number


def test_a_roll_that_is_left_out_counts_as_the_leaves_that_it_holds() -> None:
    table = Table("system", Counted().find, (UPTIME, ignored(KEY, because="nobody asks")))
    known = mapper(Collector("hotel", (table,), rolls=frozenset({KEY})))
    for number in (1, 4):
        accounts = known.map(document(system={"uptime": 1, KEY: guests(number)})).accounts
        assert accounts[Account.IGNORED] == 2 * number


def test_a_roll_is_one_leaf_and_has_no_children() -> None:
    found = build({"a": 1, KEY: guests(2), "b": 2}, {KEY}).get(KEY)
    assert isinstance(found, Roll)
    assert found.whole.index == 1
    assert repr(found.whole.value) == repr(guests(2))
    assert not found.children


ELEMENTS = st.lists(
    st.dictionaries(st.sampled_from(["age", "Age", "name", "x"]), st.integers() | st.text(max_size=3) | st.none())
    | st.integers(),
    max_size=5,
)


@given(ELEMENTS)
def test_a_roll_and_its_single_leaves_give_the_same_records(elements: list[Any]) -> None:
    whole, apart = (build({KEY: elements}, rolls).get(KEY) for rolls in ({KEY}, ()))
    assert isinstance(whole, Roll)
    assert isinstance(apart, Node)
    one, other = records(whole), records(apart)
    read = [list(found.read(*[leaf.value for leaf in found.sources])) if found else [] for found in (one, other)]
    assert read[0] == read[1]


@pytest.mark.parametrize(
    ("record", "value"),
    [
        ({"age": 1, "years": 2}, 1),
        ({"years": 2}, 2),
        ({"Years": 2, "AGE": 3}, 3),
        ({"age": [1]}, None),
        ({"other": 1}, None),
        ({}, None),
    ],
)
def test_a_member_is_found_at_the_first_spelling_that_is_there(record: dict[str, Any], value: object) -> None:
    assert member(record, "age", "years") == value


@given(st.recursive(st.integers(), lambda part: st.lists(part) | st.dictionaries(st.text(max_size=1), part)))
def test_scalars_are_counted_however_deep_they_are(part: Any) -> None:
    assert scalars(part) == len(Flat({"a": part}).leaves)


def test_a_roll_of_any_depth_is_counted_without_recursion() -> None:
    deep: Any = 1
    for _ in range(10_000):
        deep = [deep]
    assert scalars(deep) == 1
