"""How requests speaks to a device: an adapter that keeps deadlines, bounds sizes and measures.

The adapter that requests brings builds on urllib3's pool, which knows a timeout for each read but no deadline for an
answer, sizes for neither headers nor bodies, and no phases; and it costs twice the CPU.
"""

import io

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from exporter.device.body import decode_body, read_body
from exporter.device.connection import Route
from exporter.device.pool import ConnectionPool
from exporter.device.trace import Trace


class DeviceSession(requests.Session):
    """A session without memory and without environment: no redirects, cookies, netrc, proxies or CA variables."""

    def __init__(self, adapter: BaseAdapter) -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow nothing: a redirect would carry the credentials away, or show a login page as an answer."""


class DeviceAdapter(BaseAdapter):
    """Sends requests over the kept connections to one device, and returns answers that are read to the end."""

    def __init__(self, pool: ConnectionPool, route: Route) -> None:
        super().__init__()
        self._pool = pool
        self._route = route

    def send(  # type: ignore[override]  # deadline, TLS and proxy come with the trace and the route
        self, request: requests.PreparedRequest, *, trace: Trace, **_: object
    ) -> requests.Response:
        """Send one request, which has no body, noting in ``trace`` what happens.

        The answer's content is decompressed and at most ``trace.max_body_bytes`` long. Raises OSError (TimeoutError at
        the deadline), http.client.HTTPException, ssl.SSLError and DeviceError; ``trace.status`` is set as soon as the
        status is known, even when the body then fails.
        """
        connection = self._pool.take()
        try:
            connection.serve(trace)
            connection.request(
                request.method or "GET",
                self._route.target(request.path_url),
                headers={**request.headers, **self._route.proxy_headers},
            )
            trace.sent()
            with connection.getresponse() as answer:
                trace.status = answer.status
                body = read_body(answer, trace)
            trace.complete()
            content = decode_body(body, answer.headers.get("Content-Encoding", ""), trace.max_body_bytes)
        except BaseException:
            connection.close()
            raise
        finally:
            self._pool.give_back(connection)
        response = requests.Response()
        response.request = request
        response.url = request.url or ""
        response.status_code = answer.status
        response.headers = CaseInsensitiveDict(answer.headers.items())
        response.raw = io.BytesIO(content)
        return response

    def close(self) -> None:
        """Close the kept connections."""
        self._pool.close()
