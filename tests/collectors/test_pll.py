"""PLLs, wherever in a module they are."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]


@pytest.mark.parametrize(
    ("module", "pll", "expected"),
    [
        pytest.param({"lno": {"pll": {"locked": True}}}, "pll", 1, id="a block"),
        pytest.param({"pll": {"state": "unlocked"}}, "pll", 0, id="a block with a word"),
        pytest.param({"pll-locked": False}, "pll", 0, id="a leaf"),
        pytest.param({"liu": {"pll-2-state": "locked"}}, "pll-2", 1, id="a numbered leaf"),
        pytest.param({"pll": "locked"}, "pll", 1, id="a word"),
        pytest.param({"info": {"sensors": {"pll-1": {"flags": 1}}}}, "pll-1", 1, id="a sensor with a mask"),
        pytest.param({"info": {"sensors": {"pll-1": {"flags": 0}}}}, "pll-1", 0, id="a mask without the bit"),
        pytest.param({"pll": {"locked": "N/A"}}, "pll", None, id="a sentinel"),
    ],
)
def test_the_lock_is_read(cards: Cards, module: dict[str, Any], pll: str, expected: float | None) -> None:
    assert cards(io1=module).one("lantime_pll_locked", slot="io1", pll=pll) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"control-voltage-mv": 2350}, 2.35),
        ({"control-voltage-v": "2.35"}, 2.35),
        ({"control-voltage": 2.35, "unit": "V"}, 2.35),
        ({"value": 2350, "unit": "mV"}, 2.35),
        ({"control-voltage": 2.35}, None),
        ({"control-voltage": 2.35, "unit": "bar"}, None),
    ],
)
def test_the_control_voltage_is_read_where_its_unit_is_exported(
    cards: Cards, members: dict[str, Any], expected: float | None
) -> None:
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
