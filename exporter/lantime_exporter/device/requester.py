"""One request to one device and its response, measured and with every failure as a DeviceError."""

from collections.abc import Callable
from http.client import HTTPException
from types import MappingProxyType
from typing import TypeAlias

from urllib3.exceptions import HTTPError

from lantime_exporter.deadline import Deadline
from lantime_exporter.device.connection import Route
from lantime_exporter.device.content_coding import decode_body
from lantime_exporter.device.error_mapping import device_error, status_error
from lantime_exporter.device.exchange import Exchange, Reply
from lantime_exporter.device.http_session import DeviceSession, read_body
from lantime_exporter.device.request_timing import RequestTiming, current_timing
from lantime_exporter.errors import ConnectError, DeviceError

Check: TypeAlias = Callable[[bytes], None]
"""Raises ContentError for a body that cannot be the answer; it looks only as far as that is cheap."""


class Requester:
    """Sends requests over the kept connections to one device; ``wall`` is the clock for Unix time."""

    def __init__(self, route: Route, max_body_bytes: int, wall: Callable[[], float]) -> None:
        self._route = route
        self._max_body_bytes = max_body_bytes
        self._wall = wall
        self._session = DeviceSession(route)
        self._is_closed = False

    @property
    def open_connections(self) -> int:
        """Return how many connections to the device are open."""
        return self._route.open_connections.count

    def send(self, method: str, resource: str, authorization: str, deadline: Deadline, check: Check) -> list[Reply]:
        """Send a request and return the replies: one, or two if the first met a kept connection that was dead.

        A device that restarted or closed an idle connection is no failure, so the request is repeated once on a new
        connection; only if nothing at all was received, else it might be answered twice. Never raises DeviceError.
        """
        reply, was_dead = self._send_once(method, resource, authorization, deadline, check)
        replies = [reply]
        if was_dead:
            self._session.close()  # a broken connection means that the device restarted: the others are dead too
            replies.append(self._send_once(method, resource, authorization, deadline, check)[0])
        if self._is_closed:
            self._session.close()
        return replies

    def close(self) -> None:
        """Close the kept connections."""
        self._is_closed = True
        self._session.close()

    def _send_once(
        self, method: str, resource: str, authorization: str, deadline: Deadline, check: Check
    ) -> tuple[Reply, bool]:
        requested_at = self._wall()
        timing = RequestTiming(deadline, self._max_body_bytes)
        status: int | None = None
        size = 0
        body: bytes | None = None
        error: DeviceError | None = None
        token = current_timing.set(timing)
        try:
            timing.remaining()
            with self._session.open(method, resource, authorization) as response:
                status = response.status_code
                if status < 200:  # an interim response that nobody asked for: what it announces may still come
                    response.close()
                sent = read_body(response.raw, timing)
                timing.completed()
                size = len(sent)
                content = decode_body(sent, response.headers.get("Content-Encoding", ""), self._max_body_bytes)
            error = status_error(status, self._device, resource)
            if error is None:
                check(content)
                body = content
        except (DeviceError, OSError, HTTPException, HTTPError, ValueError) as raised:
            # A refusal counts even if its page cannot be read.
            error = None if status is None else status_error(status, self._device, resource)
            error = error or device_error(raised, self._device, timing, self._proxy)
        finally:
            current_timing.reset(token)
        was_dead = bool(timing.reused) and timing.first_byte_at is None and isinstance(error, ConnectError)
        exchange = Exchange(
            resource=resource,
            requested_at=requested_at,
            rtt=timing.rtt,
            phases=MappingProxyType(timing.phases),
            status=status,
            response_bytes=size,
            reused=timing.reused,
            certificate_not_after=timing.certificate_not_after,
            error=error,
        )
        return Reply(exchange=exchange, body=body), was_dead

    @property
    def _device(self) -> str:
        return self._route.device.authority

    @property
    def _proxy(self) -> str | None:
        return None if self._route.proxy is None else self._route.proxy.endpoint.authority
