import datetime as dt
import hashlib
import logging
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Module, Tls
from lantime_exporter.device.client import DeviceClient
from lantime_exporter.device.exchange import Fetch
from lantime_exporter.device.tls import TlsContexts, not_after
from lantime_exporter.errors import ConfigError, TlsError

from tests.device.conftest import server_context
from tests.device.device_fakes import FakeDevice, Peer, answer, answering

Ask = Callable[..., Fetch]


def fingerprint(certificate: trustme.LeafCert) -> str:
    der = ssl.PEM_cert_to_DER_cert(certificate.cert_chain_pems[0].bytes().decode())
    return hashlib.sha256(der).hexdigest()


def shown(certificate: trustme.LeafCert) -> str:
    return ":".join(wrap(fingerprint(certificate).upper(), 2))


def assert_refused(result: Fetch, device: FakeDevice, cause: str) -> None:
    assert isinstance(result.error, TlsError)
    assert cause in str(result.error)
    assert device.requests == []


@pytest.fixture
def stranger() -> trustme.LeafCert:
    """Return a certificate of an unknown authority."""
    return trustme.CA().issue_cert("127.0.0.1")


def test_a_certificate_of_the_configured_authority_is_accepted(
    fetch: Ask, server_tls: ssl.SSLContext, ca_file: Path
) -> None:
    with FakeDevice(answering(answer()), server_tls) as device:
        assert fetch(device.address, module=Module(tls=Tls(ca_file=ca_file))).error is None


