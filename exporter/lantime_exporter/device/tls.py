"""How a device proves over TLS who it is, and how the exporter does where a device asks for it."""

import hashlib
import re
import ssl
import threading
from pathlib import Path
from typing import cast

from lantime_exporter.config.settings import Tls
from lantime_exporter.device.certificate import not_after
from lantime_exporter.device.sockets import DeadlineSocket, DeadlineTlsSocket
from lantime_exporter.errors import ConfigError, TlsError

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class TlsContexts:
    """The prepared contexts of one configuration: one for all devices with the same settings.

    To load the system's authorities takes some 20 ms and a megabyte, so they are neither loaded for a connection nor
    for a device.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[tuple[object, ...], ssl.SSLContext] = {}

    def get(self, tls: Tls) -> ssl.SSLContext:
        """Return the context for these settings; raises ConfigError when a file of theirs cannot be used."""
        key = (tls.ca_file, tls.cert_file, tls.key_file, _verifies(tls))
        with self._lock:
            if key not in self._contexts:
                self._contexts[key] = _context(tls)
            return self._contexts[key]


class TlsClient:
    """Secures connections to one device, and keeps its last TLS session to make the next handshake short."""

    def __init__(self, tls: Tls, server_name: str, context: ssl.SSLContext) -> None:
        """Raise ConfigError when the pinned fingerprint is none."""
        self._context = context
        self._server_name = tls.server_name or server_name
        self._fingerprint = None if tls.fingerprint_sha256 is None else _fingerprint(tls.fingerprint_sha256)
        self._session: ssl.SSLSession | None = None

    def secure(self, sock: DeadlineSocket) -> DeadlineTlsSocket:
        """Shake hands over this connection, and take it over.

        Raises ssl.SSLError, OSError, TimeoutError, and TlsError when the certificate is not the pinned one; the
        connection is closed then.
        """
        trace = sock.trace
        # A device that cannot resume a session in spite of its promise gets a whole handshake the next time.
        session, self._session = self._session, None
        secured = cast(
            "DeadlineTlsSocket", self._context.wrap_socket(sock, server_hostname=self._server_name, session=session)
        )
        try:
            certificate = secured.getpeercert(binary_form=True) or b""
            self._compare(certificate)
            trace.secured(not_after(certificate))
            secured.serve(trace)
        except BaseException:
            secured.close()
            raise
        return secured

    def remember(self, sock: DeadlineTlsSocket) -> None:
        """Keep the session of a connection that began to answer: TLS 1.3 issues it only after the handshake."""
        self._session = sock.session

    def _compare(self, certificate: bytes) -> None:
        if self._fingerprint is None:
            return
        seen = hashlib.sha256(certificate).hexdigest()
        if seen != self._fingerprint:
            raise TlsError(f"the certificate has the SHA-256 fingerprint {seen}, pinned is {self._fingerprint}")


def _verifies(tls: Tls) -> bool:
    """Return whether the certificate must come from an authority: a pinned one needs none unless a CA is set too."""
    return not tls.insecure_skip_verify and (tls.fingerprint_sha256 is None or tls.ca_file is not None)


def _context(tls: Tls) -> ssl.SSLContext:
    # Not ssl.create_default_context: it writes session keys to the file that SSLKEYLOGFILE names.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = DeadlineTlsSocket
    if not _verifies(tls):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif tls.ca_file is None:
        context.load_default_certs()
    else:
        # Whatever the file holds is trusted as it is: an intermediate authority or the device's own certificate too.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        _load_authorities(context, tls.ca_file)
    if tls.cert_file is not None:
        _load_client_certificate(context, tls.cert_file, tls.key_file)
    return context


def _load_authorities(context: ssl.SSLContext, path: Path) -> None:
    try:
        context.load_verify_locations(cafile=path)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be used as ca_file: {_reason(error)}") from error


def _load_client_certificate(context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ValueError) as error:
        with_key = "" if key is None else f" with key_file {key}"
        raise ConfigError(f"{certificate}: cannot be used as cert_file{with_key}: {_reason(error)}") from error


def _no_password() -> str:
    return ""  # without it OpenSSL asks on the terminal


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason.replace("_", " ").lower() if error.reason else "it holds no certificate in PEM form"
    return getattr(error, "strerror", None) or "it cannot be read"


def _fingerprint(text: str) -> str:
    digits = text.replace(":", "").strip().lower()
    if not _FINGERPRINT.fullmatch(digits):
        raise ConfigError("tls.fingerprint_sha256: a SHA-256 fingerprint has 64 hexadecimal digits, colons are allowed")
    return digits
