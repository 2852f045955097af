"""States: compared leniently, exported in the spelling of LTOS."""

import pytest
from lantime_exporter.document.enumeration import Enumeration, kebab, normalise
from lantime_exporter.document.shape import Scalar

CLOCK = Enumeration(
    ("not-synchronized", "synchronized", "holdover"),
    raw={0: "not-synchronized", 1: "synchronized", 2: "holdover"},
    spellings={"synced": "synchronized"},
)


def test_one_state_has_many_spellings(subtests: pytest.Subtests) -> None:
    cases: list[Scalar] = [
        "holdover",
        "Holdover",
        " holdover ",
        "holdover [2]",
        "HOLD_OVER",
        "hold over",
        "hold-over",
        2,
        "2",
        2.0,
    ]
    for value in cases:
        with subtests.test(value=value):
            assert CLOCK.state(value) == "holdover"


def test_another_spelling_means_the_known_word() -> None:
    assert CLOCK.state("Synced") == "synchronized"


def test_an_unknown_word_stays_unchanged(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Scalar, str]] = [
        ("Free Running", "free-running"),
        ("none", "none"),
        ("unknown", "unknown"),
        (7, "7"),
        ("7", "7"),
        (2.5, "2.5"),
    ]
    for value, word in cases:
        with subtests.test(value=value):
            assert CLOCK.state(value) == word


def test_a_sentinel_is_not_a_state(subtests: pytest.Subtests) -> None:
    for value in (None, "", " ", "-", "N/A", "never", "null"):
        with subtests.test(value=value):
            assert CLOCK.state(value) is None


@pytest.mark.parametrize(("value", "word"), [(True, "true"), (False, "false")])
def test_a_boolean_is_a_word_and_not_a_number(value: Scalar, word: str) -> None:
    assert CLOCK.state(value) == word


def test_words_that_differ_only_in_punctuation_are_equal() -> None:
    assert normalise("no-leap-second") == normalise("no_leapsecond [0]") == "noleapsecond"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [("Warmed Up", "warmed-up"), ("not__warmed_up ", "not-warmed-up"), ("11111111 [377]", "11111111")],
)
def test_a_word_is_spelled_in_kebab_case_without_its_number(text: str, spelled: str) -> None:
    assert kebab(text) == spelled


def test_an_enumeration_counts_from_its_start() -> None:
    assert Enumeration.counted("connected", "disconnected", start=1).raw == {1: "connected", 2: "disconnected"}


def test_a_long_text_of_blanks_takes_little_time() -> None:
    assert kebab("a" + " " * 200_000 + "b") == "a-b"


def test_a_text_longer_than_any_word_is_left_alone_because_it_would_cost_cpu() -> None:
    assert normalise("K_" * 450) == "K_" * 450
