"""TLS of the server: the context with its certificate, and the handshake with a client."""

import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from yaml.nodes import Node

from lantime_exporter.config.problems import fail
from lantime_exporter.config.schema import Section, doc
from lantime_exporter.config.secret import AuthoritiesFile, File
from lantime_exporter.config.value_types import Context, Name, ValueType, choice
from lantime_exporter.pem import load_authorities, load_certificate
from lantime_exporter.web.request_parser import lingering_close

VERSIONS = MappingProxyType({"TLS12": ssl.TLSVersion.TLSv1_2, "TLS13": ssl.TLSVersion.TLSv1_3})

CLIENT_AUTH = MappingProxyType(
    {
        "NoClientCert": ssl.CERT_NONE,
        "VerifyClientCertIfGiven": ssl.CERT_OPTIONAL,
        "RequireAndVerifyClientCert": ssl.CERT_REQUIRED,
    }
)

DEFAULT_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""The cipher suites of TLS 1.2 without configuration: those with forward secrecy and authenticated encryption."""

CIPHERS = MappingProxyType(
    {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256": "ECDHE-ECDSA-AES128-GCM-SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384": "ECDHE-ECDSA-AES256-GCM-SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256": "ECDHE-ECDSA-CHACHA20-POLY1305",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256": "ECDHE-RSA-AES128-GCM-SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384": "ECDHE-RSA-AES256-GCM-SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": "ECDHE-RSA-CHACHA20-POLY1305",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305": "ECDHE-ECDSA-CHACHA20-POLY1305",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305": "ECDHE-RSA-CHACHA20-POLY1305",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA": "ECDHE-ECDSA-AES128-SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA": "ECDHE-ECDSA-AES256-SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA": "ECDHE-RSA-AES128-SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA": "ECDHE-RSA-AES256-SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256": "AES128-GCM-SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384": "AES256-GCM-SHA384",
        "TLS_RSA_WITH_AES_128_CBC_SHA": "AES128-SHA",
        "TLS_RSA_WITH_AES_256_CBC_SHA": "AES256-SHA",
    }
)
"""The cipher suites of TLS 1.2 that may be configured: the IANA name, and that of OpenSSL."""

TLS_1_3_CIPHERS = frozenset({"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
"""Accepted without effect: OpenSSL, like Go, always offers all of them."""

KEY_EXCHANGE_GROUP = "prime256v1"
"""The group that every client of TLS 1.3 supports (RFC 8446, section 9.1).

OpenSSL's default includes ffdhe8192, with which a client makes the server compute for 0.2 s at each handshake (DHEat).
Python before 3.15 can restrict the groups only to a single one. With TLS 1.2 it also limits client certificates, so it
is not set for them if ``max_version`` is TLS12, which has no such group.
"""

_PLAIN_HTTP = b"HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nthis port serves HTTPS\n"


def unsupported(instead: str) -> ValueType:
    """Return the type of a key that protects in the toolkit but not here: using it is an error."""

    def read(_node: Node, _context: Context) -> None:
        fail(f"is not supported by lantime-exporter: {instead}")

    return ValueType("unsupported", read)


class TlsServerConfig(Section, frozen=True, kw_only=True):
    """``tls_server_config`` of the web configuration; every field has the name of its key."""

    cert_file: Annotated[File, doc("Certificate chain in PEM form.")]
    key_file: Annotated[File, doc("Private key in PEM form.")]
    cert: Annotated[None, unsupported("use cert_file")] = None
    key: Annotated[None, unsupported("use key_file")] = None
    client_auth_type: Annotated[str, choice(*CLIENT_AUTH), doc("Whether clients need a certificate.")] = "NoClientCert"
    client_ca_file: Annotated[AuthoritiesFile | None, doc("Authorities of client certificates, in PEM form.")] = None
    client_allowed_sans: Annotated[tuple[Name, ...], doc("Names of which a client certificate must have one.")] = ()
    min_version: Annotated[str, choice(*VERSIONS), doc("Lowest version of TLS.")] = "TLS12"
    max_version: Annotated[str, choice(*VERSIONS), doc("Highest version of TLS.")] = "TLS13"
    cipher_suites: Annotated[
        tuple[Annotated[str, choice(*CIPHERS, *sorted(TLS_1_3_CIPHERS))], ...],
        doc("Cipher suites of TLS 1.2; those of TLS 1.3 are fixed."),
    ] = ()
    prefer_server_cipher_suites: Annotated[bool, doc("Whether the order of the server's cipher suites decides.")] = True
    curve_preferences: Annotated[None, unsupported("remove the key")] = None

    def conflicts(self) -> Iterable[tuple[tuple[str, ...], str]]:
        """Return the conflicts between values."""
        policy = self.client_auth_type
        verifying = policy != "NoClientCert"
        if verifying and not self.client_ca_file:
            yield ("client_auth_type", "client_ca_file"), f"client_auth_type {policy} needs client_ca_file"
        for name in ("client_ca_file", "client_allowed_sans"):
            if getattr(self, name) and not verifying:
                text = f"{name} has no effect with client_auth_type {policy}: use RequireAndVerifyClientCert"
                yield (name, "client_auth_type"), text
        if self.min_version == "TLS13" and self.max_version == "TLS12":
            yield ("min_version", "max_version"), "min_version TLS13 is above max_version TLS12"

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the context."""
        return tuple(path for path in (self.cert_file, self.key_file, self.client_ca_file) if path)


