"""TLS to a device: verification of its certificate, client certificates, sessions."""

import hashlib
import logging
import re
import ssl
import threading
import time
from datetime import UTC, datetime
from textwrap import wrap
from typing import Any, cast

from lantime_exporter.config.settings import Tls
from lantime_exporter.device.deadline_socket import DeadlineSocket, DeadlineTlsSocket
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import TlsError
from lantime_exporter.file_reloader import FileReloader
from lantime_exporter.pem import load_authorities, load_certificate

log = logging.getLogger(__name__)

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

    def __init__(self, endpoint: Endpoint, tls: Tls, contexts: TlsContexts) -> None:
        """Raise ConfigError if a file of the settings cannot be used."""
        contexts.get(tls)
        if tls.insecure_skip_verify and tls.fingerprint_sha256 is None:
            log.warning(
                "%s: certificate not verified (insecure_skip_verify): the connection, and the password, can be "
                "intercepted",
                endpoint.authority,
            )
        self._tls = tls
        self._contexts = contexts
        self._server_name = tls.server_name or endpoint.server_name
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
            refusal = _refusal(error, secured)
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
        seen, pinned = hashlib.sha256(certificate).hexdigest(), self._tls.fingerprint_sha256
        if pinned is not None and pinned != seen:
            text = f"the certificate has the SHA-256 fingerprint {_readable(seen)}, not the pinned {_readable(pinned)}"
            raise TlsError(text)


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


def _refusal(error: ssl.SSLCertVerificationError, sock: ssl.SSLSocket) -> TlsError:
    """Return the error for a rejected certificate, with its fingerprint and advice how to accept it."""
    setting = ADVICE.get(error.verify_code)
    text = f"certificate rejected: {error.verify_message.rstrip('.')}"
    if setting:
        text += f" (set {setting} or tls.fingerprint_sha256)"
    # The method is private before Python 3.13, and getpeercert() works only after a successful handshake.
    ssl_object: Any = getattr(sock, "_sslobj", None)
    chain = ssl_object.get_unverified_chain() if hasattr(ssl_object, "get_unverified_chain") else None
    if chain:
        der = ssl.PEM_cert_to_DER_cert(chain[0].public_bytes())
        text += f"; its SHA-256 fingerprint is {_readable(hashlib.sha256(der).hexdigest())}"
    return TlsError(text)


ADVICE = dict.fromkeys((18, 19, 20, 21), "tls.ca_file") | dict.fromkeys((62, 64), "tls.server_name")
"""Settings that accept a certificate of an unknown authority or for another host, by X509_V_ERR_*."""


def _readable(fingerprint: str) -> str:
    """Return a fingerprint as browsers and openssl show it: ``8F:3A:...``."""
    return ":".join(wrap(fingerprint.upper(), 2))


_VALIDITY = re.compile(
    rb"\x30[\x1e\x20\x22]"  # a SEQUENCE of two times, of which either may be a UTCTime or a GeneralizedTime
    rb"(?:\x17\x0d[0-9]{12}|\x18\x0f[0-9]{14})Z"
    rb"(?:\x17\x0d([0-9]{12})|\x18\x0f([0-9]{14}))Z"
)


def not_after(der: bytes) -> float | None:
    """Return the ``notAfter`` of an X.509 certificate (RFC 5280, section 4.1.2.5) as Unix time, None if it has none."""
    found = _VALIDITY.search(der)
    if found is None:
        return None
    short, long = found.groups()
    digits = long or (b"20" if short < b"5" else b"19") + short
    try:
        return datetime.strptime(digits.decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
