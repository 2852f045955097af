"""Remembered probes, for the landing page and the page of sessions."""

import re

import pytest
from lantime_exporter.config.settings import Allowed, Module
from lantime_exporter.device.client import Clocks

from tests.probe.conftest import Clock, Simulate, Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import watching

LOOPBACK = (Allowed(pattern=re.compile(r"127\.0\.0\.1"), plain_http=True),)


def test_a_target_is_listed_before_its_first_probe(watch: Watch) -> None:
    (status,) = watch(watching("192.0.2.10")).targets()
    assert (status.name, status.address, status.last) == ("lantime-1", "https://192.0.2.10:443", None)


def test_the_last_probe_has_its_time_and_its_collectors(
    watch: Watch, simulate: Simulate, clock: Clock, clocks: Clocks
) -> None:
    exporter = watch(watching(simulate().url), clocks=clocks)
    probe(exporter)
    (status,) = exporter.targets()
    assert status.last is not None
    assert (status.last.ended_at, status.last.reason, status.last.error) == (clock.now, "none", None)
    collectors = {collector.name: collector for collector in status.last.collectors}
    assert collectors.keys() >= {"clock", "device", "ntp"}
    assert {collector.error for collector in collectors.values()} == {""}
    assert collectors["ntp"].seconds > 0


def test_the_last_probe_has_the_reason_of_its_failure(watch: Watch, simulate: Simulate) -> None:
    exporter = watch(watching(simulate("status-500").url))
    probe(exporter)
    (status,) = exporter.targets()
    assert status.last is not None
    assert status.last.reason == "status"
    assert status.last.error is not None
    assert "500 Internal Server Error" in status.last.error
    assert status.last.collectors == ()
    assert status.last.sync_state is None


@pytest.mark.parametrize(("scenario", "state"), [("healthy", "synchronized"), ("holdover", "holdover")])
def test_the_last_probe_has_the_sync_state(watch: Watch, simulate: Simulate, scenario: str, state: str) -> None:
    exporter = watch(watching(simulate(scenario).url))
    probe(exporter)
    (status,) = exporter.targets()
    assert status.last is not None
    assert status.last.sync_state == state


def test_a_device_that_is_only_allowed_is_listed_once_probed(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    exporter = watch(watching(allowed=LOOPBACK))
    probe(exporter, server.url)
    (status,) = exporter.targets()
    assert status.name == status.address == server.url
    assert probe(exporter, status.name).reason == "none"


def test_sessions_are_listed_by_the_name_of_the_target(watch: Watch, simulate: Simulate) -> None:
    first, second = simulate(), simulate()
    exporter = watch(watching(first.url, allowed=LOOPBACK))
    probe(exporter)
    probe(exporter)
    probe(exporter, second.url)
    assert {name: len(exchanges) for name, exchanges in exporter.sessions().items()} == {"lantime-1": 2, second.url: 1}


def test_sessions_over_several_clients_of_a_device_are_in_order(watch: Watch, simulate: Simulate, clock: Clock) -> None:
    modules = {"default": Module(), "small": Module(max_response_bytes=1_000_000)}
    exporter = watch(watching(simulate().url, modules=modules), clocks=Clocks(wall=clock, monotonic=clock))
    for module in ("default", "small", "default"):
        probe(exporter, module=module)
        clock.now += 1
    times = [exchange.requested_at for exchange in exporter.sessions()["lantime-1"]]
    assert times == sorted(times)
    assert len(times) == 3


@pytest.mark.parametrize("kept", [0, 2])
def test_the_setting_limits_the_remembered_sessions(watch: Watch, simulate: Simulate, kept: int) -> None:
    exporter = watch(watching(simulate().url, sessions_per_device=kept))
    for _ in range(3):
        probe(exporter)
    assert len(exporter.sessions()["lantime-1"]) == kept


def test_open_connections_are_counted(watch: Watch, simulate: Simulate) -> None:
    exporter = watch(watching(simulate().url, simulate().url))
    assert exporter.open_connections() == 0
    probe(exporter, "lantime-1")
    probe(exporter, "lantime-2")
    probe(exporter, "lantime-2")
    assert exporter.open_connections() == 2
