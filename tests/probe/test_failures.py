"""Failures of a device: the page has the reason in time, the log once, and the next probe is complete."""

import logging
import socket
import threading
import time
from dataclasses import dataclass

import pytest
from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.device.auth import MAX_PAUSE
from lantime_exporter.device.client import Clocks
from lantime_exporter.errors import FAILURE_REASONS
from lantime_exporter.probe.probe import ProbeRequest
from lantime_simulator import Lantime, m600

from tests.device.device_fakes import Behaviour, FakeDevice, Peer, answer, answering
from tests.probe.conftest import Clock, Simulate, Watch
from tests.probe.probe_pages import Samples, probe
from tests.probe.probe_settings import USER, watching

TIMEOUT = 1.5
LATE = 0.2
BODY = Lantime(m600()).body("/api/status")


@dataclass(frozen=True)
class Failure:
    reason: str
    answer: bytes | None
    """Bytes that the device sends; None for nothing."""

    @property
    def module(self) -> Module:
        """A short timeout only where the test waits for it: the healthy probe maps a new shape."""
        return Module(timeout=TIMEOUT if self.answer is None else 5.0)


FAILURES = {
    "401": Failure("auth", answer(b"<h1>401</h1>", status=401)),
    "403": Failure("auth", answer(b"<h1>403</h1>", status=403)),
    "404": Failure("status", answer(b"<h1>404</h1>", status=404)),
    "500": Failure("status", answer(b"<h1>500</h1>", status=500)),
    "redirect": Failure("status", answer(b"", status=302, headers=["Location: https://192.0.2.1/"])),
    "html": Failure("content", answer(b"<!DOCTYPE html><title>LANTIME</title>")),
    "empty body": Failure("content", answer(b"")),
    "truncated JSON": Failure("content", answer(BODY[: len(BODY) // 2])),
    "no status tree": Failure("content", answer(b'{"data": {"object-id": "LANTIME"}}')),
    "no object": Failure("content", answer(b'["data"]')),
    "no HTTP": Failure("content", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    "half a body": Failure("connect", answer(BODY[:100], length=len(BODY))),
    "hangs up": Failure("connect", b""),
    "silent": Failure("timeout", None),
}


def failing_first(failure: Failure, times: int) -> Behaviour:
    """Respond to so many requests with the failure, each on a separate connection, and to others correctly."""
    left = times

    def behave(peer: Peer) -> None:
        nonlocal left
        while peer.read_request():
            if left == 0:
                peer.send(answer(BODY))
                continue
            left -= 1
            if failure.answer is None:
                peer.wait()
            else:
                peer.send(failure.answer)
            return

    return behave


def assert_failed(samples: Samples, reason: str) -> None:
    assert samples.one("lantime_up") == 0
    assert samples.reason == reason
    assert samples.labels("lantime_probe_failure", "reason") == set(FAILURE_REASONS)
    assert all(name.startswith(("lantime_up", "lantime_probe_", "lantime_http_")) for name in samples.names)


@pytest.fixture
def complete(watch: Watch, simulate: Simulate) -> set[str]:
    """The names of all metrics of a healthy device."""
    return probe(watch(watching(simulate().url))).names


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_failure_is_reported_in_time_and_the_next_probe_is_complete(
    watch: Watch, complete: set[str], clock: Clock, clocks: Clocks, failure: Failure
) -> None:
    with FakeDevice(failing_first(failure, 1)) as device:
        exporter = watch(watching(device.address, module=failure.module), clocks=clocks)
        began = time.monotonic()
        assert_failed(probe(exporter), failure.reason)
        assert time.monotonic() - began < TIMEOUT + LATE
        clock.now += MAX_PAUSE
        samples = probe(exporter)
    assert samples.reason == "none"
    assert samples.one("lantime_up") == 1
    assert samples.names == complete


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_failure_is_logged_once_and_then_only_on_level_debug(
    watch: Watch, clock: Clock, clocks: Clocks, caplog: pytest.LogCaptureFixture, failure: Failure
) -> None:
    caplog.set_level(logging.DEBUG, "lantime_exporter.probe")
    with FakeDevice(failing_first(failure, 2)) as device:
        exporter = watch(watching(device.address, module=failure.module), clocks=clocks)
        for _ in range(3):
            probe(exporter)
            clock.now += MAX_PAUSE
    assert [record.levelname for record in caplog.records] == ["WARNING", "DEBUG", "INFO"]
    first, *_, last = caplog.messages
    assert first.startswith(f"probe of lantime-1 failed ({failure.reason}): 127.0.0.1:")
    assert last == "probe of lantime-1 succeeds again"


def test_another_reason_is_logged_again(watch: Watch, simulate: Simulate, caplog: pytest.LogCaptureFixture) -> None:
    server = simulate("html")
    exporter = watch(watching(server.url))
    probe(exporter)
    server.lantime.activate("status-500")
    probe(exporter)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_refused_connection_is_reported_and_the_next_probe_is_complete(watch: Watch, complete: set[str]) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        exporter = watch(watching(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        assert_failed(probe(exporter), "connect")
        listener.listen()
        device = threading.Thread(target=answer_one, args=(listener,))
        device.start()
        samples = probe(exporter)
        device.join()
    assert samples.names == complete


def answer_one(listener: socket.socket) -> None:
    peer, _ = listener.accept()
    with peer:
        peer.recv(65536)
        peer.sendall(answer(BODY))


@pytest.mark.parametrize("scenario", ["unreachable", "truncated", "broken-json", "html", "empty", "status-500"])
def test_a_remembered_failure_holds_no_frames(watch: Watch, simulate: Simulate, scenario: str) -> None:
    exporter = watch(watching(simulate(scenario).url))
    probe(exporter)
    errors = [exchange.error for exchange in exporter.sessions()["lantime-1"]]
    assert all(error is None or error.__traceback__ is None for error in errors)


def test_missing_credentials_are_a_failure_of_the_probe(
    watch: Watch, simulate: Simulate, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = simulate()
    auth = Auth(username=USER, password_env="LAB_PASSWORD")
    exporter = watch(watching(server.url, auths={"default": auth}))
    monkeypatch.delenv("LAB_PASSWORD", raising=False)
    assert_failed(probe(exporter), "auth")
    assert server.traffic.count() == 0


def test_a_kept_error_holds_no_response_in_memory(watch: Watch) -> None:
    with FakeDevice(answering(answer(b'{"data": {"system": ' + b" " * 100_000))) as device:
        error = watch(watching(device.address)).probe(ProbeRequest(target="lantime-1")).error
    assert error is not None
    assert (error.reason, error.__context__, error.__cause__, error.__traceback__) == ("content", None, None, None)
