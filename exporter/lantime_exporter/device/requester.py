"""One request to one device and its response: measured, bounded, and with every failure as a DeviceError."""

from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from http.client import HTTPException
from types import MappingProxyType
from typing import Any, TypeAlias

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.exceptions import HTTPError

from lantime_exporter import __version__
from lantime_exporter.deadline import Deadline
from lantime_exporter.device.connection import Route, connection_pool
from lantime_exporter.device.content_coding import decode_body
from lantime_exporter.device.deadline_socket import READ_BYTES, RequestTiming, current_timing, too_large
from lantime_exporter.device.error_mapping import device_error, status_error
from lantime_exporter.device.exchange import Exchange, Reply
from lantime_exporter.errors import ConnectError, DeviceError

MAX_PREPARED = 8
"""Requests kept ready: nearly all of a device are the same."""

Check: TypeAlias = Callable[[bytes], None]
"""Raises ContentError for a body that cannot be the response; it looks only as far as that is cheap."""


class DeviceAdapter(HTTPAdapter):
    """Sends requests over the connections of one route."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route
        self._pool = connection_pool(route)

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        """Return the only pool that there is."""
        return self._pool

    def cert_verify(self, *_: Any) -> None:
        """Leave certificates to the route."""

    def close(self) -> None:
        """Close the kept connections; those in use close when their response was read."""
        self._pool.close()
        self._pool = connection_pool(self._route)


class DeviceSession(requests.Session):
    """A session that takes nothing from the environment and follows no redirects."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount(f"{route.device.scheme}://", DeviceAdapter(route))
        if route.proxy is not None:
            self.proxies = {route.device.scheme: route.proxy.endpoint.url}

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow nothing: a redirect would carry the credentials away, or show a login page as a response."""


class Requester:
    """Sends requests over the kept connections to one device; ``wall`` is the clock for Unix time."""

    def __init__(self, route: Route, max_body_bytes: int, wall: Callable[[], float]) -> None:
        self._device = route.device.authority
        self._proxy = None if route.proxy is None else route.proxy.endpoint.authority
        self._base_url = f"{route.device.scheme}://{route.device.host_header}"
        self._headers = {
            "Host": route.device.host_header,
            "User-Agent": f"lantime-exporter/{__version__}",
            "Accept": "application/json",
            # To compress costs the device's small CPU more than 31 kB cost the network.
            "Accept-Encoding": "identity",
        }
        self._max_body_bytes = max_body_bytes
        self._wall = wall
        self._session = DeviceSession(route)
        self._prepared = lru_cache(maxsize=MAX_PREPARED)(self._prepare)
        self._is_closed = False

    def send(self, method: str, resource: str, authorization: str, deadline: Deadline, check: Check) -> list[Reply]:
        """Send a request and return the replies: one, or two if the first met a kept connection that was dead.

        A device that restarted or closed an idle connection is no failure, so the request is repeated once on a new
        connection; only if nothing at all was received, else it might be answered twice. Never raises DeviceError.
        """
        request = self._prepared(method, resource, authorization)
        reply, was_dead = self._send_once(request, resource, deadline, check)
        replies = [reply]
        if was_dead:
            self._session.close()  # a broken connection means that the device restarted: the others are dead too
            replies.append(self._send_once(request, resource, deadline, check)[0])
        if self._is_closed:
            self._session.close()
        return replies

    def close(self) -> None:
        """Close the kept connections."""
        self._is_closed = True
        self._session.close()

    def _prepare(self, method: str, resource: str, authorization: str) -> requests.PreparedRequest:
        headers = {**self._headers, "Authorization": authorization}
        return requests.Request(method, f"{self._base_url}{resource}", headers).prepare()

    def _send_once(
        self, request: requests.PreparedRequest, resource: str, deadline: Deadline, check: Check
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
            with self._session.send(request, stream=True, proxies=self._session.proxies) as response:
                status = response.status_code
                if status < 200:  # an interim response that nobody asked for: what it announces may still come
                    response.close()
                content = read_body(response.raw, timing)
                timing.completed()
                size = len(content)
                coding = response.headers.get("Content-Encoding")
            if coding:
                content = decode_body(content, coding, self._max_body_bytes)
            if status == HTTPStatus.OK:
                check(content)
                body = content
            else:
                error = status_error(status, self._device, resource)
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


def read_body(raw: HTTPResponse, timing: RequestTiming) -> bytes:
    """Read the whole body as sent.

    Raises ContentError for a body that is larger than allowed, and what urllib3 and http.client raise.
    """
    max_bytes = timing.max_body_bytes
    if (raw.length_remaining or 0) > max_bytes:
        raise too_large(max_bytes)
    chunks: list[bytes] = []
    while chunk := raw.read(READ_BYTES, decode_content=False):
        chunks.append(chunk)
        if raw.tell() > max_bytes:
            raise too_large(max_bytes)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
