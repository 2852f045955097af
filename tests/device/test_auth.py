"""Basic, tokens, and the lockout after a rejection."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.device.auth import MAX_CREDENTIALS, Credentials, DeviceAccess, read_token
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.errors import ContentError, DeadlineError
from msgspec.structs import replace

from tests.device.conftest import AUTH, Clock
from tests.device.device_fakes import FakeDevice, Peer, Request, answer, answering, by_request

OpenClient = Callable[..., DeviceClient]

BEARER = replace(AUTH, method="bearer")
FALLBACK = replace(AUTH, method="bearer", fallback_to_basic=True)
REFUSED = answer(status=401)
NOT_FOUND = answer(status=404)


def ask(client: DeviceClient) -> Fetch:
    return client.fetch("/api/status", Deadline.after(5))


def log_of(device: FakeDevice) -> list[tuple[str, str]]:
    """Return method and scheme of the authorization of each request."""
    return [(request.line.split()[0], request.authorization.split()[0]) for request in device.requests]


class TokenDevice:
    """Issues numbered tokens and accepts the last one."""

    def __init__(self, *, accepts_basic: bool = False) -> None:
        self.accepts_basic = accepts_basic
        self.issued = 0
        self.valid = ""

    def __call__(self, request: Request) -> bytes:
        if request.line.startswith("PUT /api/get-token "):
            self.issued += 1
            self.valid = f"Bearer token{self.issued}"
            return answer(b'{"token": "%s"}' % self.valid.removeprefix("Bearer ").encode())
        is_basic = self.accepts_basic and request.authorization.startswith("Basic")
        return answer() if is_basic or request.authorization == self.valid else REFUSED


def test_basic_sends_user_and_password_in_utf8(open_client: OpenClient) -> None:
    auth = Auth(username="prüfer", password=Secret("pässwörd:%"))
    with FakeDevice(answering(answer())) as device:
        ask(open_client(device.address, auth=auth))
        assert device.requests[0].authorization == "Basic cHLDvGZlcjpww6Rzc3fDtnJkOiU="


def test_a_changed_password_file_is_used_at_once(open_client: OpenClient, tmp_path: Path) -> None:
    path = tmp_path / "password"
    auth = Auth(username="monitor", password_file=path)
    with FakeDevice(answering(answer())) as device:
        client = open_client(device.address, auth=auth)
        for password in ("one", "two"):
            path.write_text(password)
            ask(client)
        assert len({request.authorization for request in device.requests}) == 2


def test_a_password_file_that_is_missing_is_named_and_nothing_is_sent(open_client: OpenClient, tmp_path: Path) -> None:
    auth = Auth(username="monitor", password_file=tmp_path / "password")
    with FakeDevice(answering(answer())) as device:
        result = ask(open_client(device.address, auth=auth))
        assert result.error is not None
        assert (result.error.reason, device.requests) == ("auth", [])
        assert str(tmp_path / "password") in str(result.error)


def test_a_user_name_with_a_colon_is_not_sent(open_client: OpenClient) -> None:
    auth = Auth(username="moni:tor", password=Secret("hunter2"))
    with FakeDevice(answering(answer())) as device:
        result = ask(open_client(device.address, auth=auth))
        assert result.error is not None
        assert (result.error.reason, device.requests) == ("auth", [])


def test_netrc_has_no_influence(open_client: OpenClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with FakeDevice(answering(answer())) as device:
        ask(open_client(device.address))
        assert device.requests[0].authorization == "Basic bW9uaXRvcjpodW50ZXIy"


def test_a_token_is_obtained_with_basic_and_kept(open_client: OpenClient) -> None:
    with FakeDevice(by_request(TokenDevice())) as device:
        client = open_client(device.address, auth=BEARER)
        assert [ask(client).error for _ in range(3)] == [None] * 3
        assert log_of(device) == [("PUT", "Basic"), *[("GET", "Bearer")] * 3]


def test_a_refused_token_is_renewed_once(open_client: OpenClient) -> None:
    tokens = TokenDevice()
    with FakeDevice(by_request(tokens)) as device:
        client = open_client(device.address, auth=BEARER)
        ask(client)
        tokens.valid = "expired"
        result = ask(client)
        assert result.error is None
        assert [exchange.status for exchange in result.exchanges] == [401, 200, 200]


def test_a_renewed_token_that_is_refused_too_is_not_renewed_again(open_client: OpenClient) -> None:
    with FakeDevice(
        answering(answer(b'{"token": "a"}'), answer(), REFUSED, answer(b'{"token": "b"}'), REFUSED)
    ) as device:
        client = open_client(device.address, auth=FALLBACK)
        ask(client)
        result = ask(client)
        assert result.error is not None
        assert result.error.reason == "auth"
        assert log_of(device)[2:] == [("GET", "Bearer"), ("PUT", "Basic"), ("GET", "Bearer")]


def test_a_forbidden_token_is_not_renewed(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer(b'{"token": "a"}'), answer(status=403))) as device:
        result = ask(open_client(device.address, auth=FALLBACK))
        assert result.error is not None
        assert (result.error.reason, len(device.requests)) == ("auth", 2)


def test_other_credentials_get_their_own_token(open_client: OpenClient, tmp_path: Path) -> None:
    path = tmp_path / "password"
    auth = replace(BEARER, password=None, password_file=path)
    tokens = TokenDevice()
    with FakeDevice(by_request(tokens)) as device:
        client = open_client(device.address, auth=auth)
        for password in ("one", "two"):
            path.write_text(password)
            assert ask(client).error is None
        assert tokens.issued == 2


def test_without_fallback_a_device_without_tokens_is_a_failure(open_client: OpenClient) -> None:
    with FakeDevice(answering(NOT_FOUND, answer())) as device:
        result = ask(open_client(device.address, auth=BEARER))
        assert result.error is not None
        assert "404 Not Found to /api/get-token" in str(result.error)
        assert log_of(device) == [("PUT", "Basic")]


def test_a_response_without_a_token_is_a_failure(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer(b'{"token": ""}'))) as device:
        result = ask(open_client(device.address, auth=BEARER))
        assert result.error is not None
        assert (result.error.reason, len(device.requests)) == ("content", 1)


@pytest.mark.parametrize("first", [NOT_FOUND, REFUSED, answer(b"{}"), answer(status=301)])
def test_with_fallback_a_device_without_tokens_gets_basic(open_client: OpenClient, first: bytes) -> None:
    with FakeDevice(answering(first, answer())) as device:
        client = open_client(device.address, auth=FALLBACK)
        assert [ask(client).error for _ in range(2)] == [None, None]
        assert log_of(device) == [("PUT", "Basic"), ("GET", "Basic"), ("GET", "Basic")]


def test_with_fallback_a_device_that_rejects_its_new_token_gets_basic(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer(b'{"token": "a"}'), REFUSED, answer())) as device:
        assert ask(open_client(device.address, auth=FALLBACK)).error is None
        assert log_of(device) == [("PUT", "Basic"), ("GET", "Bearer"), ("GET", "Basic")]


def test_a_failing_server_is_no_reason_to_fall_back(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer(status=503), answer())) as device:
        result = ask(open_client(device.address, auth=FALLBACK))
        assert result.error is not None
        assert (result.error.reason, len(device.requests)) == ("status", 1)


def test_a_truncated_response_is_no_reason_to_fall_back(open_client: OpenClient) -> None:
    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(answer(length=1000))

    with FakeDevice(behave) as device:
        result = ask(open_client(device.address, auth=FALLBACK))
        assert result.error is not None
        assert (result.error.reason, len(device.requests)) == ("connect", 1)


def test_after_an_hour_of_fallback_a_token_is_tried_again(open_client: OpenClient, clock: Clock) -> None:
    with FakeDevice(answering(NOT_FOUND, answer(), answer(b'{"token": "a"}'), answer())) as device:
        client = open_client(device.address, auth=FALLBACK, clock=clock)
        ask(client)
        clock.now += 3600
        assert ask(client).error is None
        assert log_of(device)[2:] == [("PUT", "Basic"), ("GET", "Bearer")]


def test_only_a_token_that_a_header_can_carry_is_taken(subtests: pytest.Subtests) -> None:
    for body, token in [
        (b'{"token": "0123abcd"}', "0123abcd"),
        (b'\r\n{"token": "a", "more": 1}\n', "a"),
        (b'{"token": "a\\r\\nHost: b"}', None),
        (b'{"token": "a b"}', None),
        (b'{"token": "\xc3\xbc"}', None),
        (b'{"token": 1}', None),
        (b'["token"]', None),
        (b"[" * 60_000, None),
        (b'{"token": "a"' + b" " * 64 * 1024 + b"}", None),
        (b"<html>", None),
        (b"", None),
    ]:
        with subtests.test(body=body):
            assert token_in(body) == token


def token_in(body: bytes) -> str | None:
    try:
        return read_token(body)
    except ContentError:
        return None


@given(st.binary(max_size=200))
def test_any_response_to_get_token_is_handled(body: bytes) -> None:
    assert token_in(body) is None or body


def ten_minutes(client: DeviceClient, clock: Clock) -> list[str]:
    """Probe every 15 s for ten minutes, and return the reasons."""
    reasons = []
    for _ in range(41):
        error = ask(client).error
        reasons.append("none" if error is None else error.reason)
        clock.now += 15
    return reasons


def wrong_password(request: Request) -> bytes:
    return REFUSED


def forbidden(request: Request) -> bytes:
    return answer(status=403)


def rights_missing(request: Request) -> bytes:
    return answer(b'{"token": "a"}') if request.line.startswith("PUT") else answer(status=403)


@pytest.mark.parametrize("refuse", [wrong_password, forbidden, rights_missing])
@pytest.mark.parametrize("auth", [AUTH, BEARER, FALLBACK])
def test_wrong_credentials_reach_the_device_at_most_three_times_in_ten_minutes(
    open_client: OpenClient, clock: Clock, auth: Auth, refuse: Callable[[Request], bytes]
) -> None:
    with FakeDevice(by_request(refuse)) as device:
        ten_minutes(open_client(device.address, auth=auth, clock=clock), clock)
        assert 1 <= len(device.requests) <= 3


@pytest.mark.parametrize("auth", [BEARER, FALLBACK])
def test_a_password_changed_on_the_device_costs_at_most_three_requests_too(
    open_client: OpenClient, clock: Clock, auth: Auth
) -> None:
    with FakeDevice(answering(answer(b'{"token": "a"}'), answer(), REFUSED)) as device:
        client = open_client(device.address, auth=auth, clock=clock)
        assert ask(client).error is None
        ten_minutes(client, clock)
        assert 3 <= len(device.requests) <= 5


def test_a_locked_out_device_is_reported(open_client: OpenClient, clock: Clock) -> None:
    with FakeDevice(answering(REFUSED)) as device:
        client = open_client(device.address, clock=clock)
        assert ten_minutes(client, clock) == ["auth", *["lockout"] * 19, "auth", *["lockout"] * 20]


def test_a_lockout_has_no_exchange_and_reports_its_duration(open_client: OpenClient, clock: Clock) -> None:
    with FakeDevice(answering(REFUSED)) as device:
        client = open_client(device.address, clock=clock)
        ask(client)
        clock.now += 10
        result = ask(client)
        assert result.exchanges == ()
        assert "no requests for another 290 s" in str(result.error)


def test_the_end_of_a_lockout_is_known(open_client: OpenClient, clock: Clock) -> None:
    with FakeDevice(answering(REFUSED)) as device:
        client = open_client(device.address, clock=clock)
        before = client.locked_until
        requested_at = ask(client).exchanges[0].requested_at
        assert before is None
        assert client.locked_until == pytest.approx(requested_at + 300, abs=5)


def test_other_failures_lock_nothing(open_client: OpenClient) -> None:
    with FakeDevice(answering(answer(status=500))) as device:
        client = open_client(device.address)
        assert [str(ask(client).error).partition("answered ")[2][:3] for _ in range(3)] == ["500"] * 3


def test_changed_credentials_end_the_lockout(open_client: OpenClient, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("wrong")
    auth = replace(AUTH, password=None, password_file=path)
    with FakeDevice(answering(REFUSED, answer())) as device:
        client = open_client(device.address, auth=auth, clock=clock)
        ask(client)
        path.write_text("right")
        assert ask(client).error is None
        assert client.locked_until is None


WRONG = Credentials("monitor", "wrong")


def test_the_pause_doubles_up_to_an_hour(clock: Clock) -> None:
    access = DeviceAccess(clock)
    pauses = []
    for _ in range(6):
        access.rejected(WRONG, requests=1)
        pauses.append(access.lockout_seconds(WRONG))
        clock.now += pauses[-1]
    assert pauses == [300, 600, 1200, 2400, 3600, 3600]


def test_a_successful_response_resets_the_pause(clock: Clock) -> None:
    access = DeviceAccess(clock)
    access.rejected(WRONG, requests=2)
    access.accepted(WRONG)
    access.rejected(WRONG, requests=1)
    assert access.lockout_seconds(WRONG) == 300


def test_a_pause_never_becomes_too_large_a_number(clock: Clock) -> None:
    access = DeviceAccess(clock)
    access.rejected(WRONG, requests=100_000)
    assert access.lockout_seconds(WRONG) == 3600


def test_the_refusal_of_some_credentials_does_not_concern_others(clock: Clock) -> None:
    access = DeviceAccess(clock)
    access.rejected(WRONG, requests=1)
    access.accepted(RIGHT)
    assert (access.lockout_seconds(WRONG), access.lockout_seconds(RIGHT)) == (300, 0)


def test_no_number_of_wrong_passwords_fills_the_memory(clock: Clock) -> None:
    access = DeviceAccess(clock)
    for number in range(10 * MAX_CREDENTIALS):
        access.rejected(Credentials("monitor", str(number)), requests=1)
    assert access.lockout_seconds(Credentials("monitor", "0")) == 0
    assert access.lockout_seconds(Credentials("monitor", str(10 * MAX_CREDENTIALS - 1))) == 300


def test_no_number_of_accepted_passwords_fills_the_memory(clock: Clock) -> None:
    access = DeviceAccess(clock)
    for number in range(2 * MAX_CREDENTIALS):
        access.accepted(Credentials("monitor", str(number)))
    assert len(access._known) == MAX_CREDENTIALS


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
        other = replace(AUTH, password=Secret("right"))
        first, second = (open_client(device.address, access=access) for _ in range(2))
        third = open_client(device.address, access=access, auth=other)
        errors = [client.fetch("/api/status", Deadline.after(5)).error for client in (first, second, third)]
        assert [error and error.reason for error in errors] == ["auth", "lockout", None]
