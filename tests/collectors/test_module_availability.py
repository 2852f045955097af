"""The state of a card on the backplane."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.collectors.conftest import Samples

NAME = "lantime_module_availability"


@pytest.fixture
def slot(collect: Callable[..., Samples]) -> Callable[..., Samples]:
    """Return a function from the members of a slot to the samples of a chassis with only that slot."""
    return lambda **members: collect({"data": {"chassis0": {"slots": [{"slot-id": "io1", **members}]}}})


def test_the_state_is_read_in_each_of_its_forms(slot: Callable[..., Samples], subtests: pytest.Subtests) -> None:
    rows: list[dict[str, Any]] = [
        {"state": "initializing"},
        {"availability": 2},
        {"module": {"device-state": "Initialising"}},
        {"module": {"availability": "initializing [2]"}},
    ]
    for members in rows:
        with subtests.test(members=members):
            assert slot(**members).states(NAME, slot="io1") == {"initializing"}


@pytest.mark.parametrize(("raw", "word"), [("melted", "melted"), (9, "9"), ("not-available", "not-available")])
def test_an_unknown_state_is_shown(slot: Callable[..., Samples], raw: object, word: str) -> None:
    assert slot(availability=raw).states(NAME, slot="io1") == {word}


def test_the_state_of_something_else_in_the_module_is_not_taken(slot: Callable[..., Samples]) -> None:
    assert NAME not in slot(module={"state": "synchronized"})


def test_a_slot_without_a_state_has_no_series(slot: Callable[..., Samples]) -> None:
    assert NAME not in slot(module={})
