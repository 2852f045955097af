"""Which devices may be probed, and with which credentials."""

import re
import socket
from collections.abc import Iterator

import pytest
from lantime_exporter.config.settings import Allowed, Module, Settings, Target
from lantime_exporter.errors import RequestError
from lantime_exporter.probe.targets import TargetRegistry
from msgspec.structs import replace

from tests.probe.conftest import Watch
from tests.probe.probe_pages import probe
from tests.probe.probe_settings import AUTH, watching

SETTINGS = Settings(
    auths={"default": AUTH, "lab": AUTH, "spare": AUTH},
    modules={"default": Module(), "field": Module(timeout=20.0)},
    targets=(
        Target(name="hq", address="https://192.0.2.10"),
        Target(name="bench", address="http://[2001:db8::17]:8080", auth="lab", module="field"),
        Target(name="Studio 1", address="clock1.example.net"),
        Target(name="clock7", address="clock7.lab.example.net"),
    ),
    allowed=(
        Allowed(pattern=re.compile(r"clock\d+\.lab\.example\.net"), auth="lab", module="field"),
        Allowed(pattern=re.compile(r"clock\d+\.lab\.example\.net"), auth="spare"),
        Allowed(pattern=re.compile(r"198\.51\.100\.\d+"), auth="spare"),
        Allowed(pattern=re.compile(r"203\.0\.113\.\d+"), auth="spare", plain_http=True),
    ),
)


@pytest.fixture
def known() -> TargetRegistry:
    return TargetRegistry(SETTINGS)


def test_a_device_is_found_by_its_name_and_by_every_form_of_its_address(
    known: TargetRegistry, subtests: pytest.Subtests
) -> None:
    for target, name in [
        ("hq", "hq"),
        ("192.0.2.10", "hq"),
        ("192.0.2.10:443", "hq"),
        ("https://192.0.2.10", "hq"),
        ("HTTPS://192.0.2.10:443/", "hq"),
        ("http://[2001:db8::17]:8080", "bench"),
        ("http://[2001:DB8:0:0::17]:8080", "bench"),
        ("Studio 1", "Studio 1"),
        ("Clock1.Example.NET", "Studio 1"),
        ("clock9.lab.example.net", "clock9.lab.example.net:443"),
        ("http://203.0.113.9", "http://203.0.113.9:80"),
        ("203.0.113.9", "203.0.113.9:443"),
        ("198.51.100.7:8443", "198.51.100.7:8443"),
    ]:
        with subtests.test(target=target, name=name):
            assert known.find(target).name == name


def test_the_name_of_a_device_finds_the_same_device(known: TargetRegistry, subtests: pytest.Subtests) -> None:
    for target in ["hq", "bench", "Studio 1", "clock9.lab.example.net", "http://203.0.113.9"]:
        with subtests.test(target=target):
            device = known.find(target)
            assert known.find(device.name, device.auth, device.module) == device


@pytest.mark.parametrize(
    ("target", "auth", "module"),
    [
        ("hq", "default", "default"),
        ("bench", "lab", "field"),
        ("clock9.lab.example.net", "lab", "field"),
        ("198.51.100.7", "spare", "default"),
    ],
)
def test_a_device_is_probed_as_configured(known: TargetRegistry, target: str, auth: str, module: str) -> None:
    device = known.find(target)
    assert (device.auth, device.module) == (auth, module)


def test_a_request_may_name_another_module(known: TargetRegistry) -> None:
    assert known.find("hq", module="field").module == "field"


@pytest.mark.parametrize(
    ("target", "auth", "module"),
    [
        ("clock9.lab.example.net", "spare", "default"),
        ("clock9.lab.example.net", "lab", "field"),
        ("clock7", "spare", "default"),
        ("clock7", "default", "default"),
    ],
)
def test_auth_selects_among_the_entries_that_match_the_device(
    known: TargetRegistry, target: str, auth: str, module: str
) -> None:
    device = known.find(target, auth=auth)
    assert (device.auth, device.module) == (auth, module)


@pytest.mark.parametrize(
    ("target", "auth", "known_auths"),
    [("hq", "lab", "default"), ("bench", "default", "lab"), ("clock9.lab.example.net", "default", "lab, spare")],
)
def test_credentials_of_other_devices_are_rejected(
    known: TargetRegistry, target: str, auth: str, known_auths: str
) -> None:
    with pytest.raises(RequestError, match=rf"^auth: not configured for this target; known: {known_auths}$"):
        known.find(target, auth=auth)


