"""The generic layer: every value of a module is exported, and nothing private."""

from collections.abc import Mapping
from typing import Any

import pytest
from lantime_exporter.document.shape import flatten
from lantime_exporter.exposition.metric import gauge
from lantime_exporter.mapping.finders import modules
from lantime_exporter.mapping.readers import number
from lantime_exporter.mapping.result import Account
from lantime_exporter.mapping.table import Collector, Row, Table, ignored
from lantime_exporter.mapping.value_kind import ValueKind, value_kind

from tests.mapping.mapping_documents import Counted, decode_errors, document, lines, mapper, slot


def exported(module: Any, model: str | None = "gns181", **settings: Any) -> list[str]:
    return lines(mapper(**settings).map(document(slot("clk1", module, model))))


def series(kind: str, path: str, figure: str = "1.0", **more: str) -> str:
    labels = {"slot": "clk1", "model": "gns181", "path": path, **more}
    inner = ",".join(f'{name}="{value}"' for name, value in sorted(labels.items()))
    return f"lantime_module_{kind}{{{inner}}} {figure}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, series("value", "figure", "5.0")),
        (-2.5, series("value", "figure", "-2.5")),
        (0, series("value", "figure", "0.0")),
        ("12.5", series("value", "figure", "12.5")),
        (" -3e-6 ", series("value", "figure", "-3e-06")),
        (True, series("flag", "figure", "1.0")),
        (False, series("flag", "figure", "0.0")),
        ("locked", series("state", "figure", state="locked")),
        ("Free Running", series("state", "figure", state="free-running")),
        ("holdover [2]", series("state", "figure", state="holdover")),
        ("none", series("state", "figure", state="none")),
        ("unknown", series("state", "figure", state="unknown")),
        ("0x1f", series("state", "figure", state="0x1f")),
    ],
)
def test_an_unclaimed_leaf_is_exported_by_its_kind(value: object, expected: str) -> None:
    assert exported({"figure": value}) == [expected]


@pytest.mark.parametrize("value", [None, "", " ", "-", "N/A", "never", "not available", [], {}, [[]]])
def test_an_absent_value_gives_no_sample(value: object) -> None:
    assert exported({"figure": value}) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("serial-number", "029811038330"),
        ("serial", 29811038330),
        ("port-id", 7),
        ("mac-address", "00-13-95"),
        ("name", "hall 3"),
        ("alias", "roof"),
        ("software-revision", "v2.16"),
        ("version", "7.10"),
        ("user-name", "admin"),
        ("password", "hunter2"),
        ("clock-identity", "0013"),
        ("description", "spare"),
        ("location", "roof"),
        ("figure", "192.0.2.123"),
        ("figure", "192.0.2.0/24"),
        ("figure", "192.0.2.1:123"),
        ("figure", "00:13:95:16:7c:9c"),
        ("figure", "00-13-95-ff-fe-16-7c-9c"),
        ("figure", "fe80::213:95ff:fe16:7c9c"),
        ("figure", "2001:db8::1/64"),
        ("figure", "2026-02-11T22:05:07"),
        ("figure", "2026.02.11 21:53:08"),
        ("figure", "https://clock.example.com/api"),
        ("figure", "ops@example.com"),
        ("figure", "mbg1.time.example.com"),
        ("figure", "The upload failed because the disk was full"),
        ("figure", "line one\nline two"),
        ("figure", "x" * 200),
        ("secret-key", "xyz"),
        ("users", ["admin", "guest"]),
        ("peer-addresses", [["clock-a"], ["clock-b"]]),
    ],
)
def test_identifiers_addresses_times_and_free_text_are_left_out(key: str, value: object) -> None:
    mapped = mapper().map(document(slot("clk1", {key: value}, "gns181")))
    assert lines(mapped) == []
    assert mapped.accounts[Account.IGNORED] >= 1


@pytest.mark.parametrize("unit", ["@.", "1", "a.", "::", "-id", " "])
def test_a_long_text_takes_little_time(unit: str) -> None:
    assert value_kind("figure", unit * 100_000 + "\n\x00") is ValueKind.PRIVATE


