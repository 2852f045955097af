import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lantime_simulator import CATALOGUE, Lantime, document, m300, m600
from lantime_simulator.state import SimulatorState

from tests.simulator.simulator_differences import leaves, played

WALL = 1_792_000_000.0


def test_the_same_moment_gives_the_same_document(subtests: pytest.Subtests) -> None:
    for name, make in CATALOGUE.items():
        with subtests.test(name=name):
            assert document(make(), (), 100.0, WALL) == document(make(), (), 100.0, WALL)


def test_devices_of_a_kind_have_one_shape_and_their_own_identity(subtests: pytest.Subtests) -> None:
    for name, make in CATALOGUE.items():
        with subtests.test(name=name):
            first, second = (dict(leaves(document(make(number), (), 100.0, WALL))) for number in (1, 2))
            assert first["/system-information/serial-number"] != second["/system-information/serial-number"]
            assert first["/system-information/hostname"] != second["/system-information/hostname"]
            assert first["/data/network/ports/lan0/mac-address"] != second["/data/network/ports/lan0/mac-address"]
            assert {path for path in first if "/satellites/" not in path} == {
                path for path in second if "/satellites/" not in path
            }


def test_time_advances() -> None:
    before, after = (dict(leaves(document(m600(), (), elapsed, WALL + elapsed)["data"])) for elapsed in (0.0, 90.0))
    assert after["/system/uptime"] == pytest.approx(before["/system/uptime"] + 90)
    assert after["/system/current-time"] > before["/system/current-time"]
    assert after["/system/api-last-update"] > before["/system/api-last-update"]
    assert (
        after["/notification/events/ntp-sync/last-triggered"] == before["/notification/events/ntp-sync/last-triggered"]
    )


def test_values_move() -> None:
    path = "/system/cpuload"
    seen = {dict(leaves(document(m600(), (), float(elapsed), WALL)["data"]))[path] for elapsed in range(0, 300, 60)}
    assert len(seen) == 5


@given(st.floats(0, 1e7), st.floats(0, 1e5))
@settings(max_examples=100)
def test_counters_never_fall(elapsed: float, later: float) -> None:
    device = m600()
    counts = [SimulatorState(device, time, WALL).count("packets", 8.0) for time in (elapsed, elapsed + later)]
    assert counts == sorted(counts)


@given(st.floats(0, 1e8), st.text())
@settings(max_examples=100)
def test_waves_keep_their_bounds(elapsed: float, name: str) -> None:
    assert -4.0 <= SimulatorState(m300(), elapsed, WALL).wave(name, -4.0, 7.5) <= 7.5


def test_counters_start_again_after_a_reboot() -> None:
    path = "/network/ports/lan0/statistics/rx-bytes"
    assert played(m600(), "warm-up")[path] < played(m600())[path] / 100


def test_a_response_is_rendered_once_a_second(subtests: pytest.Subtests) -> None:
    for name, make in CATALOGUE.items():
        with subtests.test(name=name):
            clock = iter([0.0, 10.1, 10.9, 11.0])
            lantime = Lantime(make(), clock=clock.__next__, wall=lambda: WALL)
            bodies = [lantime.body("/api/status") for _ in range(3)]
            assert bodies[0] is bodies[1]
            assert bodies[2] is not bodies[1]


def test_a_response_is_compact_json_of_the_document() -> None:
    lantime = Lantime(m600(), clock=lambda: 5.0, wall=lambda: WALL)
    assert json.loads(lantime.body("/api/status")) == lantime.document()