def test_an_unknown_module_is_refused(known: TargetRegistry) -> None:
    with pytest.raises(
        RequestError, match=r'^module: not configured \(did you mean "field"\?\); known: default, field$'
    ):
        known.find("hq", module="feild")


def test_a_target_that_nothing_names_or_allows_is_refused(known: TargetRegistry, subtests: pytest.Subtests) -> None:
    for target in [
        "hq-2",
        "192.0.2.11",
        "192.0.2.10:444",
        "http://192.0.2.10",
        "clock9.lab.example.net.evil.example",
        "evil.example",
        "198.51.100.7.example",
    ]:
        with subtests.test(target=target):
            expected = "^target: neither configured under targets nor matched by a pattern.*; known: hq, "
            with pytest.raises(RequestError, match=expected):
                known.find(target)


def test_an_unknown_target_is_compared_with_the_names_of_a_small_fleet() -> None:
    small = TargetRegistry(replace(SETTINGS, targets=(Target(name="hq-1", address="192.0.2.1"),)))
    with pytest.raises(RequestError, match=r'\(did you mean "hq-1"\?\); known: hq-1$'):
        small.find("hq-9")
    many = tuple(Target(name=f"hq-{number}", address=f"192.0.2.{number}") for number in range(1, 100))
    with pytest.raises(RequestError, match=r"matched by a pattern under allowed$"):
        TargetRegistry(replace(SETTINGS, targets=many)).find("hq-999")


def test_an_invalid_address_is_rejected_without_being_repeated(
    known: TargetRegistry, subtests: pytest.Subtests
) -> None:
    for target in [
        "https://monitor:hunter2@192.0.2.10",
        "monitor@192.0.2.10",
        "https://192.0.2.10/api",
        "https://192.0.2.10?hunter2",
        "https://192.0.2.10#hunter2",
        "ftp://192.0.2.10",
        "192.0.2.10:hunter2",
        "192.0.2.10 hunter2",
        "192.0.2.10\r\nhunter2",
        "127.1",
        "",
    ]:
        with subtests.test(target=target):
            with pytest.raises(RequestError, match=r"^target: ") as caught:
                known.find(target)
            assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("target", ["http://clock9.lab.example.net", "http://clock7.lab.example.net:8080"])
def test_an_allowed_device_gets_plain_http_only_if_its_entry_allows_it(known: TargetRegistry, target: str) -> None:
    with pytest.raises(RequestError, match=r"nor matched by a pattern under allowed that has plain_http"):
        known.find(target)


def test_only_the_entries_that_accept_plain_http_give_their_credentials_to_it() -> None:
    any_host = re.compile(r"192\.0\.2\.\d+")
    entries = (Allowed(pattern=any_host, auth="lab"), Allowed(pattern=any_host, auth="spare", plain_http=True))
    known = TargetRegistry(replace(SETTINGS, allowed=entries))
    assert known.find("http://192.0.2.77").auth == "spare"
    with pytest.raises(RequestError, match=r"^auth: not configured for this target; known: spare$"):
        known.find("http://192.0.2.77", auth="lab")


def test_a_zone_matches_no_pattern_of_allowed_hosts(subtests: pytest.Subtests) -> None:
    for target in ["[fe80::1%x.example.net]:8443", "[::1%x.example.net]:8443", "fe80::1%x.example.net"]:
        for pattern in [r"[^.]+\.example\.net", r".*\.example\.net", r".+\.net"]:
            with subtests.test(pattern=pattern, target=target):
                known = TargetRegistry(replace(SETTINGS, allowed=(Allowed(pattern=re.compile(pattern)),)))
                with pytest.raises(RequestError, match=r"^target: "):
                    known.find(target)


def test_a_link_local_address_is_allowed_in_any_zone() -> None:
    known = TargetRegistry(replace(SETTINGS, allowed=(Allowed(pattern=re.compile("fe80::.*")),)))
    assert known.find("fe80::1%eth0").name == "[fe80::1%eth0]:443"


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    """A listening socket that is not in the configuration."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        yield listener


@pytest.mark.parametrize(
    "form", ["http://127.0.0.1:{}", "127.0.0.1:{}", "http://localhost:{}", "http://a:b@127.0.0.1:{}"]
)
def test_an_unconfigured_host_never_gets_a_connection(watch: Watch, stranger: socket.socket, form: str) -> None:
    exporter = watch(watching("http://192.0.2.10", allowed=SETTINGS.allowed, auths=SETTINGS.auths))
    with pytest.raises(RequestError):
        probe(exporter, form.format(stranger.getsockname()[1]))
    with pytest.raises(BlockingIOError):
        stranger.accept()
