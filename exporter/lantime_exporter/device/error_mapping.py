"""Exceptions of libraries, and statuses other than 200, as errors of this package."""

import re
import socket
import ssl
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead, RemoteDisconnected, responses

import requests
from urllib3.exceptions import HTTPError

from lantime_exporter.device.deadline_socket import RequestTiming
from lantime_exporter.device.proxy import ProxyServer
from lantime_exporter.errors import (
    AuthError,
    ConnectError,
    ContentError,
    DeadlineError,
    DeviceError,
    StatusError,
    TlsError,
)
from lantime_exporter.pem import ssl_reason

NO_COMMON_CIPHER = {
    *("SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", "NO_CIPHERS_AVAILABLE", "DH_KEY_TOO_SMALL"),
    *("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_INSUFFICIENT_SECURITY", "TLSV1_ALERT_PROTOCOL_VERSION"),
    "WRONG_CIPHER_RETURNED",
}
"""What OpenSSL reports when the two ends have no cipher suite, key size or protocol version in common."""

HTTPS_HINT = " (the address begins with http://: does the port speak HTTPS?)"

_REFUSED_TUNNEL = re.compile(r"Tunnel connection failed: ([0-9]{3})\b")


def device_error(
    raised: Exception, device: str, timing: RequestTiming, proxy: ProxyServer | None = None
) -> DeviceError:
    """Return the error for an exception that ended a request; its text begins with the device and is one line.

    Until the tunnel of a proxy is established, the text also names the proxy. It contains nothing that was sent to or
    by the device. The result does not reference the original exception, whose frames would keep bodies and connections
    in memory as long as the exchange is remembered.
    """
    error = _cause(raised)
    place = device if proxy is None or "connect" in timing.phases else f"{device}: proxy {proxy.endpoint.authority}"
    match error:
        case DeviceError():
            return type(error)(f"{place}: {error}")
        case TimeoutError():
            seconds = max(0.0, timing.deadline.at - timing.started_at)
            return DeadlineError(f"{place}: the deadline after {seconds:.1f} s passed while {timing.stage}")
        case RemoteDisconnected() | IncompleteRead() | ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            is_plain = (
                isinstance(error, RemoteDisconnected) and "tls" not in timing.phases and "connect" in timing.phases
            )
            end = (
                "was closed before a response arrived" if timing.first_byte_at is None else "ended during the response"
            )
            return ConnectError(f"{place}: the connection {end}{HTTPS_HINT if is_plain else ''}")
        case ssl.SSLError():
            return TlsError(f"{place}: TLS failed: {_tls_reason(error)}")
        case socket.gaierror():
            return ConnectError(f"{place}: the name cannot be resolved: {_os_reason(error)}")
        case HTTPException() | HTTPError() | ValueError():
            # http.client accepts a negative chunk size, and reading that many bytes raises ValueError.
            problem = "has invalid chunks" if type(error) is ValueError else "is not HTTP"
            return ContentError(f"{place}: the response {problem}")
        case _:
            return ConnectError(f"{place}: {_os_reason(error)}")


def status_error(status: int, device: str, resource: str) -> DeviceError:
    """Return the error that a status other than 200 means."""
    phrase = responses.get(status, "")  # that of the device is not trusted
    text = f"{device}: answered {f'{status} {phrase}'.rstrip()} to {resource}"
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return AuthError(f"{text}: the user name or the password is wrong")
        case HTTPStatus.FORBIDDEN:
            return AuthError(f"{text}: the user may not read it, access level info is needed")
        case HTTPStatus.NOT_FOUND:
            return StatusError(f"{text}: is the REST API enabled on the device?")
        case _ if 300 <= status < 400:
            return StatusError(f"{text}: redirects are not followed, check scheme and port of the address")
        case _:
            return StatusError(text)


def _cause(error: BaseException) -> BaseException:
    """Return the exception inside those of requests and urllib3, else the innermost of theirs."""
    if not isinstance(error, requests.RequestException | HTTPError):
        return error
    inside = (error.__cause__, error.__context__, *error.args)
    inner = next((each for each in inside if isinstance(each, BaseException)), None)
    return error if inner is None else _cause(inner)


def _tls_reason(error: BaseException) -> str:
    if getattr(error, "reason", None) not in NO_COMMON_CIPHER:
        return ssl_reason(error)
    advice = "tls.allow_legacy_ciphers may help, or new firmware"
    return f"{ssl_reason(error)}: no common cipher suite or protocol version ({advice})"


def _os_reason(error: BaseException) -> str:
    refused = _REFUSED_TUNNEL.match(str(error))
    if refused:
        return f"the tunnel was refused with status {refused[1]}"
    return (getattr(error, "strerror", None) or "the connection failed").lower()
