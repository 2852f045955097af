"""SIGHUP reloads the configuration; SIGTERM and SIGINT end the exporter in order."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from lantime_exporter.cli.process_signals import received
from lantime_simulator import Lantime, SimulatedServer, m600

from tests.cli.cli_process import Exporter
from tests.device.device_fakes import FakeDevice, Peer, answer

SECONDS_TO_END = 5.0
STOP = [signal.SIGTERM, signal.SIGINT]


@pytest.fixture
def exporter(server: SimulatedServer, configure: Callable[..., Path]) -> Iterator[Exporter]:
    """An exporter with the target ``a``."""
    with Exporter("--config.file", str(configure(a=server.url)), "--web.listen-address", "127.0.0.1:0") as running:
        yield running


def reload_state(exporter: Exporter) -> float:
    lines = exporter.get("/metrics").text.splitlines()
    name = "lantime_exporter_config_last_reload_successful "
    return next(float(line.removeprefix(name)) for line in lines if line.startswith(name))


def test_sighup_reads_the_file_again(
    exporter: Exporter, server: SimulatedServer, configure: Callable[..., Path]
) -> None:
    assert exporter.get("/probe?target=b").status_code == 400
    configure(b=server.url)
    exporter.send(signal.SIGHUP)
    exporter.wait_for_line("configuration reloaded")
    assert "\nlantime_up 1.0\n" in exporter.get("/probe?target=b").text
    assert reload_state(exporter) == 1


def test_sighup_with_a_bad_file_keeps_the_old_configuration(
    exporter: Exporter, server: SimulatedServer, configure: Callable[..., Path]
) -> None:
    assert exporter.url
    file = configure(a=server.url)
    file.write_text("targets: 1")
    exporter.send(signal.SIGHUP)
    exporter.wait_for_line(f"level=error .*the old configuration stays in force: {file}: targets: ")
    assert reload_state(exporter) == 0
    assert "\nlantime_up 1.0\n" in exporter.get("/probe?target=a").text
    configure(a=server.url)
    exporter.send(signal.SIGHUP)
    exporter.wait_for_line("configuration reloaded")
    assert reload_state(exporter) == 1


def test_sigterm_ends_it_with_0(exporter: Exporter) -> None:
    assert exporter.get("/-/healthy").status_code == 200
    assert exporter.seconds_to_end(signal.SIGTERM) < 2.0
    assert exporter.wait() == 0
    assert "Traceback" not in exporter.stderr
    assert "msg=stopping" in exporter.stderr


def test_a_second_sigint_changes_nothing(exporter: Exporter) -> None:
    assert exporter.url
    exporter.send(signal.SIGINT)
    exporter.send(signal.SIGINT)
    assert exporter.wait() == 0
    assert "Traceback" not in exporter.stderr


def probing(exporter: Exporter) -> requests.Response | None:
    """Return the response of a probe, None if the connection ended before it."""
    try:
        return exporter.get("/probe?target=a")
    except requests.ConnectionError:
        return None


def test_a_probe_that_runs_at_sigterm_finishes(configure: Callable[..., Path]) -> None:
    received_request, stopping = threading.Event(), threading.Event()
    body = Lantime(m600()).body("/api/status")

    def behave(peer: Peer) -> None:
        while peer.read_request():
            received_request.set()
            stopping.wait(10)
            peer.send(answer(body))

    with (
        FakeDevice(behave) as device,
        Exporter("--config.file", str(configure(a=device.address)), "--web.listen-address", "127.0.0.1:0") as exporter,
        ThreadPoolExecutor(1) as pool,
    ):
        running = pool.submit(probing, exporter)
        assert received_request.wait(10)
        exporter.send(signal.SIGTERM)
        exporter.wait_for_line("stopping")
        stopping.set()
        assert exporter.wait() == 0
        response = running.result()
    assert response is not None
    assert "\nlantime_up 1.0\n" in response.text


def test_a_probe_of_a_device_that_hangs_does_not_keep_it_from_ending(configure: Callable[..., Path]) -> None:
    received_request = threading.Event()

    def behave(peer: Peer) -> None:
        peer.read_request()
        received_request.set()
        peer.wait()

    with (
        FakeDevice(behave) as device,
        Exporter("--config.file", str(configure(a=device.address)), "--web.listen-address", "127.0.0.1:0") as exporter,
        ThreadPoolExecutor(1) as pool,
    ):
        running = pool.submit(probing, exporter)
        assert received_request.wait(10)
        assert exporter.seconds_to_end(signal.SIGTERM) < SECONDS_TO_END
        assert exporter.wait() == 0
        assert running.result() is None
    assert "Traceback" not in exporter.stderr


def test_a_signal_is_received_whichever_thread_it_reaches() -> None:
    woken, helped = threading.Event(), threading.Event()

    def send() -> None:
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        if not woken.wait(SECONDS_TO_END):
            helped.set()
            os.kill(os.getpid(), signal.SIGUSR2)

    with received(signal.SIGUSR1, signal.SIGUSR2) as next_signal:
        sender = threading.Timer(0.2, send)
        sender.start()
        assert next_signal() == signal.SIGUSR1
        woken.set()
        sender.join()
    assert not helped.is_set()


def test_sigterm_is_not_lost_among_more_signals_than_are_kept() -> None:
    with received(*STOP, signal.SIGHUP) as next_signal:
        for _ in range(3000):
            os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
        assert next_signal() == signal.SIGTERM


def test_signals_that_came_meanwhile_count_once() -> None:
    with received(signal.SIGUSR1, signal.SIGHUP) as next_signal:
        for _ in range(100):
            os.kill(os.getpid(), signal.SIGHUP)
        assert next_signal() == signal.SIGHUP
        os.kill(os.getpid(), signal.SIGUSR1)
        assert next_signal() == signal.SIGUSR1