@pytest.mark.parametrize(
    ("module", "paths"),
    [
        ({"a": {"b": {"c": 1}}}, ["a/b/c"]),
        ({"ports": [{"object-id": "lan0", "speed": 1}, {"object-id": "lan1", "speed": 2}]}, ["lan0", "lan1"]),
        ({"ports": [{"speed": 1}, {"speed": 2}]}, ["0", "1"]),
        ({"ports": [{"object-id": 7, "speed": 1}]}, ["7"]),
        ({"ports": [1, 2]}, ["ports/0", "ports/1"]),
        ({"ports": [[1, 2], [3]]}, ["ports/0/0", "ports/0/1", "ports/1/0"]),
    ],
)
def test_the_path_is_the_rest_path_below_the_module(module: dict[str, Any], paths: list[str]) -> None:
    expected = [path if "/" in path else f"ports/{path}/speed" for path in paths]
    found = [line.split('path="')[1].split('"')[0] for line in exported(module)]
    assert found == expected


def test_the_model_is_shown_in_lower_case() -> None:
    assert exported({"figure": 1}, "GNS181 ") == [series("value", "figure")]


def test_a_module_without_model_has_an_empty_one() -> None:
    assert exported({"figure": 1}, None) == [series("value", "figure", model="")]


def test_a_module_of_a_second_chassis_is_named_with_it() -> None:
    answer = document(slot("clk1", {"a": 1}), chassis1={"slots": [slot("clk1", {"a": 2})]})
    assert lines(mapper().map(answer)) == [
        'lantime_module_value{model="",path="a",slot="clk1"} 1.0',
        'lantime_module_value{model="",path="a",slot="chassis1/clk1"} 2.0',
    ]


@pytest.mark.parametrize(
    ("slots", "names"),
    [
        ([{"slot-id": "clk1", "object-id": "x", "module": {"a": 1}}], ["clk1"]),
        ([{"object-id": "clk1", "module": {"a": 1}}], ["clk1"]),
        ([{"slot-id": " clk1 ", "module": {"a": 1}}], ["clk1"]),
        ([{"slot-id": "N/A", "module": {"a": 1}}], ["0"]),
        ([{"module": {"a": 1}}, {"module": {"a": 1}}], ["0", "1"]),
        ({"clk1": {"module": {"a": 1}}}, ["clk1"]),
        ([{"slot-id": "clk1"}, 5, None, []], []),
    ],
)
def test_a_slot_is_named_by_its_id_else_by_its_element(slots: Any, names: list[str]) -> None:
    found = lines(mapper().map({"data": {"chassis0": {"slots": slots}}}))
    assert [line.split('slot="')[1].split('"')[0] for line in found] == names


def test_two_slots_of_one_name_never_give_a_series_twice() -> None:
    mapped = mapper().map(document(slot("clk1", {"a": 1}), slot("clk1", {"a": 2})))
    assert lines(mapped) == ['lantime_module_value{model="",path="a",slot="clk1"} 1.0']
    assert len(decode_errors(mapped, "generic")) == 1


def test_keys_that_look_like_a_path_never_give_a_series_twice() -> None:
    assert exported({"a/b": 1, "a": {"b": 2}}) == [series("value", "a/b")]


def test_values_of_collectors_are_not_exported_again() -> None:
    read = Row(gauge("lantime_power_supply_capacity_watts", "Power.", "slot"), number("power"))
    rows = (read, ignored("settings", because="settings"))
    known = Collector("known", (Table("module", modules, *rows),))
    module = {"power": 50, "settings": {"x": 1, "y": [2]}, "other": 3}
    found = lines(mapper(known).map(document(slot("clk1", module, "gns181"))))
    assert found == ['lantime_power_supply_capacity_watts{slot="clk1"} 50.0', series("value", "other", "3.0")]


def test_the_series_of_a_slot_are_limited_and_the_rest_is_counted() -> None:
    many = {f"n{index}": index for index in range(10)} | {"serial": "x", "void": None}
    slots = (slot("io1", many), slot("io2", {"a": 1}))
    mapped = mapper(generic_series_per_slot=4).map(document(*slots))
    assert len(lines(mapped)) == 5
    assert mapped.dropped == {"io1": 6}
    assert mapped.accounts[Account.UNACCOUNTED] == 0


def test_a_device_below_the_limit_drops_nothing() -> None:
    assert mapper(generic_series_per_slot=2).map(document(slot("io1", {"a": 1, "b": 2}))).dropped == {}


def test_a_disabled_layer_still_accounts_for_values() -> None:
    answer = document(slot("clk1", {"a": 1, "b": "on", "c": True, "d": None}))
    mapped = mapper(generic_modules=False, generic_series_per_slot=1).map(answer)
    assert lines(mapped) == []
    assert mapped.dropped == {}
    assert mapped.accounts[Account.GENERIC] == 4


