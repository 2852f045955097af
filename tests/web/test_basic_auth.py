"""Who is admitted, and the cost of a check."""

import base64
import threading
import time

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.config.secret import Secret
from lantime_exporter.web import basic_auth
from lantime_exporter.web.basic_auth import BasicAuth, parse_authorization

HASH = bcrypt.hashpw(b"s3cret", bcrypt.gensalt(4)).decode()
USERS = {"prometheus": Secret(HASH)}


def credentials(username: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode()}"


class Checks:
    """Counts the checks of bcrypt."""

    def __init__(self) -> None:
        self.checked: list[tuple[bytes, bytes]] = []

    def __call__(self, password: bytes, hashed: bytes) -> bool:
        self.checked.append((password, hashed))
        return bcrypt.checkpw(password, hashed)


@pytest.fixture
def checks() -> Checks:
    return Checks()


@pytest.mark.parametrize("variant", ["$2a$", "$2b$", "$2y$"])
def test_right_password_is_let_in(variant: str) -> None:
    users = {"prometheus": Secret(variant + HASH[4:])}
    assert BasicAuth().admits(users, credentials("prometheus", "s3cret"))


def test_everybody_else_is_not(subtests: pytest.Subtests) -> None:
    for given_credentials in [
        None,
        credentials("prometheus", "wrong"),
        credentials("prometheus", ""),
        credentials("stranger", "s3cret"),
        credentials("", ""),
        credentials("prometheus", "x" * 100),
        credentials("prometheus", "s3cret\0"),
    ]:
        with subtests.test(given_credentials=given_credentials):
            assert not BasicAuth().admits(USERS, given_credentials)


@pytest.mark.parametrize("username", ["prometheus", "grafana", "alloy", "stranger"])
def test_every_wrong_password_costs_the_same_for_any_user(checks: Checks, username: str) -> None:
    hashes = {"prometheus": HASH.replace("$04$", "$05$"), "grafana": HASH, "alloy": HASH[:-1] + "."}
    users = {name: Secret(hashed) for name, hashed in hashes.items()}
    assert not BasicAuth(lambda: checks).admits(users, credentials(username, "wrong"))
    assert sorted(hashed[4:6] for _, hashed in checks.checked) == [b"04", b"05"]


def test_right_password_of_another_user_is_not_let_in() -> None:
    users = {**USERS, "grafana": Secret(bcrypt.hashpw(b"other", bcrypt.gensalt(5)).decode())}
    assert not BasicAuth().admits(users, credentials("grafana", "s3cret"))
    assert not BasicAuth().admits(users, credentials("stranger", "s3cret"))
    assert BasicAuth().admits(users, credentials("grafana", "other"))


@pytest.mark.parametrize("size", [72, 73, 80, 255])
def test_password_longer_than_bcrypt_uses_is_let_in(size: int) -> None:
    password = "0123456789abcdef" * 16
    users = {"prometheus": Secret(bcrypt.hashpw(password[:72].encode(), bcrypt.gensalt(4)).decode())}
    assert BasicAuth().admits(users, credentials("prometheus", password[:size]))
    assert not BasicAuth().admits(users, credentials("prometheus", password[:71]))


def test_right_credentials_are_checked_once(checks: Checks) -> None:
    auth = BasicAuth(lambda: checks)
    assert [auth.admits(USERS, credentials("prometheus", "s3cret")) for _ in range(3)] == [True] * 3
    assert len(checks.checked) == 1


def test_wrong_credentials_are_checked_every_time(checks: Checks) -> None:
    auth = BasicAuth(lambda: checks)
    for name, password in (("prometheus", "wrong"), ("stranger", "s3cret")) * 2:
        assert not auth.admits(USERS, credentials(name, password))
    assert len(checks.checked) == 4


def test_changed_hash_ends_what_was_remembered(checks: Checks) -> None:
    auth = BasicAuth(lambda: checks)
    assert auth.admits(USERS, credentials("prometheus", "s3cret"))
    other = Secret(bcrypt.hashpw(b"other", bcrypt.gensalt(4)).decode())
    assert not auth.admits({"prometheus": other}, credentials("prometheus", "s3cret"))


def test_memory_of_right_credentials_is_bounded() -> None:
    checked: list[bytes] = []

    def any_password(password: bytes, _hashed: bytes) -> bool:
        checked.append(password)
        return True

    auth = BasicAuth(lambda: any_password)
    for number in range(basic_auth.MAX_VERIFIED + 1):
        auth.admits(USERS, credentials("prometheus", str(number)))
    auth.admits(USERS, credentials("prometheus", str(basic_auth.MAX_VERIFIED)))
    assert len(checked) == basic_auth.MAX_VERIFIED + 1
    auth.admits(USERS, credentials("prometheus", "0"))
    assert checked[-1] == b"0"


def test_one_check_runs_at_a_time() -> None:
    inside = threading.Semaphore(1)
    overlaps: list[bool] = []

    def check(_password: bytes, _hashed: bytes) -> bool:
        overlaps.append(not inside.acquire(blocking=False))
        threading.Event().wait(0.005)
        inside.release()
        return False

    auth = BasicAuth(lambda: check)
    threads = [
        threading.Thread(target=auth.admits, args=(USERS, credentials("prometheus", str(number))))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert overlaps == [False] * 8


def test_a_flood_of_logins_delays_another_client_by_one_check() -> None:
    started, go_on = threading.Semaphore(0), threading.Semaphore(0)
    checked: list[bytes] = []

    def check(password: bytes, _hashed: bytes) -> bool:
        checked.append(password)
        started.release()
        go_on.acquire()
        return False

    auth = BasicAuth(lambda: check)
    attempts = [("192.0.2.1", f"flood {number}") for number in range(20)] + [("192.0.2.2", "prometheus")]
    threads = [
        threading.Thread(target=auth.admits, args=(USERS, credentials("prometheus", password), client))
        for client, password in attempts
    ]
    threads[0].start()
    started.acquire()
    for count, thread in enumerate(threads[1:], start=1):
        thread.start()
        while sum(map(len, auth._checking._waiting.values())) < count:
            time.sleep(0.001)
    go_on.release(len(threads))
    for thread in threads:
        thread.join()
    assert checked.index(b"prometheus") <= 2


@given(st.text().filter(lambda name: ":" not in name), st.binary())
def test_credentials_survive_the_header(username: str, password: bytes) -> None:
    encoded = base64.b64encode(username.encode() + b":" + password).decode()
    assert parse_authorization(f"Basic {encoded}") == (username, password)


@given(st.text())
def test_any_header_is_credentials_or_nothing(header: str) -> None:
    assert parse_authorization(f"Basic {header}") is None or base64.b64decode(header.strip())


def test_other_headers_hold_no_credentials(subtests: pytest.Subtests) -> None:
    for header in [None, "", "Basic", "Basic !!!", "Basic eA==", "Bearer eDp5", "Basic //86eQ=="]:
        with subtests.test(header=header):
            assert parse_authorization(header) is None
