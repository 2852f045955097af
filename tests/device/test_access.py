"""The lockout after a rejection: its duration, its scope, and the limit of concurrent requests."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Module
from lantime_exporter.device.auth import MAX_REFUSED, Credentials, DeviceAccess
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.errors import DeadlineError
from msgspec.structs import replace

from tests.device.conftest import AUTH, Clock
from tests.device.device_fakes import FakeDevice, Peer, Request, answer, answering, by_request

OpenClient = Callable[..., DeviceClient]

WRONG = Credentials("monitor", "wrong")


def test_the_pause_doubles_up_to_an_hour(clock: Clock) -> None:
    access = DeviceAccess(clock)
    pauses = []
    for _ in range(6):
        access.refused(WRONG, requests=1)
        pauses.append(access.lockout_seconds(WRONG))
        clock.now += pauses[-1]
    assert pauses == [300, 600, 1200, 2400, 3600, 3600]


def test_a_successful_response_resets_the_pause(clock: Clock) -> None:
    access = DeviceAccess(clock)
    access.refused(WRONG, requests=2)
    access.accepted(WRONG)
    access.refused(WRONG, requests=1)
    assert access.lockout_seconds(WRONG) == 300


def test_a_pause_never_becomes_too_large_a_number(clock: Clock) -> None:
    access = DeviceAccess(clock)
    access.refused(WRONG, requests=100_000)
    assert access.lockout_seconds(WRONG) == 3600


def test_the_refusal_of_some_credentials_does_not_concern_others(clock: Clock) -> None:
    access = DeviceAccess(clock)
    access.refused(WRONG, requests=1)
    access.accepted(RIGHT)
    assert (access.lockout_seconds(WRONG), access.lockout_seconds(RIGHT)) == (300, 0)


def test_no_number_of_wrong_passwords_fills_the_memory(clock: Clock) -> None:
    access = DeviceAccess(clock)
    for number in range(10 * MAX_REFUSED):
        access.refused(Credentials("monitor", str(number)), requests=1)
    assert access.lockout_seconds(Credentials("monitor", "0")) == 0
    assert access.lockout_seconds(Credentials("monitor", str(10 * MAX_REFUSED - 1))) == 300


def test_waiting_for_other_credentials_ends_at_the_deadline(clock: Clock) -> None:
    access = DeviceAccess(clock)
    with access.enter(WRONG, Deadline.after(5)), pytest.raises(DeadlineError, match="tried user"):
        access.enter(WRONG, Deadline.after(0.05)).__enter__()


RIGHT = Credentials("monitor", "right")


class Crowd:
    """A device that responds slowly and counts concurrent requests."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.lock = threading.Lock()
        self.now = self.most = 0

    def __call__(self, peer: Peer) -> None:
        while peer.read_request():
            with self.lock:
                self.now += 1
                self.most = max(self.most, self.now)
            peer.device.is_over.wait(0.05)
            with self.lock:
                self.now -= 1
            peer.send(answer(status=self.status))


def ask_at_once(clients: list[DeviceClient]) -> list[str]:
    """Fetch many slots of each client concurrently; return the reasons."""
    with ThreadPoolExecutor(20) as threads:
        fetches = threads.map(
            lambda number: clients[number % len(clients)].fetch(f"/api/status/{number}", Deadline.after(20)), range(20)
        )
        return [fetch.error.reason if fetch.error else "none" for fetch in fetches]


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_credentials_are_tried_once_by_concurrent_requests(open_client: OpenClient, status: int) -> None:
    with FakeDevice(Crowd(status)) as device:
        access = DeviceAccess()
        clients = [open_client(device.address, module=Module(timeout=n), access=access) for n in (1, 2, 3)]
        assert sorted(ask_at_once(clients)) == ["auth", *["lockout"] * 19]
        assert len(device.requests) == 1


def test_a_device_gets_two_requests_at_a_time_and_the_others_wait(open_client: OpenClient) -> None:
    crowd = Crowd(200)
    with FakeDevice(crowd) as device:
        access = DeviceAccess()
        clients = [open_client(device.address, module=Module(timeout=n), access=access) for n in (1, 2, 3)]
        assert ask_at_once(clients) == ["none"] * 20
        assert crowd.most == 2


def test_waiting_for_other_requests_ends_at_the_deadline(open_client: OpenClient) -> None:
    access = DeviceAccess()
    access.accepted(RIGHT)
    with FakeDevice(answering(answer())) as device:
        client = open_client(device.address, access=access)
        with access.enter(RIGHT, Deadline.after(5)), access.enter(RIGHT, Deadline.after(5)):
            waiting = client.fetch("/api/status", Deadline.after(0.05))
        assert "while other requests to the device were in progress" in str(waiting.error)
        assert (waiting.exchanges, client.fetch("/api/status", Deadline.after(5)).error) == ((), None)


def test_a_lockout_is_shared_by_clients_with_the_same_credentials_only(open_client: OpenClient) -> None:
    def reply(request: Request) -> bytes:
        return answer(status=401) if request.authorization == Credentials("monitor", "hunter2").basic else answer()

    with FakeDevice(by_request(reply)) as device:
        access = DeviceAccess()
        other = replace(AUTH, password=Secret(literal="right"))
        first, second = (open_client(device.address, access=access) for _ in range(2))
        third = open_client(device.address, access=access, auth=other)
        errors = [client.fetch("/api/status", Deadline.after(5)).error for client in (first, second, third)]
        assert [error and error.reason for error in errors] == ["auth", "lockout", None]
