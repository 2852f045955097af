"""``demo``: everything that it prints works, and it leaves nothing behind."""

import re
import signal
from collections.abc import Iterator

import pytest
import requests
from lantime_simulator.demo_devices import reachable

from tests.cli.cli_process import MAX_WAIT, Exporter


@pytest.fixture
def demo() -> Iterator[Exporter]:
    with Exporter("demo", "--web.listen-address", "127.0.0.1:0") as running:
        running.wait_for_line("try: curl", "stdout")
        yield running


def text(url: str) -> str:
    response = requests.get(url, timeout=MAX_WAIT)
    assert response.status_code == 200
    return response.text


def test_every_device_it_prints_works_until_ctrl_c(demo: Exporter) -> None:
    page = demo.wait_for_line(r"http://\S+/", "stdout")[0]
    devices = re.findall(r"^  (\S+) +(http://\S+)$", demo.stdout, re.MULTILINE)
    assert {"m600", "m300"} <= dict(devices).keys()
    for name, address in devices:
        assert "\nlantime_up 1.0\n" in text(f"{page}probe?target={name}")
        assert requests.get(address, timeout=MAX_WAIT).status_code == 401
    assert "\nlantime_up 1.0\n" in text(demo.wait_for_line("curl '(.*)'", "stdout")[1])
    assert "<title>" in text(page)
    demo.send(signal.SIGINT)
    assert demo.wait() == 0
    assert demo.stderr == ""


def test_it_ends_immediately_without_any_request(demo: Exporter) -> None:
    assert demo.seconds_to_end(signal.SIGTERM) < 2.0
    assert demo.wait() == 0
    assert demo.stderr == ""


def test_an_address_for_all_interfaces_is_printed_as_localhost() -> None:
    printed = [reachable(address) for address in ("[::]:1", "0.0.0.0:1", ":1", "127.0.0.1:1")]
    assert printed == ["localhost:1", "localhost:1", "localhost:1", "127.0.0.1:1"]
    with Exporter("demo", "--web.listen-address", ":0") as running:
        page = running.wait_for_line(r"http://localhost:\d+/", "stdout")[0]
        assert "<title>" in text(page)
