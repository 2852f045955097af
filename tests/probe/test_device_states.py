"""The limit of kept device states, and of their connections."""

from contextlib import ExitStack

import pytest
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module
from lantime_exporter.endpoint import parse_endpoint
from lantime_exporter.probe import device_states
from lantime_exporter.probe.device_states import DeviceStates

from tests.device.device_fakes import FakeDevice, answer, answering
from tests.probe.probe_settings import AUTH


def test_states_beyond_the_bound_are_dropped_the_least_recently_used_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_states, "MAX_STATES", 3)
    states = DeviceStates()
    found = [states.get(parse_endpoint(f"192.0.2.{number}"), AUTH, Module(), 0) for number in range(1, 6)]
    assert [client.endpoint.host for client in states.clients()] == ["192.0.2.3", "192.0.2.4", "192.0.2.5"]
    assert states.get(parse_endpoint("192.0.2.5"), AUTH, Module(), 0) is found[-1]


def test_each_configured_target_has_its_place_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_states, "MAX_STATES", 3)
    states = DeviceStates()
    states.retain(lambda _: True, targets=2)
    for number in range(1, 7):
        states.get(parse_endpoint(f"192.0.2.{number}"), AUTH, Module(), 0)
    assert len(tuple(states.clients())) == 5


def test_with_few_file_descriptors_the_devices_probed_last_keep_their_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(device_states, "MAX_CLOSED", 1)
    states = DeviceStates(max_connections=3)
    with ExitStack() as stack:
        devices = [stack.enter_context(FakeDevice(answering(answer()))) for _ in range(8)]
        stack.callback(states.close)

        def probe(device: FakeDevice) -> bool | None:
            state = states.get(parse_endpoint(device.address), AUTH, Module(), 0)
            fetch = state.client.fetch("/api/status", Deadline.after(5))
            assert fetch.error is None
            return fetch.exchanges[-1].reused

        assert [probe(device) for device in devices] == [False] * 8
        assert states.open_connections.count == 3
        assert [probe(device) for device in devices[-3:]] == [True] * 3
        assert probe(devices[0]) is False
