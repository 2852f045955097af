"""Wrong credentials: the device gets no requests until they change."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from lantime_exporter.config.load import load
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Allowed, Auth, Module, Settings
from lantime_exporter.device.client import Clocks
from lantime_exporter.errors import RequestError
from lantime_exporter.probe.probe import ProbeRequest
from lantime_simulator import SimulatedServer

from tests.probe.conftest import Clock, Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import AUTH, PASSWORD, USER, watching

INTERVAL = 15.0
TEN_MINUTES = 600.0


@pytest.fixture
def server(simulate: Simulate) -> SimulatedServer:
    return simulate()


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("wrong\n")
    return file


@pytest.fixture(params=["basic", "bearer", "bearer, else basic"])
def configuration(request: pytest.FixtureRequest, server: SimulatedServer, password: Path) -> Callable[[], Settings]:
    method, _, fallback = request.param.partition(",")
    file = password.with_name("config.yml")
    file.write_text(
        f"""
auths:
  default:
    username: {USER}
    password_file: {password.name}
    method: {method}
    fallback_to_basic: {"true" if fallback else "false"}
targets:
  - name: lantime-1
    address: {server.url}
"""
    )
    return lambda: load(file)


def test_at_most_three_requests_in_ten_minutes(
    watch: Watch, server: SimulatedServer, configuration: Callable[[], Settings], clock: Clock, clocks: Clocks
) -> None:
    exporter = watch(configuration, clocks=clocks)
    reasons = []
    for _ in range(int(TEN_MINUTES / INTERVAL)):
        reasons.append(probe(exporter).reason)
        clock.now += INTERVAL
    assert server.traffic.count() <= 3
    assert reasons[0] == "auth"
    assert set(reasons) == {"auth", "lockout"}


def test_the_corrected_password_and_a_reload_end_it(
    watch: Watch,
    server: SimulatedServer,
    configuration: Callable[[], Settings],
    password: Path,
    clock: Clock,
    clocks: Clocks,
) -> None:
    exporter = watch(configuration, clocks=clocks)
    for _ in range(4):
        probe(exporter)
        clock.now += INTERVAL
    password.write_text(f"{PASSWORD}\n")
    exporter.reload()
    assert probe(exporter).reason == "none"


def test_the_corrected_password_alone_ends_it(
    watch: Watch, configuration: Callable[[], Settings], password: Path, clocks: Clocks
) -> None:
    exporter = watch(configuration, clocks=clocks)
    assert [probe(exporter).reason for _ in range(2)] == ["auth", "lockout"]
    password.write_text(f"{PASSWORD}\n")
    assert probe(exporter).reason == "none"


def test_the_status_has_the_end_of_the_lockout(
    watch: Watch, configuration: Callable[[], Settings], clock: Clock, clocks: Clocks
) -> None:
    exporter = watch(configuration, clocks=clocks)
    probe(exporter)
    (status,) = exporter.targets()
    assert status.locked_until is not None
    assert status.locked_until > clock.now
    clock.now = status.locked_until
    assert exporter.targets()[0].locked_until is None


def test_another_device_with_the_same_credentials_is_probed(watch: Watch, simulate: Simulate, clocks: Clocks) -> None:
    refusing, admitting = simulate("wrong-password"), simulate()
    exporter = watch(watching(refusing.url, admitting.url), clocks=clocks)
    assert [probe(exporter, name).reason for name in ("lantime-1", "lantime-2", "lantime-1", "lantime-2")] == [
        "auth",
        "none",
        "lockout",
        "none",
    ]


def test_the_lock_belongs_to_the_credentials_that_were_refused(
    watch: Watch, simulate: Simulate, clocks: Clocks
) -> None:
    server = simulate()
    wrong = Auth(username=USER, password=Secret("wrong"))
    allowed = (Allowed(pattern=re.compile(r"127\.0\.0\.1"), auth="wrong", plain_http=True),)
    exporter = watch(watching(server.url, allowed=allowed, auths={"default": AUTH, "wrong": wrong}), clocks=clocks)
    for auth in ("wrong", "default"):
        exporter.probe(ProbeRequest(target="lantime-1", auth=auth))
    locked = {status.auth: status.locked_until is not None for status in exporter.targets()}
    assert locked == {"default": False, "wrong": True}


def test_one_lockout_holds_for_all_modules_slots_and_reloads(watch: Watch, simulate: Simulate, clocks: Clocks) -> None:
    server = simulate("wrong-password")
    modules = {f"m{number}": Module(max_response_bytes=100_000 + number) for number in range(10)}
    modules["default"] = Module()
    exporter = watch(watching(server.url, modules=modules), clocks=clocks)
    reasons = []
    for module in modules:
        reasons.append(probe(exporter, module=module).reason)
        reasons.append(probe(exporter, module=module, slots=("clk1",)).reason)
        exporter.reload()
    assert (reasons[0], set(reasons[1:]), server.traffic.count()) == ("auth", {"lockout"}, 1)


def test_many_probes_at_once_send_a_wrong_password_once(watch: Watch, simulate: Simulate) -> None:
    server = simulate("wrong-password", "slow@0.2")
    exporter = watch(watching(server.url))
    with ThreadPoolExecutor(20) as pool:
        reasons = list(pool.map(lambda number: probe(exporter, slots=(f"io{number}",)).reason, range(20)))
    assert (server.traffic.count(), sorted(reasons)) == (1, ["auth"] + ["lockout"] * 19)


def test_at_most_two_requests_run_at_once(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(server.url))

    def ask_for_slot(number: int) -> None:
        with suppress(RequestError):
            exporter.probe(ProbeRequest(target="lantime-1", slots=(f"io{number}",)))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(ask_for_slot, range(20)))
    assert server.traffic.connections <= 2
