"""PLLs at any place in a module."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]


def test_the_lock_is_read(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: dict[str, tuple[dict[str, Any], str, float | None]] = {
        "a block": ({"lno": {"pll": {"locked": True}}}, "pll", 1),
        "a block with a word": ({"pll": {"state": "unlocked"}}, "pll", 0),
        "a leaf": ({"pll-locked": False}, "pll", 0),
        "a numbered leaf": ({"liu": {"pll-2-state": "locked"}}, "pll-2", 1),
        "a word": ({"pll": "locked"}, "pll", 1),
        "a sensor with a mask": ({"info": {"sensors": {"pll-1": {"flags": 1}}}}, "pll-1", 1),
        "a mask without the bit": ({"info": {"sensors": {"pll-1": {"flags": 0}}}}, "pll-1", 0),
        "a sentinel": ({"pll": {"locked": "N/A"}}, "pll", None),
    }
    for case, (module, pll, expected) in rows.items():
        with subtests.test(case):
            assert cards(io1=module).one("lantime_pll_locked", slot="io1", pll=pll) == expected


def test_the_control_voltage_is_read_where_its_unit_is_exported(cards: Cards, subtests: pytest.Subtests) -> None:
    for members, expected in [
        ({"control-voltage-mv": 2350}, 2.35),
        ({"control-voltage-v": "2.35"}, 2.35),
        ({"control-voltage": 2.35, "unit": "V"}, 2.35),
        ({"value": 2350, "unit": "mV"}, 2.35),
        ({"control-voltage": 2.35}, None),
        ({"control-voltage": 2.35, "unit": "bar"}, None),
    ]:
        with subtests.test(members=members):
            found = cards(io1={"info": {"sensors": {"pll-1": members}}})
            assert found.one("lantime_pll_control_voltage_volts", slot="io1", pll="pll-1") == expected


def test_a_bare_number_stays_generic(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "x", "sensors": {"pll-1": 2.35}}})
    assert found.one("lantime_module_value", slot="io1", model="x", path="info/sensors/pll-1") == 2.35


def test_a_malformed_lock_costs_its_own_series_only(cards: Cards) -> None:
    found = cards(io1={"pll-1": {"locked": "purple"}, "pll-2": {"locked": True}})
    assert found["lantime_pll_locked"] == {frozenset({("slot", "io1"), ("pll", "pll-2")}): 1}


def test_a_module_without_pll_has_none(cards: Cards) -> None:
    assert "lantime_pll_locked" not in cards(io1={"pull": {"locked": True}})
