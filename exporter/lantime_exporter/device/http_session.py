"""requests as the exporter uses it: one session per device, over connections that keep deadlines."""

from functools import lru_cache
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse

from lantime_exporter import __version__
from lantime_exporter.device.connection import Route, connection_pool
from lantime_exporter.device.request_timing import RequestTiming, too_large

READ_BYTES = 65536

MAX_PREPARED = 8
"""Requests kept ready: nearly all of a device are the same."""


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
    """A session without memory and without environment: no redirects, cookies, netrc, proxies or CA variables."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount(f"{route.device.scheme}://", DeviceAdapter(route))
        self._base_url = f"{route.device.scheme}://{route.device.host_header}"
        self._prepared = lru_cache(maxsize=MAX_PREPARED)(self._prepare)
        if route.proxy is not None:
            self.proxies = {route.device.scheme: route.proxy.endpoint.url}
        self._headers = {
            "Host": route.device.host_header,
            "User-Agent": f"lantime-exporter/{__version__}",
            "Accept": "application/json",
            # To compress costs the device's small CPU more than 31 kB cost the network.
            "Accept-Encoding": "identity",
        }

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow nothing: a redirect would carry the credentials away, or show a login page as an answer."""

    def open(self, method: str, resource: str, authorization: str) -> requests.Response:
        """Send a request without a body, and return the response with its body still to be read."""
        request = self._prepared(method, resource, authorization)
        return self.send(request, stream=True, proxies=self.proxies)

    def _prepare(self, method: str, resource: str, authorization: str) -> requests.PreparedRequest:
        headers = {**self._headers, "Authorization": authorization}
        return requests.Request(method, f"{self._base_url}{resource}", headers).prepare()


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
