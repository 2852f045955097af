"""Faults of a device or its network, over real sockets.

A device is probed twice during a fault and once after it: every response has status 200 and the reason,
arrives in time and loses no other series; the fault is logged once; and the next healthy probe is complete.
docs/reliability.md lists the log line, or the lost series, of each fault.
"""

import logging
import re
import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
import trustme
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.errors import FAILURE_REASONS
from msgspec.structs import replace

from tests.device.conftest import server_context
from tests.device.device_fakes import Behaviour, FakeDevice, Peer, answer, answering
from tests.probe.probe_pages import Samples
from tests.probe.probe_settings import watching
from tests.reliability.conftest import Trust
from tests.reliability.reliability_document import DOCUMENTED
from tests.reliability.reliability_faults import BODY, FAULTS, HANDSHAKE, MAX_WAIT, SHORT, TRANSPORT, Fault
from tests.reliability.reliability_service import PageResponse, Watched

WRONG = 2
"""Probes during the fault."""

HALF_OPEN = "half-open: a kept connection went silent"

LATE = 0.5
"""Seconds that a response may exceed the timeout on a busy machine."""

OF_THE_PROBE = ("lantime_probe_", "lantime_http_", "lantime_tls_")
OF_THE_MAPPING = ("lantime_collector_", "lantime_decode_errors", "lantime_status_leaves")

Series = set[tuple[str, frozenset[tuple[str, str]]]]


def wrong_first(behave: Behaviour) -> Behaviour:
    """Handle the first requests like this, each on a separate connection, and respond to others correctly."""
    left = WRONG

    def behave_at_last(peer: Peer) -> None:
        nonlocal left
        while peer.read_request():
            if left:
                left -= 1
                behave(peer)
                return
            peer.send(answer(BODY))

    return behave_at_last


def of_the_device(samples: Samples) -> Series:
    return {key for key in samples if not key[0].startswith(OF_THE_PROBE + OF_THE_MAPPING)}


@pytest.fixture(scope="session")
def complete(shared_service: Watched) -> Series:
    """The series of a healthy device."""
    with FakeDevice(answering(answer(BODY))) as device:
        shared_service.watch(watching(device.address))
        return of_the_device(shared_service.probe().samples)


def assert_failed(found: PageResponse, reason: str, timeout: float = MAX_WAIT) -> None:
    assert found.status == 200
    assert found.seconds < timeout + LATE
    samples = found.samples
    assert samples.reason == reason
    assert samples.labels("lantime_probe_failure", "reason") == set(FAILURE_REASONS)
    assert samples.one("lantime_up") == 0
    assert of_the_device(samples) == {("lantime_up", frozenset())}


def assert_logged_once(caplog: pytest.LogCaptureFixture, reason: str, text: str) -> None:
    logged = [record for record in caplog.records if record.name == "lantime_exporter.probe.service"]
    assert [record.levelname for record in logged] == ["WARNING", "INFO"]
    assert logged[0].getMessage().startswith(f"probe of lantime-1 failed ({reason}): ")
    assert text in logged[0].getMessage()
    assert logged[1].getMessage() == "probe of lantime-1 succeeds again"
    assert [record for record in caplog.records if record.levelno > logging.INFO] == logged[:1]


ROWS = [("http", name) for name in FAULTS] + [("https", name) for name in TRANSPORT]


@pytest.mark.parametrize(("scheme", "name"), ROWS)
def test_a_fault_is_reported_in_time_and_once_and_the_next_probe_is_complete(
    exporter: Watched,
    complete: Series,
    trust: Trust,
    caplog: pytest.LogCaptureFixture,
    scheme: str,
    name: str,
) -> None:
    caplog.set_level(logging.INFO, "lantime_exporter")
    fault = FAULTS[name]
    tls = server_context(trust.certificate) if scheme == "https" else None
    with FakeDevice(wrong_first(fault.behave), tls) as device:
        settings = watching(device.address, module=replace(trust.module, timeout=fault.timeout))
        exporter.watch(settings)
        auths = (Auth(username="monitor", password=Secret(f"{n}")) for n in range(WRONG))
        for _ in range(WRONG):
            found = exporter.probe()
            if fault.reason == "none":
                assert_costs(found, fault, complete)
            else:
                assert_failed(found, fault.reason, fault.timeout)
            if fault.reason == "auth":  # other credentials end the lockout
                exporter.watch(replace(settings, auths={"default": next(auths)}))
        assert of_the_device(exporter.probe().samples) == complete
    if fault.reason == "none":
        assert re.findall(r"`(lantime_\w+)", DOCUMENTED[name][-1]) == list(fault.lost)
        assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []
    else:
        reason, text = DOCUMENTED[name]
        assert_logged_once(caplog, reason, text if scheme == "http" else "")


def assert_costs(found: PageResponse, fault: Fault, complete: Series) -> None:
    assert found.status == 200
    samples = found.samples
    assert (samples.reason, samples.one("lantime_up")) == ("none", 1)
    lost = {name for name, _ in complete - of_the_device(samples)}
    assert {beginning for name in lost for beginning in fault.lost if name.startswith(beginning)} == set(fault.lost)
    assert {name for name in lost if not name.startswith(fault.lost or "none")} == set()
    assert sum(value for (name, _), value in samples.items() if name == "lantime_decode_errors") == fault.errors


