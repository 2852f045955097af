"""Plans: a shape is bound once, and again only if the value of a guard has changed."""

from collections.abc import Sequence

import pytest
from lantime_exporter.document.enumeration import Enumeration
from lantime_exporter.document.shape import Scalar
from lantime_exporter.document.tree import Leaf
from lantime_exporter.exposition.metric import gauge, info
from lantime_exporter.mapping import plan_cache
from lantime_exporter.mapping.binding import Found, Sample
from lantime_exporter.mapping.binding_context import BindingContext, Scope
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.plan_cache import MAX_PLANS_PER_SHAPE
from lantime_exporter.mapping.readers import Reader, flag, info_labels, number, when_value
from lantime_exporter.mapping.state_readers import flags, state
from lantime_exporter.mapping.table import Collector, Row, Table

from tests.mapping.mapping_documents import UPTIME, Counted, decode_errors, document, lines, mapper, slot, text

LOAD = Row(gauge("lantime_load1", "Load."), number("load"))
STATE = Row(gauge("lantime_sync_state", "State.", "state"), state(Enumeration(("good", "bad"), {1: "good"}), "state"))
INFO = Row(info("lantime_device_info", "Device.", "model"), info_labels(model="model"))


def test_a_second_document_of_the_same_shape_is_not_bound() -> None:
    place = Counted()
    mapped = mapper(place.collector())
    found = [lines(mapped.map(document(system={"uptime": uptime}))) for uptime in (1, 2.5, "3")]
    assert found == [[f"lantime_uptime_seconds {value}"] for value in ("1.0", "2.5", "3.0")]
    assert place.times == 1


def test_any_change_of_a_value_that_is_read_keeps_the_plan(subtests: pytest.Subtests) -> None:
    for value in (None, "N/A", "odd", 7, -1e300):
        with subtests.test(value=value):
            place = Counted()
            mapped = mapper(place.collector(UPTIME, LOAD))
            mapped.map(document(system={"uptime": 1, "load": 1}))
            assert "lantime_load1 2.0" in lines(mapped.map(document(system={"uptime": value, "load": 2})))
            assert place.times == 1


def test_another_shape_is_bound(subtests: pytest.Subtests) -> None:
    cases: list[dict[str, object]] = [
        {"uptime": 1},
        {"load": 1, "uptime": 1},
        {"uptime": [], "load": 1},
        {"uptime": 1, "load": 1, "x": 1},
    ]
    for system in cases:
        with subtests.test(system=system):
            place = Counted()
            mapped = mapper(place.collector())
            mapped.map(document(system={"uptime": 1, "load": 1}))
            mapped.map(document(system=system))
            assert place.times == 2


def test_a_changed_guard_is_bound_again() -> None:
    place = Counted(names=("name",))
    mapped = mapper(place.collector())
    for name in ("a", "a", "b"):
        mapped.map(document(system={"name": name, "uptime": 1}))
    assert place.times == 2


def test_several_plans_of_one_shape_are_kept() -> None:
    place = Counted(names=("name",))
    mapped = mapper(place.collector())
    for _ in range(3):
        for name in range(MAX_PLANS_PER_SHAPE):
            mapped.map(document(system={"name": f"n{name}", "uptime": 1}))
    assert place.times == MAX_PLANS_PER_SHAPE


def test_a_boolean_is_not_taken_for_the_number_it_equals(subtests: pytest.Subtests) -> None:
    for values in ((True, 1), (1, True), (False, 0), (0, False)):
        with subtests.test(values=values):
            known = mapper(Counted().collector(STATE, INFO))
            for value in values:
                answer = document(system={"state": value, "model": value})
                assert lines(known.map(answer)) == lines(mapper(Counted().collector(STATE, INFO)).map(answer))


def test_a_name_that_is_a_boolean_is_not_taken_for_the_number_it_equals() -> None:
    place = Counted(names=("name",))
    mapped = mapper(place.collector())
    names = []
    for name in (True, 1, True):
        mapped.map(document(system={"name": name, "uptime": 1}))
        names.append(place.looks)
    assert names[:2] == [["true"], ["1"]]


def test_the_order_of_keys_does_not_matter() -> None:
    system = {"uptime": 1, "load": 2, "state": "good", "model": "M600"}
    rows = (UPTIME, LOAD, STATE, INFO)
    backwards = dict(reversed(system.items()))
    found = [mapper(Counted().collector(*rows)).map(document(system=one)) for one in (system, backwards)]
    assert text(found[0]) == text(found[1])


def test_the_order_of_slots_does_not_change_their_series() -> None:
    slots = (slot("clk1", {"a": 1}, "gns181"), slot("clk2", {"a": 2}, "tcr180"))
    found = [set(lines(mapper().map(document(*order)))) for order in (slots, slots[::-1])]
    assert found[0] == found[1]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(plan_cache, "MAX_PLANS", 5)
    return 5


def test_the_number_of_plans_is_limited(few: int) -> None:
    place = Counted()
    mapped = mapper(place.collector())
    shapes = [document(system={"uptime": 1, f"key{number}": 1}) for number in range(few + 1)]
    for shape in shapes * 2:
        mapped.map(shape)
    assert len(shapes) < place.times < len(shapes) * 2


def test_of_too_many_shapes_in_turn_some_plans_are_found_again(few: int) -> None:
    place = Counted()
    mapped = mapper(place.collector())
    shapes = [document(system={"uptime": 1, f"key{number}": 1}) for number in range(few * 2)]
    for shape in shapes * 10:
        mapped.map(shape)
    assert place.times < 0.9 * len(shapes) * 10


