"""``demo``: everything that it prints works, and it leaves nothing behind."""

import re
import signal
from collections.abc import Iterator

import pytest
import requests

from tests.cli.cli_process import PATIENCE, Exporter


@pytest.fixture
def demo() -> Iterator[Exporter]:
    with Exporter("demo", "--web.listen-address", "127.0.0.1:0") as running:
        running.wait_for_line("try: curl", "stdout")
        yield running


def text(url: str) -> str:
    response = requests.get(url, timeout=PATIENCE)
    assert response.status_code == 200
    return response.text


def test_every_device_it_prints_answers_until_ctrl_c(demo: Exporter) -> None:
    page = demo.wait_for_line(r"http://\S+/", "stdout")[0]
    devices = re.findall(r"^  (\S+) +(http://\S+)$", demo.stdout, re.MULTILINE)
    assert {"m600", "m300"} <= dict(devices).keys()
    for name, address in devices:
        assert "\nlantime_up 1.0\n" in text(f"{page}probe?target={name}")
        assert requests.get(address, timeout=PATIENCE).status_code == 401
    assert "\nlantime_up 1.0\n" in text(demo.wait_for_line("curl '(.*)'", "stdout")[1])
    assert "<title>" in text(page)
    demo.send(signal.SIGINT)
    assert demo.wait() == 0
    assert demo.stderr == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_before_anyone_asked(demo: Exporter, number: int) -> None:
    assert demo.seconds_to_end(number) < 2.0
    assert demo.wait() == 0
    assert demo.stderr == ""


def test_on_all_interfaces_it_prints_addresses_that_a_browser_takes(subtests: pytest.Subtests) -> None:
    for listen in (":0", "0.0.0.0:0", "[::]:0"):
        with subtests.test(listen=listen), Exporter("demo", "--web.listen-address", listen) as running:
            page = running.wait_for_line(r"http://localhost:\d+/", "stdout")[0]
            assert "<title>" in text(page)
