"""Voltage and current sensors: read if their unit is known; the state of their output."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]


def sensor(**sensors: Any) -> dict[str, Any]:
    """Return a module with these sensors; underscores in their names are hyphens."""
    return {"info": {"model": "x", "sensors": {name.replace("_", "-"): item for name, item in sensors.items()}}}


def test_a_sensor_is_read(cards: Cards, subtests: pytest.Subtests) -> None:
    for module, name, key, expected in [
        (sensor(voltage_1={"value": 12.1, "unit": "V"}), "voltage_volts", "voltage-1", 12.1),
        (sensor(supply_voltage_1={"voltage-mv": "12100"}), "voltage_volts", "supply-voltage-1", 12.1),
        (sensor(voltage_1={"value": 12.1}), "voltage_volts", "voltage-1", None),
        (sensor(voltage_1=12.1), "voltage_volts", "voltage-1", 12.1),
        (sensor(voltage_1={"val": 121, "exp": -1}), "voltage_volts", "voltage-1", 12.1),
        (sensor(current_1={"val": 25, "exp": 1, "unit": "mA"}), "current_amperes", "current-1", 0.25),
        (sensor(temperature_1={"val": 415, "exp": -1}), "temperature_celsius", "temperature-1", 41.5),
        (sensor(voltage_1={"value": "N/A", "unit": "V"}), "voltage_volts", "voltage-1", None),
        (sensor(current_1={"value": 250, "unit": "mA"}), "current_amperes", "current-1", 0.25),
        (sensor(board_supply_current={"current-a": 1.5}), "current_amperes", "board-supply-current", 1.5),
        (sensor(voltage_1={"flags": 0b01}), "sensor_output_enabled", "voltage-1", 1),
        (sensor(voltage_1={"flags": 0b01}), "sensor_overload", "voltage-1", 0),
        (sensor(voltage_1={"flags": 0b10}), "sensor_overload", "voltage-1", 1),
        (sensor(current_2={"overload": True}), "sensor_overload", "current-2", 1),
        (sensor(current_2={"enabled": "no"}), "sensor_output_enabled", "current-2", 0),
    ]:
        with subtests.test(module=module):
            assert cards(io1=module).one(f"lantime_module_{name}", slot="io1", sensor=key) == expected


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (sensor(voltage_1={"value": 12.1}), "voltage-1/value"),
        (sensor(voltage_1={"value": 12.1, "unit": "bar"}), "voltage-1/value"),
    ],
)
def test_a_figure_without_a_known_unit_stays_generic(cards: Cards, module: dict[str, Any], path: str) -> None:
    found = cards(io1=module)
    assert found.one("lantime_module_value", slot="io1", model="x", path=f"info/sensors/{path}") == 12.1


def test_an_invalid_value_costs_only_its_own_series(cards: Cards) -> None:
    found = cards(io1=sensor(voltage_1={"value": "high", "unit": "V", "overload": True}))
    assert "lantime_module_voltage_volts" not in found
    assert found.one("lantime_module_sensor_overload", slot="io1", sensor="voltage-1") == 1


def test_temperatures_are_no_voltages(cards: Cards) -> None:
    found = cards(io1=sensor(temperature_1=41.5))
    assert found.one("lantime_module_temperature_celsius", slot="io1", sensor="temperature-1") == 41.5
    assert "lantime_module_sensor_overload" not in found
