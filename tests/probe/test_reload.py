"""Reloads of the configuration while probes run."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from lantime_exporter.config.settings import Module, Settings, Target, Tls
from lantime_exporter.errors import ConfigError, RequestError
from lantime_exporter.mapping.mapper import Mapper
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe import service
from msgspec.structs import replace

from tests.device.device_fakes import FakeDevice, Peer, answer
from tests.probe.conftest import Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import AUTH, watching
from tests.probe.test_failures import BODY


class Configuration:
    """A configuration that a test changes; None is an invalid one."""

    def __init__(self, settings: Settings) -> None:
        self.settings: Settings | None = settings

    def __call__(self) -> Settings:
        if self.settings is None:
            raise ConfigError("config.yml: targets: expected a list")
        return self.settings


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def test_a_probe_that_runs_during_a_reload_ends_as_it_would(watch: Watch, pool: ThreadPoolExecutor) -> None:
    requested, may_answer = threading.Event(), threading.Event()

    def behave(peer: Peer) -> None:
        while peer.read_request():
            requested.set()
            assert may_answer.wait(10)
            peer.send(answer(BODY))

    with FakeDevice(behave) as device:
        exporter = watch(watching(device.address))
        running = pool.submit(probe, exporter)
        assert requested.wait(10)
        exporter.reload()
        may_answer.set()
        assert running.result().reason == "none"
        assert probe(exporter).reason == "none"


def test_a_probe_during_a_reload_keeps_no_connection_to_a_removed_device(
    watch: Watch, simulate: Simulate, pool: ThreadPoolExecutor
) -> None:
    server = simulate("slow@0.4")
    configuration = Configuration(watching(server.url))
    exporter = watch(configuration)
    running = pool.submit(probe, exporter)
    while not exporter.sessions() and not server.traffic.connections:
        time.sleep(0.01)
    configuration.settings = watching("192.0.2.1")
    exporter.reload()
    assert running.result().reason == "none"
    assert exporter.open_connections() == 0


def test_probes_under_reloads_all_succeed(watch: Watch, simulate: Simulate, pool: ThreadPoolExecutor) -> None:
    exporter = watch(watching(simulate().url, simulate().url))
    probes = [pool.submit(probe, exporter, f"lantime-{number % 2 + 1}") for number in range(40)]
    for _ in range(20):
        exporter.reload()
    assert {running.result().reason for running in probes} == {"none"}


def test_a_reload_keeps_the_connections_of_targets_that_stay(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(server.url))
    for _ in range(2):
        probe(exporter)
        exporter.reload()
    assert (exporter.open_connections(), server.traffic.connections) == (1, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"targets": ()},
        {"auths": {"default": replace(AUTH, method="bearer")}},
        {"modules": {"default": Module(tls=Tls(insecure_skip_verify=True))}},
        {"sessions_per_device": 3},
    ],
    ids=["target", "auth", "way to connect", "sessions"],
)
def test_a_reload_closes_the_connections_that_nothing_uses_any_more(
    watch: Watch, simulate: Simulate, changes: dict[str, Any]
) -> None:
    configuration = Configuration(watching(simulate().url))
    exporter = watch(configuration)
    probe(exporter)
    configuration.settings = replace(configuration(), **changes)
    exporter.reload()
    assert exporter.open_connections() == 0


def test_a_reload_does_not_shorten_min_interval(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(server.url, module=Module(min_interval=60.0)))
    for _ in range(5):
        probe(exporter)
        exporter.reload()
    assert server.traffic.count() == 1


def test_a_reload_does_not_end_a_lockout(watch: Watch, simulate: Simulate) -> None:
    server = simulate("wrong-password")
    exporter = watch(watching(server.url))
    reasons = []
    for _ in range(5):
        reasons.append(probe(exporter).reason)
        exporter.reload()
    assert (reasons[0], set(reasons[1:]), server.traffic.count()) == ("auth", {"lockout"}, 1)


def test_new_targets_are_probed_and_old_ones_refused(watch: Watch, simulate: Simulate) -> None:
    first, second = simulate(), simulate()
    configuration = Configuration(watching(first.url))
    exporter = watch(configuration)
    probe(exporter)
    configuration.settings = watching(targets=(Target(name="new", address=second.url),))
    exporter.reload()
    assert probe(exporter, "new").reason == "none"
    with pytest.raises(RequestError):
        probe(exporter)


def test_a_bad_configuration_keeps_the_old_one(watch: Watch, simulate: Simulate) -> None:
    configuration = Configuration(watching(simulate().url))
    exporter = watch(configuration)
    before = exporter.settings
    probe(exporter)
    configuration.settings = None
    with pytest.raises(ConfigError, match="expected a list"):
        exporter.reload()
    assert exporter.settings is before
    assert exporter.open_connections() == 1
    assert probe(exporter).reason == "none"


def test_the_last_probe_of_a_target_that_stays_is_still_known(watch: Watch, simulate: Simulate) -> None:
    configuration = Configuration(watching(simulate().url))
    exporter = watch(configuration)
    probe(exporter)
    exporter.reload()
    (status,) = exporter.targets()
    assert status.last is not None


def test_the_last_probe_of_a_target_with_a_new_address_is_forgotten(watch: Watch, simulate: Simulate) -> None:
    configuration = Configuration(watching(simulate().url))
    exporter = watch(configuration)
    probe(exporter)
    configuration.settings = watching(simulate().url)
    exporter.reload()
    (status,) = exporter.targets()
    assert status.last is None


def test_a_module_that_stays_the_same_keeps_its_plans(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a reload would compile the plans of the whole fleet again."""
    made: list[Module] = []

    class Counted(Mapper):
        def __init__(self, collectors: CollectorRegistry, module: Module, *shared: Any) -> None:
            super().__init__(collectors, module, *shared)
            made.append(module)

    monkeypatch.setattr(service, "Mapper", Counted)
    settings = watching("192.0.2.1", modules={"default": Module(), "slow": Module(timeout=30)})
    configuration = Configuration(settings)
    exporter = watch(configuration)
    changed = Module(timeout=30, position=False)
    configuration.settings = replace(settings, modules={"default": Module(), "slow": changed})
    exporter.reload()
    assert made == [Module(), Module(timeout=30), changed]


def test_a_changed_timeout_holds_from_the_next_probe_on(watch: Watch, simulate: Simulate) -> None:
    configuration = Configuration(watching(simulate().url))
    exporter = watch(configuration)
    assert probe(exporter).one("lantime_probe_timeout_seconds") == 10
    configuration.settings = replace(configuration(), modules={"default": Module(timeout=3.0)})
    exporter.reload()
    assert probe(exporter).one("lantime_probe_timeout_seconds") == 3