SECTIONS: Mapping[str, Any] = {"newpart": {"load": 5, "on": True, "mode": "auto", "serial": "x"}, "single": 7}


def test_unknown_sections_are_accounted_but_not_exported_unless_wanted() -> None:
    mapped = mapper().map(document(**SECTIONS))
    assert lines(mapped) == []
    assert (mapped.accounts[Account.GENERIC], mapped.accounts[Account.IGNORED]) == (4, 1)


def test_unknown_sections_are_exported_when_wanted() -> None:
    assert lines(mapper(generic_status=True).map(document(**SECTIONS))) == [
        'lantime_status_value{path="newpart/load"} 5.0',
        'lantime_status_value{path="single"} 7.0',
        'lantime_status_flag{path="newpart/on"} 1.0',
        'lantime_status_state{path="newpart/mode",state="auto"} 1.0',
    ]


def test_an_unclaimed_leaf_of_a_known_section_stays_unaccounted() -> None:
    assert mapper().map(document(system={"new": 1})).accounts[Account.UNACCOUNTED] == 1


def test_a_leaf_of_a_known_section_is_exported_with_the_layer_for_the_rest() -> None:
    mapped = mapper(generic_status=True).map(document(system={"new": 1}))
    assert lines(mapped) == ['lantime_status_value{path="system/new"} 1.0']
    assert mapped.accounts[Account.UNACCOUNTED] == 0


def test_the_account_holds_every_leaf_once() -> None:
    answer = document(slot("clk1", {"a": [1, None, {"b": "x"}], "serial": "y"}), system={"new": 1}, **SECTIONS)
    mapped = mapper(Counted().collector()).map(answer)
    assert sum(mapped.accounts.values()) == len(flatten(answer).leaves)


@pytest.mark.parametrize(("one", "other"), [(1, 2.5), (1, "7"), (True, False), ("on", "off"), (None, "N/A")])
def test_a_leaf_of_constant_kind_keeps_the_plan(one: object, other: object) -> None:
    place = Counted("chassis0")
    mapped = mapper(place.collector())
    for value in (one, other, one):
        assert lines(mapped.map(document(slot("clk1", {"figure": value}, "gns181")))) == exported({"figure": value})
    assert place.times == 1


@pytest.mark.parametrize("value", [1, "on"])
def test_a_leaf_that_is_absent_at_times_is_bound_at_most_once_more(value: object) -> None:
    place = Counted("chassis0")
    mapped = mapper(place.collector())
    for each in (None, value, None, value, "N/A", value):
        assert lines(mapped.map(document(slot("clk1", {"figure": each}, "gns181")))) == exported({"figure": each})
    assert place.times <= 2


def test_devices_of_one_shape_with_leaves_of_different_kinds_keep_their_plans() -> None:
    place = Counted("chassis0")
    mapped = mapper(place.collector())
    for value in (1, "on", "192.0.2.1", 2, "off", "192.0.2.2", 3):
        assert lines(mapped.map(document(slot("clk1", {"figure": value}, "gns181")))) == exported({"figure": value})
    assert place.times == 3


@pytest.mark.parametrize("first", [1, "on", True, None, "192.0.2.1", "2026-02-11T22:05:07"])
@pytest.mark.parametrize("second", [2, "off", False, "N/A", "192.0.2.2", "a long and free text of words"])
def test_a_leaf_that_changes_its_kind_is_exported_by_the_new_kind(first: object, second: object) -> None:
    mapped = mapper()
    mapped.map(document(slot("clk1", {"figure": first}, "gns181")))
    assert lines(mapped.map(document(slot("clk1", {"figure": second}, "gns181")))) == exported({"figure": second})


def test_a_number_beyond_a_float_costs_only_its_own_series() -> None:
    mapped = mapper().map(document(slot("clk1", {"big": 10**400, "figure": 1}, "gns181")))
    assert lines(mapped) == [series("value", "figure")]
    assert [decode_error.path for decode_error in decode_errors(mapped, "generic")] == [
        "data/chassis0/slots/0/module/big"
    ]


def test_a_module_that_is_a_list_is_exported_by_index() -> None:
    assert exported([5, "on"], None) == [
        series("value", "0", "5.0", model=""),
        series("state", "1", model="", state="on"),
    ]
