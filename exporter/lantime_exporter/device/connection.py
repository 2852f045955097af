"""Connections to one device: requests and urllib3 on sockets that keep a deadline."""

import logging
import os
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from http.client import RemoteDisconnected
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPSConnection

from lantime_exporter.config.settings import Module
from lantime_exporter.device.auth import MAX_CONCURRENT_REQUESTS
from lantime_exporter.device.deadline_socket import current_timing
from lantime_exporter.device.proxy import ProxyServer, proxy_for
from lantime_exporter.device.resolver import Resolver
from lantime_exporter.device.tls import TlsClient, TlsContexts, not_after
from lantime_exporter.endpoint import Endpoint

MAX_IDLE_SECONDS = 300.0
"""Seconds; a firewall may have dropped a connection that was idle longer, and would swallow the next request."""

MAX_AGE_SECONDS = 1800.0
"""Maximum age of a TLS connection in seconds, so that a replaced certificate is noticed."""

log = logging.getLogger(__name__)

logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its warnings repeat what the device sent


@dataclass(slots=True)
class OpenConnections:
    """Counts the open connections of one client."""

    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, change: int) -> None:
        """Add or subtract."""
        with self.lock:
            self.count += change


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How to reach a device: through a proxy or directly, with or without TLS.

    ``resolver`` looks up the proxy, or the device if there is none.
    """

    device: Endpoint
    proxy: ProxyServer | None
    tls: TlsClient | None
    resolver: Resolver
    open_connections: OpenConnections = field(default_factory=OpenConnections)


class DeadlineConnection(HTTPSConnection):
    """A connection, with or without TLS, that keeps the deadline of each request and measures it."""

    sock: Any

    def __init__(self, route: Route, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._route = route
        self._used_at = 0.0
        self._connected_at = 0.0
        self._certificate_not_after: float | None = None

    @property
    def is_connected(self) -> bool:
        """Return whether the connection can be used again: it is open, recently used and not too old."""
        now = time.monotonic()
        is_old = self._route.tls is not None and now - self._connected_at > MAX_AGE_SECONDS
        return not is_old and now - self._used_at < MAX_IDLE_SECONDS and super().is_connected

    def connect(self) -> None:
        """Connect to the device, through the tunnel of a proxy and over TLS as the route says.

        Raises OSError, TimeoutError at the deadline, ssl.SSLError or DeviceError.
        """
        timing = current_timing.get()
        self.sock = self._route.resolver.connect(timing)
        self._route.open_connections.add(1)
        if self._tunnel_host:
            self._tunnel()
        timing.connected()
        self._has_connected_to_proxy = self.proxy is not None
        if self._route.tls is not None:
            self.sock.begin(timing)
            self.sock = self._route.tls.secure(self.sock)
            self._certificate_not_after = not_after(self.sock.getpeercert(binary_form=True) or b"")
            timing.secured()
            self.is_verified = True  # as the settings require; keeps urllib3 from warning
        timing.reused = False
        self._connected_at = time.monotonic()

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send a request, connecting first if necessary."""
        timing = current_timing.get()
        if self.sock is not None and timing.reused is None:
            timing.reused = True
            self.sock.begin(timing)
        timing.certificate_not_after = self._certificate_not_after
        super().request(*args, **kwargs)
        timing.sent()

    def getresponse(self) -> Any:
        """Read the headers of the response, and keep the TLS session of a new connection for the next one."""
        sock = self.sock
        if sock is None:  # urllib3 ignores a reset while sending, and mistakes one while connecting for that
            raise RemoteDisconnected("while connecting")
        response = super().getresponse()
        self._used_at = time.monotonic()
        if self._route.tls is not None and not current_timing.get().reused:
            self._route.tls.keep_session(sock)
        return response

    def close(self) -> None:
        """Close the connection; a response in progress can still be read to its end."""
        if self.sock is not None:
            self._route.open_connections.add(-1)
        super().close()


class DeviceAdapter(HTTPAdapter):
    """Sends requests over the kept connections of one route, the last used first.

    It is used without a ``requests.Session``: nothing comes from the environment, no redirect is followed, which would
    carry the credentials away, and no cookie is kept.
    """

    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route
        self._is_forwarded = route.proxy is not None and route.tls is None
        self._pool = _connection_pool(route)

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        """Return the only pool."""
        return self._pool

    def cert_verify(self, *_: Any) -> None:
        """Do nothing: the route verifies certificates."""

    def request_url(self, request: requests.PreparedRequest, _proxies: object) -> str:
        """Return the path, or the URL for a proxy that forwards plain HTTP."""
        return str(request.url if self._is_forwarded else request.path_url)

    def build_response(self, _request: requests.PreparedRequest, resp: BaseHTTPResponse) -> requests.Response:
        """Return the response with what the client reads of it."""
        response = requests.Response()
        response.status_code, response.headers, response.raw = resp.status, resp.headers, resp  # type: ignore[assignment]
        return response

    def close(self) -> None:
        """Close the kept connections; those in use close after their response."""
        self._pool.close()
        self._pool = _connection_pool(self._route)


def _connection_pool(route: Route) -> HTTPConnectionPool:
    """Return the pool of the kept connections to a device, the last used first."""
    proxy = route.proxy
    manager = (
        PoolManager(maxsize=MAX_CONCURRENT_REQUESTS)
        if proxy is None
        else ProxyManager(proxy.endpoint.url, proxy_headers=proxy.headers, maxsize=MAX_CONCURRENT_REQUESTS)
    )
    host = route.device.host if proxy is None else route.device.server_name
    pool = manager.connection_from_host(host, route.device.port, route.device.scheme)
    pool.ConnectionCls = partial(DeadlineConnection, route)  # type: ignore[assignment]  # urllib3 only calls it
    return pool


def route_to(endpoint: Endpoint, module: Module, contexts: TlsContexts) -> Route:
    """Return the route to a device. Raises ConfigError if the TLS or proxy settings cannot be used."""
    proxy = proxy_for(endpoint, module.proxy, os.environ)
    first_hop = endpoint if proxy is None else proxy.endpoint
    return Route(
        device=endpoint,
        proxy=proxy,
        tls=_tls_client(endpoint, module, contexts) if endpoint.scheme == "https" else None,
        resolver=Resolver(first_hop.host, first_hop.port),
    )


def _tls_client(endpoint: Endpoint, module: Module, contexts: TlsContexts) -> TlsClient:
    if module.tls.insecure_skip_verify and module.tls.fingerprint_sha256 is None:
        log.warning(
            "%s: certificate not verified (insecure_skip_verify): the connection, and the password, can be intercepted",
            endpoint.authority,
        )
    return TlsClient(module.tls, endpoint.server_name, contexts)
