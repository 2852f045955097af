"""promtool finds no problem in any page."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from lantime_exporter.cli import demo
from lantime_exporter.cli.serve import serving
from lantime_simulator import CATALOGUE, Lantime, SimulatedNetwork

from tests.integration.watched import Watched

ACCEPTED = {
    # Speeds of ports are usually in bits.
    'lantime_network_speed_bits_per_second use base unit "bytes" instead of "bits"',
}


@pytest.fixture(scope="module")
def every_device() -> Iterator[Watched]:
    """An exporter for every simulated device."""
    lantimes = {name: Lantime(make()) for name, make in CATALOGUE.items()}
    with ExitStack() as stack:
        simulated = stack.enter_context(SimulatedNetwork(lantimes.values()))
        settings = demo.settings(dict(zip(lantimes, simulated.servers, strict=True)), "")
        service = stack.enter_context(serving(lambda: settings, ("127.0.0.1:0",)))
        yield Watched(lantimes, service.server.addresses[0])


@pytest.fixture
def complaints(program: Callable[[str], str]) -> Callable[[str], set[str]]:
    """Return a function from a page to the problems that promtool finds."""
    promtool = program("promtool")

    def check(page: str) -> set[str]:
        checked = subprocess.run(  # noqa: S603 - promtool, where it was found
            [promtool, "check", "metrics"], input=page, capture_output=True, text=True, check=False
        )
        output = (checked.stdout + checked.stderr).splitlines()
        assert bool(output) == bool(checked.returncode)
        return set(output)

    return check


def test_the_probe_of_every_device_is_clean(
    every_device: Watched, complaints: Callable[[str], set[str]], subtests: pytest.Subtests
) -> None:
    for name in CATALOGUE:
        with subtests.test(name=name):
            page = every_device.get("/probe", target=name)
            assert "\nlantime_up 1.0\n" in page
            assert complaints(page) <= ACCEPTED


def test_the_failed_probe_is_clean(every_device: Watched, complaints: Callable[[str], set[str]]) -> None:
    every_device.lantimes["m600"].activate("status-500")
    page = every_device.get("/probe", target="m600")
    every_device.lantimes["m600"].activate()
    assert "\nlantime_up 0.0\n" in page
    assert not complaints(page)


def test_the_exporter_itself_is_clean(every_device: Watched, complaints: Callable[[str], set[str]]) -> None:
    every_device.get("/probe", target="m300")
    assert not complaints(every_device.get("/metrics"))