def old_tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = server_context(certificate)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


EXPIRED = datetime(2020, 1, 1, tzinfo=UTC)

WRONG_TLS: dict[str, Callable[[Trust], ssl.SSLContext | None]] = {
    "certificate expired": lambda trust: server_context(
        trust.authority.issue_cert("127.0.0.1", not_before=EXPIRED, not_after=EXPIRED)
    ),
    "certificate of another host": lambda trust: server_context(trust.authority.issue_cert("clock1.example")),
    "certificate self-signed": lambda _: server_context(trustme.CA().issue_cert("127.0.0.1")),
    "old versions only": lambda trust: old_tls(trust.certificate),
    "no TLS": lambda _: None,
}


def answering_both(peer: Peer) -> None:
    """Respond over TLS; plain bytes are not a request."""
    if isinstance(peer.sock, ssl.SSLSocket):
        answering(answer(BODY))(peer)
    else:
        peer.sock.recv(1)
        peer.send(answer(status=400))


@pytest.mark.parametrize("name", WRONG_TLS)
def test_a_device_with_an_invalid_certificate_gets_no_password(
    exporter: Watched,
    complete: Series,
    trust: Trust,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    caplog.set_level(logging.INFO, "lantime_exporter")
    good = server_context(trust.certificate)
    with FakeDevice(answering_both, good) as device:
        exporter.watch(watching(device.address, module=trust.module))
        device.tls = WRONG_TLS[name](trust)
        for _ in range(WRONG):
            assert_failed(exporter.probe(), "tls")
        assert device.requests == []
        device.tls = good
        assert of_the_device(exporter.probe().samples) == complete
    assert_logged_once(caplog, *DOCUMENTED[name])


@pytest.mark.parametrize("name", HANDSHAKE)
def test_a_fault_in_the_handshake_is_reported_in_time_and_once_and_the_next_probe_is_complete(
    exporter: Watched, complete: Series, trust: Trust, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.INFO, "lantime_exporter")
    fault = HANDSHAKE[name]

    def behave(peer: Peer) -> None:
        if isinstance(peer.sock, ssl.SSLSocket):
            answering(answer(BODY))(peer)
        else:
            peer.sock.recv(65536)
            fault.behave(peer)

    good = server_context(trust.certificate)
    with FakeDevice(behave, good) as device:
        exporter.watch(watching(device.address, module=replace(trust.module, timeout=fault.timeout)))
        device.tls = None
        for _ in range(WRONG):
            assert_failed(exporter.probe(), fault.reason, fault.timeout)
        device.tls = good
        exporter.watch(watching(device.address, module=trust.module))
        assert of_the_device(exporter.probe().samples) == complete
    assert_logged_once(caplog, *DOCUMENTED[name])


def test_a_kept_connection_that_went_silent_costs_one_probe(
    exporter: Watched, complete: Series, caplog: pytest.LogCaptureFixture
) -> None:
    """Like a firewall that forgot the connection, or a device without power: nothing closes the connection."""
    caplog.set_level(logging.INFO, "lantime_exporter")

    def behave(peer: Peer) -> None:
        peer.read_request()
        peer.send(answer(BODY))
        if peer.read_request() and peer.device.connections == 1:
            peer.wait()

    with FakeDevice(behave) as device:
        exporter.watch(watching(device.address, module=Module(timeout=SHORT)))
        assert of_the_device(exporter.probe().samples) == complete
        assert_failed(exporter.probe(), "timeout", SHORT)
        assert of_the_device(exporter.probe().samples) == complete
    assert_logged_once(caplog, *DOCUMENTED[HALF_OPEN])


@pytest.fixture
def ports() -> Iterator[dict[str, int]]:
    """Two ports: one refuses connections, the other does not accept them."""
    with ExitStack() as stack:
        refusing = stack.enter_context(socket.socket())
        refusing.bind(("127.0.0.1", 0))
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        yield {"refusing": refusing.getsockname()[1], "full": full.getsockname()[1]}


ABSENT = {
    "refused": "http://127.0.0.1:{refusing}",
    "connection not accepted": "http://127.0.0.1:{full}",
    "unreachable": "http://255.255.255.255",  # no host has it, so there is no route to it
    "unknown name": "http://clock1.invalid",
}


@pytest.mark.parametrize("name", ABSENT)
def test_an_absent_device_is_reported_once_and_the_next_probe_is_complete(
    exporter: Watched, complete: Series, ports: dict[str, int], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    reason, text = DOCUMENTED[name]
    exporter.watch(watching(ABSENT[name].format(**ports), module=Module(timeout=SHORT)))
    for _ in range(WRONG):
        assert_failed(exporter.probe(), reason, SHORT)
    [logged] = caplog.messages
    assert text in logged
    with FakeDevice(answering(answer(BODY))) as device:
        exporter.watch(watching(device.address))
        assert of_the_device(exporter.probe().samples) == complete


def test_the_document_lists_the_tested_faults() -> None:
    assert DOCUMENTED.keys() == {*FAULTS, *HANDSHAKE, *WRONG_TLS, *ABSENT, HALF_OPEN}
