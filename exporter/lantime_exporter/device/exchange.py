"""Requests to a device and their responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lantime_exporter.errors import DeviceError

PHASES = ("connect", "tls", "wait", "transfer")
"""Parts of a round trip in their order.

Name lookup and TCP connect (with a proxy: until its tunnel is open), TLS handshake, request to first byte, first to
last byte.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One HTTP request and its response.

    ``requested_at`` is Unix time; ``rtt`` the seconds from the request sent to the last byte read, None without a
    complete response; ``phases`` seconds of each completed phase; ``response_bytes`` the size of the body;
    ``reused`` whether a kept connection served, None without a connection; ``certificate_not_after`` Unix time, None
    without TLS.
    """

    resource: str
    requested_at: float
    rtt: float | None = None
    phases: Mapping[str, float] = field(default_factory=dict)
    status: int | None = None
    response_bytes: int = 0
    reused: bool | None = None
    certificate_not_after: float | None = None
    error: DeviceError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """The outcome of fetching one resource: a body, or the error; and every exchange it took.

    ``is_joined`` is true if another probe made the request; ``age`` is the age in seconds of a reused response, None
    for a new one.
    """

    exchanges: tuple[Exchange, ...] = ()
    body: bytes | None = None
    error: DeviceError | None = None
    is_joined: bool = False
    age: float | None = None
