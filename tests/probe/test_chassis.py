"""A modular device over HTTP: cards removed between two probes, and probes of single slots."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from lantime_exporter.errors import RequestError
from lantime_exporter.probe.service import ProbeService
from lantime_simulator import Lantime, SimulatedDevice, SimulatedServer, carrier, m3000
from lantime_simulator.demo_devices import simulated_devices
from lantime_simulator.parts import families

from tests.probe.conftest import Watch
from tests.probe.probe_pages import Samples, probe
from tests.probe.probe_settings import PASSWORD, USER, watching

CARDS = [
    (family, spelling)
    for family, part in families().items()
    for spelling in part.spellings
    if family not in {"cpu", "psu", "clock"}
]


class ProbedDevices:
    """Simulated devices, each probed by a separate exporter, until the end of the test."""

    def __init__(self, watch: Watch, stack: ExitStack) -> None:
        self._watch = watch
        self._stack = stack

    def __call__(self, device: SimulatedDevice) -> tuple[Lantime, ProbeService]:
        lantime = Lantime(device)
        server = self._stack.enter_context(SimulatedServer(lantime, credentials=(USER, PASSWORD)))
        return lantime, self._watch(watching(server.url))


@pytest.fixture
def watched(watch: Watch) -> Iterator[ProbedDevices]:
    with ExitStack() as stack:
        yield ProbedDevices(watch, stack)


def of_slot(samples: Samples, slot: str) -> dict[str, set[frozenset[tuple[str, str]]]]:
    """Return the series of a slot by name."""
    found: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for name, labels in samples:
        if ("slot", slot) in labels:
            found.setdefault(name, set()).add(labels)
    return found


@pytest.mark.parametrize(("family", "spelling"), CARDS)
def test_a_pulled_card_leaves_an_empty_slot_and_no_series(watched: ProbedDevices, family: str, spelling: str) -> None:
    lantime, exporter = watched(carrier(family, spelling))
    before = probe(exporter)
    lantime.activate("module-pulled@io1")
    after = probe(exporter)
    assert after.one("lantime_http_connection_reused") == 1
    assert len(of_slot(before, "io1")) > 2
    assert set(of_slot(after, "io1")) == {"lantime_slot_occupied"}
    occupied = [samples.one("lantime_slot_occupied", slot="io1", type="io") for samples in (before, after)]
    assert occupied == [1, 0]


def test_a_pulled_clock_takes_its_series_along_and_leaves_those_of_the_other(watched: ProbedDevices) -> None:
    lantime, exporter = watched(m3000())
    before = probe(exporter)
    lantime.activate("module-pulled@clk1")
    after = probe(exporter)
    gone = of_slot(before, "clk1").keys() - of_slot(after, "clk1").keys()
    assert of_slot(before, "clk2").keys() <= gone | {"lantime_slot_occupied"}
    assert after.one("lantime_slot_occupied", slot="clk1", type="clk") == 0
    assert of_slot(after, "clk2").keys() == of_slot(before, "clk2").keys()


def test_a_reinserted_card_has_its_series_again(watched: ProbedDevices) -> None:
    lantime, exporter = watched(carrier("rel"))
    before = probe(exporter)
    for scenario in ("module-pulled@io1", "healthy"):
        lantime.activate(scenario)
        after = probe(exporter)
    assert of_slot(after, "io1") == of_slot(before, "io1")


def test_each_slot_of_a_chassis_has_the_series_that_it_has_in_the_whole_status(watched: ProbedDevices) -> None:
    lantime, exporter = watched(m3000())
    whole = probe(exporter)
    outside = ("lantime_network_info", "lantime_xhe_")
    for slot in lantime.device.fitted():
        alone = probe(exporter, slots=(slot.name,))
        expected = {key: found for key, found in of_slot(whole, slot.name).items() if not key.startswith(outside)}
        samples = {key: found for key, found in of_slot(alone, slot.name).items() if not key.startswith(outside)}
        assert samples == expected, slot.name


def test_several_slots_of_a_chassis_are_returned_together(watched: ProbedDevices) -> None:
    _, exporter = watched(m3000())
    samples = probe(exporter, slots=("io3", "scu1"))
    assert samples.labels("lantime_slot_occupied", "slot") == {"io3", "scu1"}
    assert samples.labels("lantime_relay_state", "slot") == {"io3"}
    assert samples.labels("lantime_switch_mode", "slot") == {"scu1"}


def test_an_unknown_slot_of_a_chassis_is_refused_with_the_occupied_ones(watched: ProbedDevices) -> None:
    lantime, exporter = watched(m3000())
    occupied = ", ".join(f"{slot.name} ({slot.module.model})" for slot in lantime.device.fitted() if slot.module)
    with pytest.raises(RequestError) as refusal:
        probe(exporter, slots=("io99",))
    assert str(refusal.value) == f"slot: the device has no such slot; occupied: {occupied}"


def test_the_fleet_of_the_demo_has_every_family_of_cards() -> None:
    slots = [slot for lantime in simulated_devices().values() for slot in lantime.device.slots]
    assert {slot.module.family for slot in slots if slot.module} == set(families()) - {"invented"}
