"""The exceptions of this package.

Exceptions of libraries are translated where the library is used (``device``, ``config``) and nowhere else.
"""

import os
from typing import ClassVar


class ExporterError(Exception):
    """Base of all errors of this package; its text is one readable line."""


class ConfigError(ExporterError):
    """An invalid configuration.

    ``problems`` has one line for each problem: ``FILE: dotted.path: what is wrong and what to do``.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class DecodeError(ExporterError):
    """A value of the device that cannot be decoded, which costs one series; the text names what was expected."""


class RequestError(ExporterError):
    """A parameter of a request (HTTP 400) or a command line argument that cannot be served."""


class DeviceError(ExporterError):
    """The device returned no usable response; ``reason`` is the state of ``lantime_probe_failure``."""

    reason: ClassVar[str]


class ConnectError(DeviceError):
    """The connection failed: refused, unreachable, unknown name, reset."""

    reason = "connect"


class DeadlineError(DeviceError):
    """The response was not complete when the deadline passed."""

    reason = "timeout"


class TlsError(DeviceError):
    """The TLS handshake failed or the certificate is not the expected one."""

    reason = "tls"


class AuthError(DeviceError):
    """The device rejected the credentials (401 or 403)."""

    reason = "auth"


class LockoutError(DeviceError):
    """No request was sent, because the device rejected the credentials recently."""

    reason = "lockout"


class StatusError(DeviceError):
    """The device returned a status other than 200."""

    reason = "status"


class ContentError(DeviceError):
    """The response is not a LANTIME status tree, or is too large."""

    reason = "content"


def without_frames(error: DeviceError) -> DeviceError:
    """Return an error without frames and causes, which would keep a response in memory."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


FAILURE_REASONS = ("none", "connect", "timeout", "tls", "auth", "status", "content", "lockout")
"""The states of ``lantime_probe_failure``, in the order of their export."""


def unreadable(error: OSError) -> str:
    """Return why a file cannot be read; for a missing permission also the user."""
    user = f" (as user {os.geteuid()})" if isinstance(error, PermissionError) else ""
    return f"cannot be read: {error.strerror}{user}"
