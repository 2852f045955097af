import json
from collections.abc import Iterator
from typing import Any

import pytest
from lantime_simulator import document, m600

from tests.captures import CAPTURE, require_capture
from tests.simulator.simulator_differences import leaves

require_capture()

OWN = document(m600(power_supplies=1), (), 100.0, 1_792_000_000.0)


@pytest.fixture(scope="module")
def capture() -> Any:
    return json.loads(CAPTURE.read_text(encoding="utf-8"))


def structure(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path with its JSON type; elements of a list are alike."""
    if isinstance(value, dict):
        yield path, "object"
        for key, item in value.items():
            yield from structure(item, f"{path}/{key}")
    elif isinstance(value, list):
        yield path, "list"
        for item in value:
            yield from structure(item, f"{path}[]")
    else:
        yield path, type(value).__name__


def events(response: Any) -> dict[str, str]:
    return {event["object-id"]: event["type"] for event in response["data"]["notification"]["events"]}


def test_has_the_paths_and_types_of_the_real_device(capture: Any) -> None:
    assert set(structure(OWN)) == set(structure(capture))


def test_has_the_events_of_the_real_device(capture: Any) -> None:
    assert events(OWN) == events(capture)


def test_has_the_slots_services_and_packages_of_the_real_device(capture: Any) -> None:
    def names(response: Any) -> Any:
        data = response["data"]
        return (
            [(slot["slot-id"], slot["slot-type"], slot["slot-orientation"]) for slot in data["chassis0"]["slots"]],
            {kind: set(services) for kind, services in data["services"].items()},
            {package["object-id"] for package in data["system"]["firmware"]["packages"]},
            {storage["object-id"]: storage["mountpoint"] for storage in data["system"]["storage"]},
        )

    assert names(OWN) == names(capture)


IDENTITIES = (
    "/system-information/serial-number",
    "/system-information/hostname",
    "/data/system/position",
    "/data/system/memory",
    "/data/chassis0/serial-number",
    "/data/chassis0/slots/clk1/module/info/serial-number",
    "/data/chassis0/slots/clk1/module/satellites/latitude",
    "/data/chassis0/slots/clk1/module/satellites/position-x",
    "/data/network/ports/lan0/mac-address",
    "/data/network/ports/lan0/statistics/rx-bytes",
    "/data/network/interfaces/vif0/addresses/ipv4-static/address",
    "/data/ntp/ref_1/association-id",
)


def test_is_not_a_copy_of_the_real_device(capture: Any) -> None:
    own, real = dict(leaves(OWN)), dict(leaves(capture))
    assert [path for path in IDENTITIES if own[path] == real[path]] == []
