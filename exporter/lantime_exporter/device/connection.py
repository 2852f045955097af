"""Connections to one device: requests and urllib3 on sockets that keep a deadline."""

import logging
import resource
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.client import RemoteDisconnected
from queue import Empty, LifoQueue
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPSConnection

from lantime_exporter.config.settings import Module
from lantime_exporter.device.auth import MAX_CONCURRENT_REQUESTS
from lantime_exporter.device.deadline_socket import current_timing
from lantime_exporter.device.proxy import proxy_for
from lantime_exporter.device.resolver import NO_DESCRIPTOR, Resolver
from lantime_exporter.device.tls import TlsClient, TlsContexts, not_after
from lantime_exporter.endpoint import Endpoint

MAX_IDLE_SECONDS = 300.0
"""Seconds; a firewall may have dropped a connection that was idle longer, and would swallow the next request."""

MAX_AGE_SECONDS = 1800.0
"""Maximum age of a TLS connection in seconds, so that a replaced certificate is noticed."""

RESERVED_DESCRIPTORS = 200
"""File descriptors for clients of the exporter and for itself, or half of all if there are few."""

logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its warnings repeat what the device sent


def max_open_connections() -> int:
    """Return how many connections to devices the limit of file descriptors allows."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return sys.maxsize
    return max(descriptors // 2, descriptors - RESERVED_DESCRIPTORS)


class OpenConnections:
    """Counts the open connections to all devices. From ``limit`` on, a new one first closes idle ones.

    ``close_idle`` closes those that were used longest ago.
    """

    def __init__(self, limit: int = sys.maxsize, close_idle: Callable[[], object] = lambda: None) -> None:
        self.close_idle = close_idle
        self.count = 0
        self._limit = limit
        self._lock = threading.Lock()

    def add(self, change: int) -> None:
        """Add or subtract."""
        with self._lock:
            self.count += change

    def make_room(self) -> None:
        """Close idle connections if there are too many."""
        if self.count >= self._limit:
            self.close_idle()


class DeadlineConnection(HTTPSConnection):
    """A connection, with or without TLS, that keeps the deadline of each request and measures it."""

    sock: Any

    def __init__(
        self, resolver: Resolver, tls: TlsClient | None, open_connections: OpenConnections, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._resolver = resolver
        self._tls = tls
        self._open_connections = open_connections
        self._used_at = 0.0
        self._connected_at = 0.0
        self._certificate_not_after: float | None = None

    @property
    def is_connected(self) -> bool:
        """Return whether the connection can be used again: it is open, recently used and not too old."""
        now = time.monotonic()
        is_old = self._tls is not None and now - self._connected_at > MAX_AGE_SECONDS
        return not is_old and now - self._used_at < MAX_IDLE_SECONDS and super().is_connected

    def connect(self) -> None:
        """Connect to the device or its proxy, with a tunnel and TLS if the device needs them.

        Raises OSError, TimeoutError at the deadline, ssl.SSLError or DeviceError.
        """
        timing = current_timing.get()
        self._open_connections.make_room()
        try:
            self.sock = self._resolver.connect(timing)
        except OSError as error:
            if error.errno not in NO_DESCRIPTOR:
                raise
            self._open_connections.close_idle()
            self.sock = self._resolver.connect(timing)
        self._open_connections.add(1)
        if self._tunnel_host:
            self._tunnel()
        timing.connected()
        self._has_connected_to_proxy = self.proxy is not None
        if self._tls is not None:
            self.sock.begin(timing)
            self.sock = self._tls.secure(self.sock)
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
            self.sock.timing = timing
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
        if self._tls is not None and not current_timing.get().reused:
            self._tls.keep_session(sock)
        return response

    def close(self) -> None:
        """Close the connection; a response in progress can still be read to its end."""
        if self.sock is not None:
            self._open_connections.add(-1)
        super().close()


class DeviceAdapter(HTTPAdapter):
    """Sends requests over the kept connections to one device, the last used first.

    It is used without a ``requests.Session``: nothing comes from the environment, no redirect is followed, which would
    carry the credentials away, and no cookie is kept.
    """

    def __init__(
        self, device: Endpoint, module: Module, contexts: TlsContexts, open_connections: OpenConnections
    ) -> None:
        """Raise ConfigError if the TLS or proxy settings cannot be used."""
        super().__init__(pool_maxsize=MAX_CONCURRENT_REQUESTS)
        self.proxy = proxy = proxy_for(device, module.proxy)
        first_hop, host = device, device.host
        manager: PoolManager = self.poolmanager
        if proxy is not None:
            first_hop, host = proxy.endpoint, device.server_name
            manager = ProxyManager(first_hop.url, proxy_headers=proxy.headers, maxsize=MAX_CONCURRENT_REQUESTS)
        tls = TlsClient(device, module.tls, contexts) if device.scheme == "https" else None
        connection = partial(DeadlineConnection, Resolver(first_hop), tls, open_connections)
        self._pool = manager.connection_from_host(host, device.port, device.scheme)
        self._pool.ConnectionCls = connection  # type: ignore[assignment]  # urllib3 only calls it
        self._idle: LifoQueue[Any] = self._pool.pool or LifoQueue()
        self._is_forwarded = proxy is not None and tls is None

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        """Return the only pool."""
        return self._pool

    def cert_verify(self, *_: Any) -> None:
        """Do nothing: ``TlsClient`` verifies certificates."""

    def request_url(self, request: requests.PreparedRequest, _proxies: object) -> str:
        """Return the path, or the URL for a proxy that forwards plain HTTP."""
        return str(request.url if self._is_forwarded else request.path_url)

    def build_response(self, _request: requests.PreparedRequest, resp: BaseHTTPResponse) -> requests.Response:
        """Return the response with what the client reads of it."""
        response = requests.Response()
        response.status_code, response.headers, response.raw = resp.status, resp.headers, resp  # type: ignore[assignment]
        return response

    def close_idle(self) -> int:
        """Close the kept connections, and return how many; those in use stay open."""
        closed = 0
        with suppress(Empty):
            while True:
                connection = self._idle.get_nowait()  # None for a place that is free
                if connection is not None and connection.sock is not None:
                    connection.close()
                    closed += 1
        return closed
