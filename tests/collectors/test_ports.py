"""Ports are found in every form, and named without words such as ``output``."""

from collections.abc import Callable
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry

from tests.collectors.conftest import Samples

Cards = Callable[..., Samples]

ENABLED = "lantime_output_enabled"
PRESENT = "lantime_input_signal_present"


def labels(samples: Samples, metric: str, label: str) -> set[str]:
    """Return the values of a label of all series of a metric."""
    return {dict(found)[label] for found in samples.get(metric, {})}


def test_an_output_is_found_and_named_by_its_number(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: dict[str, dict[str, Any]] = {
        "a list of outputs": {"outputs": [{"object-id": "output-1", "enabled": True}]},
        "an object of outputs": {"Outputs": {"output_1": {"enabled": True}}},
        "in a block of the card": {"card": {"outputs": [{"object-id": "out1", "enabled": True}]}},
        "a block for each": {"output-1": {"enabled": True}},
        "leaves with the port in their key": {"output-1-enabled": True},
        "such leaves in a block": {"card": {"out-1-enabled": True}},
        "by direction": {"ports": [{"object-id": "port-1", "direction": "output", "enabled": True}]},
        "by direction as a number": {"ports": [{"object-id": "io1", "dir": 1, "enabled": True}]},
        "against its name": {"inputs": [{"object-id": "1", "direction": "out", "enabled": True}]},
        "by the card's kind": {"info": {"model": "bpe"}, "ports": [{"object-id": "port-1", "enabled": True}]},
    }
    for case, module in rows.items():
        with subtests.test(case):
            assert cards(io1=module).one(ENABLED, slot="io1", output="1") == 1


def test_an_input_is_found_and_named_by_its_letter(cards: Cards, subtests: pytest.Subtests) -> None:
    rows: dict[str, dict[str, Any]] = {
        "a list of inputs": {"inputs": [{"object-id": "in-a", "signal-present": True}]},
        "a block for each": {"input-a": {"signal-present": True}},
        "leaves with the port in their key": {"in-a-signal-present": True},
        "by direction": {"ports": {"port-a": {"direction": 0, "signal-present": True}}},
        "by a member that only inputs have": {"a": {"signal-present": True}},
    }
    for case, module in rows.items():
        with subtests.test(case):
            assert cards(io1=module).one(PRESENT, slot="io1", input="a") == 1


def test_a_name_of_its_own_is_kept(cards: Cards) -> None:
    found = cards(io1={"vsi": {"black-burst": {"signal-present": True}, "ltc": {"signal-present": False}}})
    assert labels(found, PRESENT, "input") == {"black-burst", "ltc"}


def test_elements_without_a_name_go_by_their_index(cards: Cards) -> None:
    found = cards(io1={"outputs": [{"enabled": True}, {"enabled": False}]})
    assert labels(found, ENABLED, "output") == {"0", "1"}


def test_kinds_of_outputs_are_part_of_the_name(cards: Cards) -> None:
    port = [{"object-id": "output-1", "enabled": True}]
    found = cards(io1={"clock-outputs": port, "framed-outputs": port})
    assert labels(found, ENABLED, "output") == {"clock-1", "framed-1"}


def test_outputs_that_would_share_a_name_go_by_their_paths(cards: Cards) -> None:
    port = {"outputs": [{"object-id": "1", "enabled": True}]}
    found = cards(io1={"left": port, "right": port})
    assert labels(found, ENABLED, "output") == {"left/outputs/1", "right/outputs/1"}


def test_a_port_for_both_directions_is_an_input_and_an_output(cards: Cards) -> None:
    found = cards(io1={"ports": [{"object-id": "port-1", "direction": "input/output", "enabled": True}]})
    assert found.one(ENABLED, slot="io1", output="1") == found.one("lantime_input_enabled", slot="io1", input="1") == 1


def test_a_direction_that_changes_moves_the_port(catalogue: CollectorRegistry) -> None:
    mapper = Mapper(catalogue, Module())

    def ports_when(direction: str) -> set[str]:
        port = {"object-id": "port-1", "direction": direction, "enabled": True}
        module = {"ports": [port]}
        mapped = mapper.map({"data": {"chassis0": {"slots": [{"slot-id": "io1", "module": module}]}}})
        return {metric.name for metric, lines in mapped.families if lines}

    assert ENABLED not in ports_when("input")
    assert ENABLED in ports_when("output")


def test_an_unknown_direction_is_shown_and_no_port(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "x"}, "ports": [{"object-id": "port-1", "direction": "sideways"}]})
    path = "ports/port-1/direction"
    assert found.one("lantime_module_state", slot="io1", model="x", path=path, state="sideways") == 1


def test_ports_of_a_card_whose_directions_are_not_known_stay_generic(cards: Cards) -> None:
    found = cards(io1={"info": {"model": "x"}, "ports": [{"object-id": "port-1", "enabled": True}]})
    assert ENABLED not in found
    assert found.one("lantime_module_flag", slot="io1", model="x", path="ports/port-1/enabled") == 1


def test_sensors_and_references_are_no_ports(cards: Cards) -> None:
    found = cards(
        io1={
            "info": {"sensors": {"voltage-1": {"overload": False, "out-enabled": True}}},
            "mrs": [{"object-id": "priority0", "settled": True}],
        }
    )
    assert "lantime_output_overload" not in found
    assert "lantime_output_settled" not in found
