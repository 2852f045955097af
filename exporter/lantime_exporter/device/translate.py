"""What libraries raise, and statuses that are no answer, as errors of this package: the one place for it."""

import socket
import ssl
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

import requests

from lantime_exporter.device.trace import Trace
from lantime_exporter.errors import (
    AuthError,
    ConfigError,
    ConnectError,
    ContentError,
    DeadlineError,
    DeviceError,
    StatusError,
    TlsError,
)


def translate(error: Exception, device: str, trace: Trace) -> DeviceError:
    """Return the error for an exception that ended a request; its text begins with the device and is one line.

    Nothing that the device sent and nothing that was sent to it is repeated. The result holds no reference to the
    original: with its frames it would keep bodies and connections in memory as long as the exchange is remembered.
    """
    match error:
        case DeviceError():
            return type(error)(f"{device}: {error}")
        case TimeoutError() | requests.Timeout():
            seconds = max(0.0, trace.deadline.at - trace.started_at)
            return DeadlineError(f"{device}: the deadline after {seconds:.1f} s passed while {trace.stage}")
        case RemoteDisconnected() | IncompleteRead() | ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return ConnectError(f"{device}: the connection {_end(trace)}")
        case ssl.SSLCertVerificationError():
            return TlsError(f"{device}: certificate refused: {error.verify_message}{_advice(error)}")
        case ssl.SSLError() | requests.exceptions.SSLError():
            return TlsError(f"{device}: TLS failed: {_ssl_reason(error)}")
        case socket.gaierror():
            return ConnectError(f"{device}: the name cannot be looked up: {_os_reason(error)}")
        case HTTPException():
            return ContentError(f"{device}: the answer is not HTTP")
        case _:
            return ConnectError(f"{device}: {_os_reason(error)}")


def status_error(status: int, device: str, resource: str) -> DeviceError | None:
    """Return the error that a status means, None for 200."""
    if status == HTTPStatus.OK:
        return None
    answer = f"{device}: answered {_named(status)} to {resource}"
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return AuthError(f"{answer}: user or password are wrong")
        case HTTPStatus.FORBIDDEN:
            return AuthError(f"{answer}: the user may not read it, access level info is needed")
        case HTTPStatus.NOT_FOUND:
            return StatusError(f"{answer}: is the REST API enabled on the device?")
        case _ if 300 <= status < 400:
            return StatusError(f"{answer}: redirects are not followed, check scheme and port of the address")
        case _:
            return StatusError(answer)


def unreadable_credentials(error: ConfigError, device: str) -> AuthError:
    """Return the error for credentials that cannot be had; the text names their source and not their value."""
    return AuthError(f"{device}: not asked, there are no credentials: {error}")


def _named(status: int) -> str:
    """Return the number with its standard phrase; the device's own may say anything."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _end(trace: Trace) -> str:
    return "was closed before an answer came" if trace.first_byte_at is None else "ended in the middle of the answer"


def _advice(error: ssl.SSLCertVerificationError) -> str:
    unknown_authority = error.verify_code in (18, 19, 20, 21)  # X509_V_ERR_*: self-signed, or the issuer is not known
    return " (set tls.ca_file or tls.fingerprint_sha256)" if unknown_authority else ""


def _ssl_reason(error: Exception) -> str:
    return (getattr(error, "reason", None) or "handshake or connection broken").replace("_", " ").lower()


def _os_reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or "the connection failed").lower()
