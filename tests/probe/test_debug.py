"""``debug=true``: a readable log of a probe."""

import json
import re
from collections.abc import Callable

import pytest
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module, Target
from lantime_exporter.device.client import Clocks
from lantime_exporter.probe.probe import ProbeRequest
from lantime_exporter.probe.service import ProbeService
from lantime_simulator import Lantime, m600

from tests.device.device_fakes import FakeDevice, answer, answering
from tests.probe.conftest import Clock, Simulate, Watch
from tests.probe.probe_settings import AUTH, watching

TITLES = ["Log", "Collectors", "Decode errors", "Leaves of the status tree", "Samples", "Settings"]


def debug_sections(exporter: ProbeService, *slots: str) -> dict[str, list[str]]:
    """Return the lines of each section."""
    text = exporter.probe(ProbeRequest(target="lantime-1", slots=slots)).debug()
    parts = re.split(r"(?:^|\n\n)([^\n]+)\n=+\n", text)
    return {title: lines.splitlines() for title, lines in zip(parts[1::2], parts[2::2], strict=True)}


def test_the_log_of_a_successful_probe_is_complete(watch: Watch, simulate: Simulate) -> None:
    server = simulate()
    sections = debug_sections(watch(watching(server.url)))
    assert list(sections) == TITLES
    first, request, last = sections["Log"]
    assert first.endswith(f"probe of lantime-1 ({server.url}), 10 s by timeout of module default")
    assert re.search(r"/api/status: status 200, \d+ bytes rtt=[\d.]+ms connect=[\d.]+ms wait=", request)
    assert last.endswith("response built")
    assert "lantime_up 1.0" in sections["Samples"]
    assert any(re.fullmatch(r"clock: done in [\d.]+ ms", line) for line in sections["Collectors"])
    assert "unaccounted: 0" in sections["Leaves of the status tree"]


def test_a_failed_probe_has_a_log_too(watch: Watch, simulate: Simulate) -> None:
    sections = debug_sections(watch(watching(simulate("html").url)))
    assert list(sections) == TITLES
    assert "failed (content): " in sections["Log"][-2]
    assert sections["Collectors"] == ["not run"]
    assert "lantime_up 0.0" in sections["Samples"]


def test_a_decode_error_is_listed_with_its_path(watch: Watch) -> None:
    document = json.loads(Lantime(m600()).body("/api/status"))
    document["data"]["system"]["uptime"] = "a while"
    with FakeDevice(answering(answer(json.dumps(document).encode()))) as device:
        sections = debug_sections(watch(watching(device.address)))
    (line,) = (line for line in sections["Decode errors"] if "a while" in line)
    assert line.startswith("device: data/system/uptime = 'a while': ")


def test_the_log_mentions_a_reused_response(watch: Watch, simulate: Simulate, clock: Clock, clocks: Clocks) -> None:
    exporter = watch(watching(simulate().url, module=Module(min_interval=60.0)), clocks=clocks)
    debug_sections(exporter)
    clock.now += 12
    assert any("the response of 12.0 s ago" in line for line in debug_sections(exporter)["Log"])


def test_the_log_mentions_a_device_without_paths_for_slots(watch: Watch) -> None:
    body = Lantime(m600()).body("/api/status")
    with FakeDevice(answering(answer(b"", status=404), answer(body))) as device:
        sections = debug_sections(watch(watching(device.address)), "clk1")
    assert any("does not serve single slots" in line for line in sections["Log"])


@pytest.fixture
def settings(watch: Watch, simulate: Simulate) -> Callable[[], str]:
    auths = {"default": AUTH, "other": Auth(username="someone", password=Secret("else"))}
    targets = (Target(name="lantime-1", address=simulate().url), Target(name="lantime-2", address="192.0.2.2"))
    exporter = watch(watching(auths=auths, modules={"default": Module(), "slow": Module()}, targets=targets))
    return lambda: "\n".join(debug_sections(exporter)["Settings"])


def test_only_the_settings_of_this_probe_are_shown(settings: Callable[[], str]) -> None:
    shown = settings()
    assert "lantime-1" in shown
    assert not any(word in shown for word in ("someone", "else", "slow", "lantime-2"))


def test_secrets_are_masked(settings: Callable[[], str]) -> None:
    assert "password: <secret>" in settings()