def test_the_plans_of_a_shape_are_limited() -> None:
    place = Counted(names=("name",))
    mapped = mapper(place.collector())
    for name in (*range(MAX_PLANS_PER_SHAPE + 1), 0):
        mapped.map(document(system={"name": f"n{name}", "uptime": 1}))
    assert place.times == MAX_PLANS_PER_SHAPE + 2


def test_ever_new_words_are_read_correctly() -> None:
    mapped = mapper(Counted().collector(STATE))
    for count in range(200):
        found = lines(mapped.map(document(system={"state": f"s{count}"})))
        assert f'lantime_sync_state{{state="s{count}"}} 1.0' in found


def test_a_series_that_is_found_twice_is_exported_once() -> None:
    first = Counted().collector(UPTIME, name="first")
    second = Counted().collector(UPTIME, name="second")
    mapped = mapper(first, second).map(document(system={"uptime": 1}))
    assert lines(mapped) == ["lantime_uptime_seconds 1.0"]
    assert ["occurs twice" in decode_error.problem for decode_error in decode_errors(mapped, "second")] == [True]


def test_a_series_that_is_found_twice_keeps_the_plan() -> None:
    place = Counted()
    mapped = mapper(place.collector(name="first"), Counted().collector(name="second"))
    for uptime in range(5):
        mapped.map(document(system={"uptime": uptime}))
    assert place.times == 1


PRESENCE = Enumeration(("present", "absent"), {1: "present"})
MEANINGS = (
    when_value(state(PRESENCE, "signal")),
    when_value(state(PRESENCE, "signal"), lambda raw: raw in PRESENCE.states),
)


@pytest.mark.parametrize("reader", [*MEANINGS, flags(Enumeration(("present", "absent")), "signal")])
@pytest.mark.parametrize("generic", [True, False])
def test_a_key_whose_meaning_depends_on_its_value_is_decided_at_every_probe(reader: Reader, generic: bool) -> None:
    row = Row(gauge("lantime_input_signal", "Signal.", "slot", "state"), reader)
    collector = Collector("inputs", (Table("module", modules, row),))
    mapped = mapper(collector, generic_modules=generic)
    for value in (None, 5, "irig-b", "present", "absent", "7", "present", None):
        answer = document(slot("io1", {"signal": value}))
        assert lines(mapped.map(answer)) == lines(mapper(collector, generic_modules=generic).map(answer))


def test_a_value_may_change_within_its_kind_without_a_new_plan() -> None:
    place = Counted()
    mapped = mapper(
        place.collector(Row(gauge("lantime_sync_state", "State.", "state"), when_value(state(PRESENCE, "state"))))
    )
    for word in ("present", "absent", "other"):
        mapped.map(document(system={"state": word}))
    assert place.times == 1


@pytest.mark.parametrize("first", ["many", "one"])
def test_a_binding_of_many_samples_never_repeats_the_series_of_another(first: str) -> None:
    slot_states = gauge("lantime_receiver_state", "State.", "slot", "state")

    def leaf(context: BindingContext, scope: Scope) -> tuple[Leaf, ...]:
        part = scope.node.get("word")
        return (part,) if isinstance(part, Leaf) else ()

    many = Reader((), lambda context, scope: [Found(leaf(context, scope), words, ("a",), many=True)])
    one = Reader((), lambda context, scope: [Found(leaf(context, scope), nothing_else, ("a", "on"))])
    rows = [Row(slot_states, many), Row(slot_states, one)]
    mapped = mapper(Counted().collector(*(rows if first == "many" else rows[::-1])))
    assert lines(mapped.map(document(system={"word": "on"}))) == ['lantime_receiver_state{slot="a",state="on"} 1.0']


def words(value: Scalar) -> Sequence[Sample]:
    return [((str(value),), 1.0)]


def nothing_else(value: Scalar) -> float:
    return 1.0


@pytest.mark.parametrize("system", [{"uptime": [1]}, {"uptime": {"seconds": 1}}])
def test_a_block_in_place_of_a_value_is_a_decode_error_of_its_collector(system: dict[str, object]) -> None:
    mapped = mapper(Counted().collector(UPTIME, LOAD)).map(document(system={**system, "load": 2}))
    assert lines(mapped) == ["lantime_load1 2.0"]
    assert [decode_error.path for decode_error in decode_errors(mapped, "counted")] == ["data/system/uptime"]


def test_an_invalid_value_is_named_and_costs_only_its_series() -> None:
    mapped = mapper(Counted().collector(UPTIME, LOAD)).map(document(system={"uptime": "soon", "load": 2}))
    assert lines(mapped) == ["lantime_load1 2.0"]
    [decode_error] = decode_errors(mapped, "counted")
    assert (decode_error.collector, decode_error.path, decode_error.problem) == (
        "counted",
        "data/system/uptime",
        "expected a number",
    )


def test_a_decode_error_has_the_current_value() -> None:
    mapped = mapper(Counted().collector(UPTIME))
    found = [
        decode_errors(mapped.map(document(system={"uptime": changed})), "counted") for changed in ("soon", "later")
    ]
    assert [decode_error.value for (decode_error,) in found] == ["soon", "later"]


def test_a_flag_is_lost_only_while_it_is_invalid() -> None:
    row = Row(gauge("lantime_pending_changes", "Changes."), flag("flag"))
    mapped = mapper(Counted().collector(row))
    found = [lines(mapped.map(document(system={"flag": value}))) for value in (True, "maybe", False)]
    assert found == [["lantime_pending_changes 1.0"], [], ["lantime_pending_changes 0.0"]]