@dataclass(frozen=True, slots=True)
class ServerTls:
    """A context, and the names of clients that it admits (empty: any verified one)."""

    context: ssl.SSLContext
    allowed_sans: frozenset[str] = frozenset()

    def handshake(self, sock: socket.socket, timeout: float) -> ssl.SSLSocket:
        """Return the socket as a TLS one, within ``timeout`` seconds for the whole handshake.

        Raises OSError (such as ssl.SSLError and TimeoutError) for a rejected client, and closes the socket.
        """
        secured = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        try:
            secured.settimeout(timeout)
            secured.do_handshake()
            self._check_client(secured)
        except BaseException as error:
            with secured:
                if isinstance(error, ssl.SSLError) and error.reason == "HTTP_REQUEST":
                    socket.socket.sendall(secured, _PLAIN_HTTP)
                    lingering_close(secured, timeout)
            raise
        return secured

    def _check_client(self, secured: ssl.SSLSocket) -> None:
        certificate = secured.getpeercert()
        if self.allowed_sans and certificate:
            names = {_canonical_name(str(entry[1])) for entry in certificate.get("subjectAltName", ())}
            if names.isdisjoint(self.allowed_sans):
                raise ssl.SSLCertVerificationError("the client certificate has none of client_allowed_sans")


def server_tls(config: TlsServerConfig) -> ServerTls:
    """Return the configured TLS. Raises ConfigError if the files cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = VERSIONS[config.min_version]
    context.maximum_version = VERSIONS[config.max_version]
    context.set_alpn_protocols(["http/1.1"])
    if config.cipher_suites and TLS_1_3_CIPHERS.issuperset(config.cipher_suites):
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    else:
        chosen = [CIPHERS[name] for name in config.cipher_suites if name in CIPHERS]
        context.set_ciphers(":".join(chosen) or DEFAULT_CIPHERS)
    if not config.prefer_server_cipher_suites:
        context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    if config.client_auth_type == "NoClientCert" or config.max_version != "TLS12":
        context.set_ecdh_curve(KEY_EXCHANGE_GROUP)
    load_certificate(context, config.cert_file, config.key_file)
    if config.client_ca_file:
        load_authorities(context, config.client_ca_file)
    context.verify_mode = CLIENT_AUTH[config.client_auth_type]
    return ServerTls(context, frozenset(map(_canonical_name, config.client_allowed_sans)))


def _canonical_name(name: str) -> str:
    """Return an IP address in its short form (OpenSSL writes those of IPv6 in full), and any other name unchanged."""
    try:
        return str(ip_address(name))
    except ValueError:
        return name
