"""A thousand targets in one exporter: each probe depends only on its own device."""

from concurrent.futures import ThreadPoolExecutor

from lantime_exporter.device.client import SYSTEM_CLOCKS
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.probe import ProbeRequest
from lantime_exporter.probe.service import ProbeService
from lantime_simulator import Lantime, SimulatedNetwork, m600

from tests.probe.probe_pages import read
from tests.probe.probe_settings import PASSWORD, USER, watching

DEVICES = 1000

SCENES = {
    0: ("status-500", "status"),
    3: ("wrong-password", "auth"),
    6: ("html", "content"),
    8: ("truncated", "connect"),
}
"""Failing devices among ten, their scenarios, and the reasons of the probes."""


def reason(number: int) -> str:
    """Return the expected reason for the device with this number."""
    return SCENES[number % 10][1] if number % 10 in SCENES else "none"


def test_a_thousand_targets_do_not_share_each_others_failures(catalogue: CollectorRegistry) -> None:
    lantimes = [Lantime(m600(number + 1)) for number in range(DEVICES)]
    with SimulatedNetwork(lantimes, credentials=(USER, PASSWORD)) as simulated:
        for number, lantime in enumerate(lantimes):
            if number % 10 in SCENES:
                lantime.activate(SCENES[number % 10][0])
        exporter = ProbeService(
            lambda: watching(*(server.url for server in simulated.servers)), catalogue, SYSTEM_CLOCKS
        )
        with ThreadPoolExecutor(16) as pool:
            pages = list(
                pool.map(lambda n: read(exporter.probe(ProbeRequest(target=f"lantime-{n + 1}"))), range(DEVICES))
            )
        exporter.close()
    found = [(page.reason, page.labels("lantime_device_info", "serial_number")) for page in pages]
    expected = [
        (reason(number), {lantime.device.serial_number} if reason(number) == "none" else set())
        for number, lantime in enumerate(lantimes)
    ]
    assert found == expected