def test_a_certificate_of_another_authority_is_refused(fetch: Ask, stranger: trustme.LeafCert, ca_file: Path) -> None:
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        result = fetch(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        assert_refused(result, device, "unable to get local issuer certificate (set tls.ca_file")


def test_a_private_authority_is_unknown_to_the_system(fetch: Ask, server_tls: ssl.SSLContext) -> None:
    with FakeDevice(answering(answer()), server_tls) as device:
        assert_refused(fetch(device.address), device, "certificate rejected")


def test_the_devices_own_certificate_may_be_the_ca_file(fetch: Ask, stranger: trustme.LeafCert, tmp_path: Path) -> None:
    stranger.cert_chain_pems[0].write_to_path(tmp_path / "lt1.pem")
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        assert fetch(device.address, module=Module(tls=Tls(ca_file=tmp_path / "lt1.pem"))).error is None


def test_an_expired_certificate_is_refused(fetch: Ask, authority: trustme.CA, ca_file: Path) -> None:
    expired = authority.issue_cert("127.0.0.1", not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    with FakeDevice(answering(answer()), server_context(expired)) as device:
        result = fetch(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        assert_refused(result, device, "certificate has expired")


def test_a_certificate_for_another_host_is_refused(fetch: Ask, authority: trustme.CA, ca_file: Path) -> None:
    with FakeDevice(answering(answer()), server_context(authority.issue_cert("lt2.example"))) as device:
        result = fetch(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        assert_refused(result, device, "IP address mismatch")


def test_server_name_is_the_host_that_the_certificate_must_name(
    fetch: Ask, authority: trustme.CA, ca_file: Path
) -> None:
    tls = Tls(ca_file=ca_file, server_name="lt2.example")
    with FakeDevice(answering(answer()), server_context(authority.issue_cert("lt2.example"))) as device:
        assert fetch(device.address, module=Module(tls=tls)).error is None


def test_server_name_is_sent_to_the_device(fetch: Ask, authority: trustme.CA, ca_file: Path) -> None:
    tls = Tls(ca_file=ca_file, server_name="lt2.example")
    with FakeDevice(answering(answer()), server_context(authority.issue_cert("lt2.example"))) as device:
        fetch(device.address, module=Module(tls=tls))
        assert device.server_names == ["lt2.example"]


def test_a_pinned_certificate_needs_no_authority(fetch: Ask, stranger: trustme.LeafCert) -> None:
    tls = Tls(fingerprint_sha256=fingerprint(stranger))
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        assert fetch(device.address, module=Module(tls=tls)).error is None


def test_another_certificate_than_the_pinned_one_is_refused(fetch: Ask, stranger: trustme.LeafCert) -> None:
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        result = fetch(device.address, module=Module(tls=Tls(fingerprint_sha256="00" * 32)))
        assert_refused(result, device, f"fingerprint {shown(stranger)}, not the pinned 00:00")


def test_a_pin_counts_even_with_insecure_skip_verify(fetch: Ask, stranger: trustme.LeafCert) -> None:
    tls = Tls(fingerprint_sha256="00" * 32, insecure_skip_verify=True)
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        assert_refused(fetch(device.address, module=Module(tls=tls)), device, "fingerprint")


def test_an_authority_counts_even_with_a_pin(fetch: Ask, stranger: trustme.LeafCert, ca_file: Path) -> None:
    tls = Tls(fingerprint_sha256=fingerprint(stranger), ca_file=ca_file)
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        assert_refused(fetch(device.address, module=Module(tls=tls)), device, "issuer")


def test_insecure_skip_verify_takes_any_certificate(fetch: Ask, stranger: trustme.LeafCert) -> None:
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        assert fetch(device.address, module=Module(tls=Tls(insecure_skip_verify=True))).error is None


def test_insecure_skip_verify_warns_once_for_a_client(
    open_client: Callable[..., DeviceClient], server_tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    with FakeDevice(answering(answer()), server_tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(insecure_skip_verify=True)))
        for _ in range(3):
            client.fetch("/api/status", Deadline.after(5))
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert ["insecure_skip_verify" in record.getMessage() for record in warnings] == [True]


@pytest.fixture
def demanding_tls(certificate: trustme.LeafCert, authority: trustme.CA) -> ssl.SSLContext:
    context = server_context(certificate)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    return context


def test_a_client_certificate_is_shown_to_a_device_that_asks(
    fetch: Ask, demanding_tls: ssl.SSLContext, authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    authority.issue_cert("exporter@example").private_key_and_cert_chain_pem.write_to_path(tmp_path / "client.pem")
    tls = Tls(ca_file=ca_file, cert_file=tmp_path / "client.pem")
    with FakeDevice(answering(answer()), demanding_tls) as device:
        assert fetch(device.address, module=Module(tls=tls)).error is None


def test_a_device_that_asks_for_a_client_certificate_and_gets_none_is_a_tls_failure(
    fetch: Ask, demanding_tls: ssl.SSLContext, ca_file: Path
) -> None:
    with FakeDevice(answering(answer()), demanding_tls) as device:
        result = fetch(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        assert_refused(result, device, "certificate required")


def test_https_to_an_http_port_is_a_tls_failure(fetch: Ask) -> None:
    with FakeDevice(lambda peer: peer.send(answer())) as device:
        result = fetch(device.address.replace("http:", "https:"))
        assert_refused(result, device, "TLS failed")


@pytest.mark.parametrize("insecure", [False, True])
def test_the_end_of_the_certificate_is_reported(
    fetch: Ask, authority: trustme.CA, ca_file: Path, *, insecure: bool
) -> None:
    end = dt.datetime(2031, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    tls = Tls(ca_file=ca_file, insecure_skip_verify=insecure)
    with FakeDevice(answering(answer()), server_context(authority.issue_cert("127.0.0.1", not_after=end))) as device:
        [exchange] = fetch(device.address, module=Module(tls=tls)).exchanges
        assert exchange.certificate_not_after == end.timestamp()


def test_a_new_connection_resumes_the_tls_session(
    open_client: Callable[..., DeviceClient], server_tls: ssl.SSLContext, ca_file: Path
) -> None:
    with FakeDevice(answering(answer(headers=["Connection: close"])), server_tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        for _ in range(3):
            assert client.fetch("/api/status", Deadline.after(5)).error is None
        assert (device.connections, device.resumed) == (3, 2)


def test_a_resumed_session_is_still_compared_with_the_pin(
    open_client: Callable[..., DeviceClient], stranger: trustme.LeafCert
) -> None:
    tls = Tls(fingerprint_sha256=fingerprint(stranger))
    with FakeDevice(answering(answer(headers=["Connection: close"])), server_context(stranger)) as device:
        client = open_client(device.address, module=Module(tls=tls))
        errors = [client.fetch("/api/status", Deadline.after(5)).error for _ in range(2)]
        assert (errors, device.resumed) == ([None, None], 1)


def test_authority_variables_of_the_environment_have_no_influence(
    fetch: Ask, stranger: trustme.LeafCert, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger.cert_chain_pems[0].write_to_path(tmp_path / "stranger.pem")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "stranger.pem"))
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        result = fetch(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        assert_refused(result, device, "certificate rejected")


def test_session_keys_are_written_nowhere(
    fetch: Ask, server_tls: ssl.SSLContext, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    with FakeDevice(answering(answer()), server_tls) as device:
        fetch(device.address, module=Module(tls=Tls(ca_file=ca_file)))
    assert not (tmp_path / "keys").exists()


def test_devices_with_the_same_settings_share_one_context(ca_file: Path) -> None:
    contexts = TlsContexts()
    pins = [Tls(ca_file=ca_file, fingerprint_sha256=digit * 64) for digit in "ab"]
    assert contexts.get(pins[0]) is contexts.get(pins[1])


def test_insecure_devices_do_not_share_the_context_of_others(ca_file: Path) -> None:
    contexts = TlsContexts()
    insecure = contexts.get(Tls(ca_file=ca_file, insecure_skip_verify=True))
    assert insecure is not contexts.get(Tls(ca_file=ca_file))


@pytest.mark.parametrize(
    ("content", "cause"), [(None, "No such file"), ("", "certificate"), ("nonsense", "certificate")]
)
@pytest.mark.parametrize("key", ["ca_file", "cert_file"])
def test_a_file_that_cannot_be_used_is_named(key: str, content: str | None, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "file.pem"
    if content is not None:
        path.write_text(content)
    tls = Tls(ca_file=path) if key == "ca_file" else Tls(cert_file=path)
    with pytest.raises(ConfigError) as error:
        TlsContexts().get(tls)
    assert str(error.value).startswith(f"{path}: ")
    assert cause in str(error.value)


Connections = Callable[..., DeviceClient]
CLOSING = answer(headers=["Connection: close"])


def ask(client: DeviceClient) -> Fetch:
    return client.fetch("/api/status", Deadline.after(5))


def test_an_authority_that_was_renewed_on_disk_counts_at_the_next_connection(
    open_client: Connections, stranger: trustme.LeafCert, server_tls: ssl.SSLContext, ca_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ca.pem"
    stranger.cert_chain_pems[0].write_to_path(path)
    with FakeDevice(answering(CLOSING), server_tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(ca_file=path)))
        refused = ask(client).error
        path.write_bytes(ca_file.read_bytes())
        assert (refused is None, ask(client).error) == (False, None)


@pytest.mark.parametrize("content", [b"", b"-----BEGIN CERTIFICATE-----\nMIIB", None])
def test_an_authority_that_cannot_be_read_leaves_the_last_good_one(
    open_client: Connections, server_tls: ssl.SSLContext, ca_file: Path, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "ca.pem"
    path.write_bytes(ca_file.read_bytes())
    with FakeDevice(answering(CLOSING), server_tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(ca_file=path)))
        assert ask(client).error is None
        path.unlink() if content is None else path.write_bytes(content)
        assert ask(client).error is None


def test_a_client_certificate_without_its_new_key_leaves_the_last_good_pair(
    open_client: Connections, demanding_tls: ssl.SSLContext, authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    names: list[str] = []
    old, new = (authority.issue_cert(f"{name}@example") for name in ("old", "new"))
    certificate, key = tmp_path / "client.pem", tmp_path / "client.key"
    old.cert_chain_pems[0].write_to_path(certificate)
    old.private_key_pem.write_to_path(key)

    def behave(peer: Peer) -> None:
        assert isinstance(peer.sock, ssl.SSLSocket)
        names.append(str((peer.sock.getpeercert() or {}).get("subjectAltName")))
        peer.read_request()
        peer.send(CLOSING)

    tls = Tls(ca_file=ca_file, cert_file=certificate, key_file=key)
    with FakeDevice(behave, demanding_tls) as device:
        client = open_client(device.address, module=Module(tls=tls))
        ask(client)
        new.cert_chain_pems[0].write_to_path(certificate)
        ask(client)
        new.private_key_pem.write_to_path(key)
        ask(client)
    assert [("old@" in name, "new@" in name) for name in names] == [(True, False), (True, False), (False, True)]


def test_the_expiry_of_the_certificate_is_known_over_kept_connections_too(
    open_client: Connections, server_tls: ssl.SSLContext, ca_file: Path
) -> None:
    with FakeDevice(answering(answer()), server_tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        ends = [ask(client).exchanges[0].certificate_not_after for _ in range(3)]
        assert device.connections == 1
        assert ends[0] is not None
        assert len(set(ends)) == 1


def test_a_certificate_that_was_replaced_is_seen_within_an_hour(
    open_client: Connections, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2031, 2032)]
    tls = server_context(authority.issue_cert("127.0.0.1", not_after=ends[0]))
    now = time.monotonic()
    with FakeDevice(answering(answer()), tls) as device:
        client = open_client(device.address, module=Module(tls=Tls(ca_file=ca_file)))
        seen = [ask(client).exchanges[0].certificate_not_after]
        authority.issue_cert("127.0.0.1", not_after=ends[1]).configure_cert(tls)
        for minutes in range(4, 61, 4):
            monkeypatch.setattr(time, "monotonic", lambda later=now + minutes * 60: later)
            seen.append(expiry(client))
    assert seen[0] == ends[0].timestamp()
    assert seen[-1] == ends[1].timestamp()


def expiry(client: DeviceClient) -> float | None:
    return client.fetch("/api/status", Deadline(time.monotonic() + 5)).exchanges[-1].certificate_not_after


@pytest.mark.parametrize("tls", [Tls(), Tls(fingerprint_sha256="00" * 32)], ids=["authority", "pin"])
def test_a_refusal_holds_the_fingerprint_that_was_seen(fetch: Ask, stranger: trustme.LeafCert, tls: Tls) -> None:
    with FakeDevice(answering(answer()), server_context(stranger)) as device:
        error = fetch(device.address, module=Module(tls=tls)).error
        assert isinstance(error, TlsError)
        assert shown(stranger) in str(error)


def test_the_devices_own_certificate_for_another_host_is_refused_with_advice(fetch: Ask, tmp_path: Path) -> None:
    factory = trustme.CA().issue_cert("lantime")
    factory.cert_chain_pems[0].write_to_path(tmp_path / "lt1.pem")
    with FakeDevice(answering(answer()), server_context(factory)) as device:
        result = fetch(device.address, module=Module(tls=Tls(ca_file=tmp_path / "lt1.pem")))
        assert_refused(result, device, "(set tls.server_name or tls.fingerprint_sha256)")
        assert shown(factory) in str(result.error)


@pytest.mark.parametrize("suite", ["AES256-GCM-SHA384", "ECDHE-RSA-AES256-SHA:@SECLEVEL=0"])
@pytest.mark.parametrize("allow", [False, True])
def test_old_cipher_suites_are_refused_with_advice_unless_they_are_allowed(
    fetch: Ask, suite: str, tmp_path: Path, *, allow: bool
) -> None:
    old = rsa_context(tmp_path)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.set_ciphers(suite)
    tls = Tls(insecure_skip_verify=True, allow_legacy_ciphers=allow)
    with FakeDevice(answering(answer()), old) as device:
        result = fetch(device.address, module=Module(tls=tls))
        if allow:
            assert result.error is None
        else:
            assert_refused(result, device, "no common cipher suite or protocol version (tls.allow_legacy_ciphers")


def rsa_context(folder: Path) -> ssl.SSLContext:
    certificate = trustme.CA(key_type=trustme.KeyType.RSA).issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA)
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "rsa.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "rsa.pem")
    return context


DER = ssl.PEM_cert_to_DER_cert(trustme.CA().issue_cert("lt1").cert_chain_pems[0].bytes().decode())


def test_both_forms_of_time_are_read(subtests: pytest.Subtests) -> None:
    for year in [2024, 2049, 2050, 2120]:
        with subtests.test(year=year):
            end = dt.datetime(year, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
            begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
            leaf = trustme.CA().issue_cert("lt1", not_before=begin, not_after=end)
            assert not_after(ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())) == end.timestamp()


@given(st.binary(max_size=200))
def test_any_bytes_give_none_or_a_time(data: bytes) -> None:
    assert not_after(data) is None or isinstance(not_after(data), float)


@given(st.integers(0, len(DER) - 1), st.integers(0, 255))
def test_a_damaged_certificate_gives_none_or_a_time(position: int, value: int) -> None:
    damaged = DER[:position] + bytes([value]) + DER[position + 1 :]
    assert not_after(damaged) is None or isinstance(not_after(damaged), float)


@given(st.integers(0, 100))
def test_a_certificate_cut_short_gives_none(length: int) -> None:
    assert not_after(DER[:length]) is None
