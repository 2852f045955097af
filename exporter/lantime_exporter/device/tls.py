"""TLS to a device: verification of its certificate, client certificates, sessions."""

import hashlib
import re
import ssl
import threading
import time
from datetime import UTC, datetime
from textwrap import wrap
from typing import Any, cast

from lantime_exporter.config.settings import Tls
from lantime_exporter.device.deadline_socket import DeadlineSocket, DeadlineTlsSocket
from lantime_exporter.errors import ConfigError, TlsError
from lantime_exporter.file_reloader import FileReloader
from lantime_exporter.pem import load_authorities, load_certificate

MAX_SESSION_SECONDS = 1800.0
"""Seconds in which a TLS session may be resumed: it shows the certificate of its first handshake."""

CIPHERS = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"
"""Python's default; Debian builds Python with the wider default of OpenSSL."""

LEGACY_CIPHERS = "HIGH:!aNULL:!eNULL:!PSK:!SRP:!aDSS:@SECLEVEL=1"
"""For ``allow_legacy_ciphers``: also RSA key exchange, CBC with SHA-1, and RSA keys of 1,024 bits."""


class TlsContexts:
    """The contexts of one configuration: one for all devices with the same settings.

    Loading the system's CAs takes some 20 ms and a megabyte, too much for each device. Files that change on disk are
    loaded again; while they cannot be used, the last good context stays.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[tuple[object, ...], FileReloader[ssl.SSLContext]] = {}

    def get(self, tls: Tls) -> ssl.SSLContext:
        """Return the context for these settings; raises ConfigError if one of their files cannot be used."""
        key = (tls.ca_file, tls.cert_file, tls.key_file, _is_verifying(tls), tls.allow_legacy_ciphers)
        with self._lock:
            reloader = self._contexts.get(key)
            if reloader is None:
                files = tuple(path for path in (tls.ca_file, tls.cert_file, tls.key_file) if path is not None)
                reloader = self._contexts[key] = FileReloader(files, lambda: _context(tls))
        return reloader.current()


class TlsClient:
    """Secures connections to one device, and keeps its last TLS session to make the next handshake short."""

    def __init__(self, tls: Tls, server_name: str, contexts: TlsContexts) -> None:
        """Raise ConfigError if a file or the fingerprint of the settings cannot be used."""
        contexts.get(tls)
        self._tls = tls
        self._contexts = contexts
        self._server_name = tls.server_name or server_name
        self._fingerprint = None if tls.fingerprint_sha256 is None else _fingerprint(tls.fingerprint_sha256)
        self._session: tuple[ssl.SSLSession, ssl.SSLContext] | None = None
        self._verified_at = 0.0

    def secure(self, sock: DeadlineSocket) -> DeadlineTlsSocket:
        """Perform the handshake over this connection and return it with TLS.

        Raises ssl.SSLError, OSError, TimeoutError, and TlsError if the certificate is not the expected one; the
        connection is closed then.
        """
        timing = sock.timing
        context = self._contexts.get(self._tls)
        wrapped = context.wrap_socket(
            sock,
            server_hostname=self._server_name,
            session=self._take_session(context),
            do_handshake_on_connect=False,
        )
        secured = cast("DeadlineTlsSocket", wrapped)
        try:
            secured.do_handshake()
            self._check_pin(secured.getpeercert(binary_form=True) or b"")
            secured.begin(timing)
        except ssl.SSLCertVerificationError as error:
            refusal = _refusal(error, _shown_fingerprint(secured))
            secured.close()
            raise refusal from None
        except BaseException:
            secured.close()
            raise
        if not secured.session_reused:
            self._verified_at = time.monotonic()
        return secured

    def keep_session(self, sock: DeadlineTlsSocket) -> None:
        """Keep the session of a connection after its first response: TLS 1.3 issues it after the handshake."""
        if sock.session is not None:
            self._session = (sock.session, sock.context)

    def _take_session(self, context: ssl.SSLContext) -> ssl.SSLSession | None:
        # If a device fails to resume a session that it offered, the next handshake is a full one.
        kept, self._session = self._session, None
        is_fresh = time.monotonic() - self._verified_at < MAX_SESSION_SECONDS
        return kept[0] if kept is not None and kept[1] is context and is_fresh else None

    def _check_pin(self, certificate: bytes) -> None:
        if self._fingerprint is None:
            return
        seen = hashlib.sha256(certificate).hexdigest()
        if seen != self._fingerprint:
            pinned = _readable(self._fingerprint)
            raise TlsError(
                f"the certificate has the SHA-256 fingerprint {_readable(seen)}, not the pinned {pinned}",
                fingerprint=seen,
            )


def _is_verifying(tls: Tls) -> bool:
    """Return whether a CA must have signed the certificate: a pinned one needs none unless a CA is set too."""
    return not tls.insecure_skip_verify and (tls.fingerprint_sha256 is None or tls.ca_file is not None)


def _context(tls: Tls) -> ssl.SSLContext:
    # Not ssl.create_default_context: it writes session keys to the file that SSLKEYLOGFILE names.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = DeadlineTlsSocket
    context.set_ciphers(LEGACY_CIPHERS if tls.allow_legacy_ciphers else CIPHERS)
    if not _is_verifying(tls):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif tls.ca_file is None:
        context.load_default_certs()
    else:
        # Every certificate in the file is trusted: an intermediate CA or the device's own too.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        load_authorities(context, tls.ca_file)
    if tls.cert_file is not None:
        load_certificate(context, tls.cert_file, tls.key_file)
    return context


def _refusal(error: ssl.SSLCertVerificationError, fingerprint: str | None) -> TlsError:
    """Return the error for a rejected certificate, with advice how to accept it."""
    seen = "" if fingerprint is None else f"; its SHA-256 fingerprint is {_readable(fingerprint)}"
    if error.verify_code in UNKNOWN_AUTHORITY:
        advice = " (set tls.ca_file or tls.fingerprint_sha256)"
    elif error.verify_code in OTHER_HOST:
        advice = " (set tls.server_name or tls.fingerprint_sha256)"
    else:
        advice = ""
    return TlsError(f"certificate rejected: {error.verify_message.rstrip('.')}{advice}{seen}", fingerprint=fingerprint)


UNKNOWN_AUTHORITY = (18, 19, 20, 21)
"""X509_V_ERR_*: self-signed, or the issuer is not known."""

OTHER_HOST = (62, 64)
"""X509_V_ERR_HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH."""


def _shown_fingerprint(sock: ssl.SSLSocket) -> str | None:
    """Return the SHA-256 fingerprint of the certificate in a failed handshake, None if it is not known."""
    # The method is private before Python 3.13, and getpeercert() works only after a successful handshake.
    ssl_object: Any = getattr(sock, "_sslobj", None)
    chain = ssl_object.get_unverified_chain() if hasattr(ssl_object, "get_unverified_chain") else None
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(chain[0].public_bytes())).hexdigest() if chain else None


def _readable(fingerprint: str) -> str:
    """Return a fingerprint as browsers and openssl show it: ``8F:3A:...``."""
    return ":".join(wrap(fingerprint.upper(), 2))


def _fingerprint(text: str) -> str:
    digits = text.replace(":", "").strip().lower()
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise ConfigError("tls.fingerprint_sha256: a SHA-256 fingerprint has 64 hexadecimal digits, colons are allowed")
    return digits


_SEQUENCE = 0x30
_VERSION = 0xA0
_UTC_TIME = 0x17
_GENERALIZED_TIME = 0x18
_FIELDS_BEFORE_VALIDITY = 3  # serialNumber, signature, issuer
_DIGITS = re.compile(rb"[0-9]{12,14}Z")


def not_after(der: bytes) -> float | None:
    """Return the ``notAfter`` of an X.509 certificate (RFC 5280, section 4.1) as Unix time, None if it has none."""
    try:
        _, certificate, _ = _element(der)
        _, to_be_signed, _ = _element(certificate)
        tag, _, rest = _element(to_be_signed)
        fields = rest if tag == _VERSION else to_be_signed
        for _ in range(_FIELDS_BEFORE_VALIDITY):
            _, _, fields = _element(fields)
        tag, validity, _ = _element(fields)
        _, _, after_not_before = _element(validity)
        kind, text, _ = _element(after_not_before)
        return _unix_time(kind, text) if tag == _SEQUENCE else None
    except ValueError:
        return None


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """Return tag and content of the first element, and the rest. Raises ValueError if it is incomplete."""
    if len(data) < 2:
        raise ValueError("truncated")
    tag, length, start = data[0], data[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start])
    if len(data) < start + length:
        raise ValueError("truncated")
    return tag, data[start : start + length], data[start + length :]


def _unix_time(kind: int, text: bytes) -> float | None:
    if not _DIGITS.fullmatch(text):
        return None
    digits = text[:-1].decode("ascii")
    if kind == _UTC_TIME and len(digits) == 12:
        century = "20" if digits[:2] < "50" else "19"
        digits = century + digits
    elif kind != _GENERALIZED_TIME or len(digits) != 14:
        return None
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
