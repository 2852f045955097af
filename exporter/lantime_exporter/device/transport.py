"""How requests speaks to a device: an adapter that keeps deadlines, bounds sizes and measures.

The adapter that requests brings builds on urllib3's pool, which knows a timeout for each read but no deadline for an
answer, sizes for neither headers nor bodies, and no phases; and it costs twice the CPU.
"""

from http import HTTPStatus

import requests
from requests.adapters import BaseAdapter

from lantime_exporter.device.body import decode_body, read_body
from lantime_exporter.device.connection import Route
from lantime_exporter.device.pool import ConnectionPool
from lantime_exporter.device.trace import Trace


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


class ReadResponse(requests.Response):
    """An answer that was read to its end; its headers have told what they had to tell."""

    def __init__(self, request: requests.PreparedRequest, status: int, content: bytes) -> None:
        super().__init__()
        self.request = request
        self.url = request.url or ""
        self.status_code = status
        self._content = content
        self._content_consumed = True


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
            with connection.ask(request.method or "GET", self._message(request), trace) as answer:
                trace.status = answer.status
                body = read_body(answer, trace)
            if answer.status < HTTPStatus.OK:  # nobody asked for it, and what it announces may still come
                connection.close()
            trace.complete()
            content = decode_body(body, answer.headers.get("Content-Encoding", ""), trace.max_body_bytes)
        except BaseException:
            connection.close()
            raise
        finally:
            self._pool.give_back(connection)
        return ReadResponse(request, answer.status, content)

    def _message(self, request: requests.PreparedRequest) -> bytes:
        """Return the request as it is sent; requests has seen to it that no header breaks out of its line."""
        headers = {**request.headers, **self._route.proxy_headers}
        lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
        target = self._route.target(request.path_url)
        return f"{request.method} {target} HTTP/1.1\r\n{''.join(lines)}\r\n".encode("latin-1")

    def close(self) -> None:
        """Close the kept connections."""
        self._pool.close()
