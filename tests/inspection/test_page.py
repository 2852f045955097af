"""The page of a device: sections, tables, account, and no control characters from the device."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lantime_exporter.inspection.columns import columns, pairs, printable
from lantime_exporter.inspection.leaf_account import Inspection
from lantime_exporter.inspection.page import page
from lantime_exporter.mapping.result import Account, DecodeErrorRecord

Document = dict[str, Any]
Shown = Callable[..., str]


@pytest.fixture
def shown(inspected: Callable[[Document], Inspection]) -> Shown:
    """Return a function from a document to its page, or to one part of it."""

    def shown(document: Document, part: str = "", width: int = 100) -> str:
        text = page(inspected(document), width)
        return next(piece for piece in text.split("\n\n") if f"({part})" in piece or piece.startswith(part))

    return shown


def lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()[1:]]


def test_values_are_readable_and_identity_comes_first(
    shown: Shown, answer: Document, subtests: pytest.Subtests
) -> None:
    assert lines(shown(answer))[0] == ["model", "M600"]
    for part, line in [
        ("sync", "state synchronized"),
        ("sync", "time quality 100 ns"),
        ("receiver", "antenna short circuit no"),
    ]:
        with subtests.test(line=line):
            assert line.split() in lines(shown(answer, part))


def test_module_of_an_unknown_model_is_shown_by_its_paths(shown: Shown, with_module: Callable[..., Document]) -> None:
    document = with_module(frobnication={"level": "3.5", "engaged": True, "mood": "sunny"})
    assert lines(shown(document, "Values that no collector claims")) == [
        ["io1", "(new):", "3", "series"],
        ["frobnication/level", "3.5"],
        ["frobnication/engaged", "yes"],
        ["frobnication/mood", "sunny"],
    ]


def test_unaccounted_leaves_are_listed(shown: Shown, answer: Document) -> None:
    answer["data"]["system"]["surprise"] = {"inside": 1}
    assert "       1 unaccounted\n         data/system/surprise/inside" in shown(answer, "Leaves of the status tree")


def test_a_decode_error_is_named(shown: Shown, answer: Document) -> None:
    answer["data"]["system"]["uptime"] = "long"
    assert "data/system/uptime = 'long': expected a number (device)" in shown(answer, "Decode errors")


def inspection(**parts: Any) -> Inspection:
    return Inspection(**{"series": {}, "leaf_accounts": (), "decode_errors": (), "failures": {}, **parts})


def test_failures_dropped_series_and_decode_errors_are_shown() -> None:
    assert "Collectors that failed\n  ntp: KeyError: 'x'" in page(inspection(failures={"ntp": "KeyError: 'x'"}), 80)
    assert "io1: 7 more, beyond the limit of the module" in page(inspection(dropped={"io1": 7}), 80)
    decode_error = DecodeErrorRecord("ntp", "data/x", "expected a number", "9" * 500)
    text = page(inspection(decode_errors=(decode_error,)), 80)
    assert "1 value not decoded" in text
    assert max(map(len, text.splitlines())) < 120


def test_control_characters_of_the_device_do_not_reach_the_terminal(shown: Shown, answer: Document) -> None:
    answer["system-information"]["hostname"] = "evil\x1b[2Jhost\u202e"
    assert r"evil\x1b[2Jhost\u202e" in shown(answer)
    assert printable("Zürich, Rack 7 µs") == "Zürich, Rack 7 µs"


def test_lines_keep_to_the_width_where_columns_can_be_moved(
    shown: Shown, answer: Document, subtests: pytest.Subtests
) -> None:
    for width in (20, 40, 80, 200):
        with subtests.test(width=width):
            widest = max(len(line) for line in shown(answer, "network", width).splitlines()[1:])
            assert widest <= max(width, len("  transmit heartbeat errors  00:13:95:16:7c:9c"))


def test_an_empty_status_gives_a_page(inspected: Callable[[Document], Inspection]) -> None:
    assert "       0 unaccounted" in page(inspected({"data": {"system": {}}}), 80)


def test_columns_and_long_texts_that_do_not_fit_continue_below() -> None:
    rows = [("x", "one", "two"), ("a", "11111", "22222"), ("b", "3", "")]
    assert list(columns(rows, 10)) == [
        *("x  one", "a  11111", "b  3", ""),
        *("x  two", "a  22222", "b  -"),
    ]
    text = " ".join(["word"] * 7)
    assert list(pairs([("name", text)], 30)) == ["name  word word word word word", "      word word"]


def test_every_account_is_shown(shown: Shown, answer: Document) -> None:
    part = shown(answer, "Leaves of the status tree")
    assert [account for account in Account if f" {account}" not in part] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=st.fixed_dictionaries({"info": JSON, "x": JSON, "sync-status": JSON}), width=st.integers(1, 300))
def test_any_module_comes_to_a_page_that_only_prints(
    inspected: Callable[[Document], Inspection], answer: Document, width: int
) -> None:
    slots = [{"object-id": "io1", "slot-id": "io1", "module": answer}]
    text = page(inspected({"data": {"chassis0": {"slots": slots}, "y": answer}}), width)
    assert [line for line in text.splitlines() if not line.isprintable()] == []


def test_advice_names_the_modules_with_unknown_values_and_how_to_report_them(
    shown: Shown, with_module: Callable[..., Document]
) -> None:
    text = " ".join(shown(with_module(frobnication={"level": "3.5", "engaged": True}), "Advice").split())
    assert "2 values of new" in text
    assert "--report report.json" in text


def test_nothing_is_advised_for_a_device_that_is_fully_known(shown: Shown, answer: Document) -> None:
    assert "Advice" not in shown(answer)
