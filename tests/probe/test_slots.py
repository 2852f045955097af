"""Probes that are limited to some slots of a device."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from lantime_exporter.config.settings import Module
from lantime_exporter.errors import RequestError
from lantime_exporter.probe.service import ProbeService

from tests.device.device_fakes import FakeDevice, Request, answer, by_request
from tests.probe.conftest import Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import watching

STATUS = "/api/status"


def slot(name: str, model: str) -> dict[str, object]:
    return {"slot-id": name, "slot-type": name[:3], "module": {"info": {"model": model}}}


TREE: dict[str, Any] = {
    "data": {
        "system": {},
        "chassis0": {
            "slots": [slot("clk1", "gns181"), slot("rel1", "rel1000"), {"slot-id": "clk2", "slot-type": "clk"}]
        },
        "chassis1": {"slots": [slot("clk1", "grc180")]},
    }
}


def node(*names: str) -> bytes | None:
    """Return the response for the slot of a chassis, None if it does not exist."""
    chassis, _, wanted = names
    slots = TREE["data"].get(chassis, {}).get("slots", [])
    return next((json.dumps({"data": item}).encode() for item in slots if item["slot-id"] == wanted), None)


Paths = list[str]
Reply = Callable[[str], bytes]


def every_node(path: str) -> bytes:
    """Respond like a device with a path for every node."""
    if path == STATUS:
        return answer(json.dumps(TREE).encode())
    body = node(*path.removeprefix(f"{STATUS}/").split("/"))
    return answer(b"", status=404) if body is None else answer(body)


def only_the_whole(path: str) -> bytes:
    """Respond like a device without paths for slots."""
    return every_node(path) if path == STATUS else answer(b"", status=404)


def whole_for_everything(path: str) -> bytes:
    """Respond like a device that returns the whole status for any path."""
    return every_node(STATUS)


@pytest.fixture
def device(watch: Watch) -> Iterator[Callable[[Reply], tuple[ProbeService, FakeDevice]]]:
    """Return a function that starts a device with these responses by path, and an exporter for it."""
    with ExitStack() as stack:

        def start(reply: Reply) -> tuple[ProbeService, FakeDevice]:
            def behave(request: Request) -> bytes:
                return reply(request.line.split()[1])

            fake = stack.enter_context(FakeDevice(by_request(behave)))
            return watch(watching(fake.address)), fake

        yield start


Device = Callable[[Reply], tuple[ProbeService, FakeDevice]]


def requested(fake: FakeDevice) -> Paths:
    """Return the paths of the requests so far, and forget them."""
    paths = [request.line.split()[1] for request in fake.requests]
    fake.requests.clear()
    return paths


def test_one_slot_is_read_by_its_own_path(device: Device) -> None:
    exporter, fake = device(every_node)
    samples = probe(exporter, slots=("rel1",))
    assert requested(fake) == [f"{STATUS}/chassis0/slots/rel1"]
    assert samples.labels("lantime_slot_occupied", "slot") == {"rel1"}


def test_a_slot_of_another_chassis_is_read_by_its_own_path(device: Device) -> None:
    exporter, fake = device(every_node)
    samples = probe(exporter, slots=("chassis1/clk1",))
    assert requested(fake) == [f"{STATUS}/chassis1/slots/clk1"]
    assert samples.one("lantime_slot_occupied", slot="chassis1/clk1", type="clk") == 1


def test_the_first_chassis_may_be_named_too(device: Device) -> None:
    exporter, fake = device(every_node)
    samples = probe(exporter, slots=("chassis0/clk1", "clk1"))
    assert requested(fake) == [f"{STATUS}/chassis0/slots/clk1"]
    assert samples.labels("lantime_slot_occupied", "slot") == {"clk1"}


def test_several_slots_are_taken_from_the_whole_status(device: Device) -> None:
    exporter, fake = device(every_node)
    samples = probe(exporter, slots=("clk1", "chassis1/clk1"))
    assert requested(fake) == [STATUS]
    assert samples.labels("lantime_slot_occupied", "slot") == {"clk1", "chassis1/clk1"}


def test_an_empty_slot_is_known(device: Device) -> None:
    exporter, _ = device(every_node)
    assert probe(exporter, slots=("clk2",)).one("lantime_slot_occupied", slot="clk2", type="clk") == 0


@pytest.mark.parametrize("reply", [every_node, only_the_whole, whole_for_everything])
@pytest.mark.parametrize("slots", [("rel9",), ("clk1", "rel9"), ("chassis7/clk1",)])
def test_an_unknown_slot_is_refused_with_the_occupied_ones(
    device: Device, reply: Reply, slots: tuple[str, ...]
) -> None:
    exporter, _ = device(reply)
    with pytest.raises(RequestError) as refusal:
        probe(exporter, slots=slots)
    occupied = "clk1 (gns181), rel1 (rel1000), chassis1/clk1 (grc180)"
    assert str(refusal.value) == f"slot: the device has no such slot; occupied: {occupied}"


def test_an_invalid_slot_is_rejected_before_a_request(device: Device, subtests: pytest.Subtests) -> None:
    for name in [
        "..",
        ".",
        "chassis1/..",
        "../system",
        "a/b/c",
        "clk1/",
        "/clk1",
        "clk 1",
        "chassis1/",
        "clk1?x",
        "%2e%2e",
        "é",
    ]:
        with subtests.test(name=name):
            exporter, fake = device(every_node)
            with pytest.raises(RequestError, match=r"^slot: not the name of a slot"):
                probe(exporter, slots=(name,))
            assert requested(fake) == []


@pytest.mark.parametrize("reply", [only_the_whole, whole_for_everything])
def test_a_device_without_paths_for_slots_gets_a_request_for_the_whole_status(device: Device, reply: Reply) -> None:
    exporter, _ = device(reply)
    samples = probe(exporter, slots=("rel1",))
    assert samples.reason == "none"
    assert samples.labels("lantime_slot_occupied", "slot") == {"rel1"}


@pytest.mark.parametrize("reply", [only_the_whole, whole_for_everything])
def test_missing_paths_for_slots_are_remembered(device: Device, reply: Reply) -> None:
    exporter, fake = device(reply)
    probe(exporter, slots=("rel1",))
    requested(fake)
    probe(exporter, slots=("clk1",))
    assert requested(fake) == [STATUS]


def test_an_unknown_slot_does_not_affect_others(device: Device) -> None:
    exporter, fake = device(every_node)
    with pytest.raises(RequestError):
        probe(exporter, slots=("rel9",))
    requested(fake)
    probe(exporter, slots=("rel1",))
    assert requested(fake) == [f"{STATUS}/chassis0/slots/rel1"]


def test_with_min_interval_the_slots_share_one_request(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(server.url, module=Module(min_interval=30.0)))
    for slots in (("clk1",), ("pwr1",), ()):
        assert probe(exporter, slots=slots).reason == "none"
    assert server.traffic.count(STATUS) == server.traffic.count() == 1


def test_a_device_without_rest_api_fails_with_its_status(device: Device) -> None:
    exporter, _ = device(lambda _: answer(b"", status=404))
    assert probe(exporter, slots=("rel1",)).reason == "status"


def test_a_slot_has_the_series_that_it_has_in_the_whole_status(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(server.url))
    own = {key for key in probe(exporter, slots=("clk1",)) if ("slot", "clk1") in key[1]}
    assert own
    assert own == {key for key in probe(exporter) if ("slot", "clk1") in key[1]}
    assert server.traffic.count(f"{STATUS}/chassis0/slots/clk1") == 1


def test_the_cpu_is_taken_from_the_whole_status(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    probe(watch(watching(server.url)), slots=("cpu",))
    assert server.traffic.count(STATUS) == server.traffic.count() == 1
