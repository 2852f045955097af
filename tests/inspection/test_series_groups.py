"""Series are grouped by the part that they describe."""

from lantime_exporter.exposition.metric import Metric, gauge, info
from lantime_exporter.inspection.leaf_account import Series
from lantime_exporter.inspection.series_groups import groups, natural

STATE = gauge("lantime_clock_state", "State.", "slot", "state")
STRATUM = gauge("lantime_ntp_stratum", "Stratum.")
OCCUPIED = gauge("lantime_slot_occupied", "1 if a module is in the slot.", "slot", "type")
MESSAGES = gauge("lantime_messages", "Messages.", "slot", "type")
MODULE = info("lantime_module_info", "Identity.", "slot", "model", "revision")


def one(metric: Metric, value: float, *, found: dict[str, str] | None = None, **fixed: str) -> Series:
    return Series(metric=metric, fixed=fixed, found=found or {}, value=value)


def test_series_without_labels_are_about_the_device() -> None:
    assert groups("ntp", [one(STRATUM, 1.0)]) == {(): {(): {"stratum": "1"}}}


def test_states_become_the_word_that_holds() -> None:
    series = [one(STATE, value, slot="clk1", found={"state": word}) for word, value in (("a", 0.0), ("b", 1.0))]
    (table,) = groups("clock", series).values()
    assert table == {("clk1",): {"state": "b"}}


def test_conditions_that_hold_together_are_listed() -> None:
    series = [one(STATE, 1.0, slot="clk1", found={"state": word}) for word in ("a", "b")]
    (table,) = groups("clock", series).values()
    assert table == {("clk1",): {"state": "a, b"}}


def test_no_active_condition_is_shown_as_none() -> None:
    (table,) = groups("clock", [one(STATE, 0.0, slot="clk1", found={"state": "a"})]).values()
    assert table == {("clk1",): {"state": "none"}}


def test_labels_of_an_identity_are_shown_one_by_one_without_empty_ones() -> None:
    (table,) = groups("slots", [one(MODULE, 1.0, slot="clk1", found={"model": "grc180", "revision": ""})]).values()
    assert table == {("clk1",): {"model": "grc180"}}


def test_type_is_a_value_of_a_thing_with_one_type() -> None:
    (table,) = groups(
        "slots", [one(OCCUPIED, 1.0, slot="clk1", type="clk"), one(OCCUPIED, 0.0, slot="io1", type="io")]
    ).values()
    assert table == {
        ("clk1",): {"type": "clk", "occupied": "yes"},
        ("io1",): {"type": "io", "occupied": "no"},
    }


def test_type_identifies_things_if_nothing_else_does() -> None:
    series = [one(MESSAGES, 1.0, slot="io1", type="sync"), one(MESSAGES, 2.0, slot="io1", type="announce")]
    (table,) = groups("ptp", series).values()
    assert table == {("io1", "sync"): {"messages": "1"}, ("io1", "announce"): {"messages": "2"}}


def test_metrics_of_one_name_in_different_units_have_their_full_names() -> None:
    total, rate = gauge("lantime_x_bytes", "Bytes."), gauge("lantime_x_per_second", "Bytes.")
    (table,) = groups("network", [one(total, 1.0), one(rate, 2.0)]).values()
    assert table == {(): {"x bytes": "1 B", "x per second": "2 /s"}}


def test_labels_of_one_name_in_two_identities_have_their_full_names() -> None:
    parent, grandmaster = (info(f"lantime_ptp_{name}_info", "Identity.", "identity") for name in ("parent", "master"))
    found = [one(parent, 1.0, found={"identity": "a"}), one(grandmaster, 1.0, found={"identity": "b"})]
    (table,) = groups("ptp_clock", found).values()
    assert table == {(): {"parent identity": "a", "master identity": "b"}}


def test_numbers_in_names_sort_by_their_size() -> None:
    assert sorted([("io10",), ("io2",), ("clk1",)], key=natural) == [("clk1",), ("io2",), ("io10",)]
