"""A kept HTTP/1.1 connection to one device."""

import select
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from types import MappingProxyType

from lantime_exporter.device.proxy import ProxyServer
from lantime_exporter.device.resolver import Resolver
from lantime_exporter.device.sockets import DeadlineSocket, DeadlineTlsSocket, dial
from lantime_exporter.device.tls import TlsClient
from lantime_exporter.device.trace import Trace
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import ConnectError

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way to a device: through a proxy or directly, with TLS or without."""

    device: Endpoint
    proxy: ProxyServer | None
    tls: TlsClient | None
    resolver: Resolver
    """Looks up the proxy, or the device when there is none."""

    def target(self, path: str) -> str:
        """Return what the request line asks for: a proxy that forwards HTTP wants the whole URL."""
        return f"{self.device.url}{path}" if self._is_forwarded else path

    @property
    def proxy_headers(self) -> Mapping[str, str]:
        """Return the headers that a proxy which forwards HTTP wants with every request."""
        if self._is_forwarded and self.proxy is not None and self.proxy.authorization is not None:
            return {"Proxy-Authorization": self.proxy.authorization}
        return NO_HEADERS

    @property
    def _is_forwarded(self) -> bool:
        return self.proxy is not None and self.tls is None


class Connection:
    """One connection and its answers; ``sock`` is None while there is none."""

    def __init__(self, route: Route) -> None:
        self.sock: DeadlineSocket | None = None
        self._route = route

    def ask(self, method: str, request: bytes, trace: Trace) -> HTTPResponse:
        """Send a request and return the answer with its headers read, connecting first where that is needed.

        Keeps the TLS session of a new connection for the next one. Raises OSError, ssl.SSLError, TimeoutError,
        http.client.HTTPException or DeviceError; the connection is of no use then.
        """
        sock = self._ready(trace)
        sock.sendall(request)
        trace.sent()
        response = HTTPResponse(sock, method=method)
        try:
            response.begin()
        except BaseException:
            response.close()
            raise
        if response.will_close:
            self.close()
        if self._route.tls is not None and isinstance(sock, DeadlineTlsSocket) and not trace.reused:
            self._route.tls.remember(sock)
        return response

    def close(self) -> None:
        """Close the connection; an answer that is being read can be read to its end."""
        sock, self.sock = self.sock, None
        if sock is not None:
            sock.close()

    def is_dropped(self) -> bool:
        """Return whether a kept connection is of no more use: the device closed it, or sent what nobody asked for."""
        if self.sock is None:
            return True
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return bool(poll.poll(0))

    def _ready(self, trace: Trace) -> DeadlineSocket:
        """Return the kept socket, ready for this request, or that of a new connection."""
        if self.sock is None:
            self.sock = self._connected(trace)
            trace.reused = False
        else:
            trace.reused = True
            self.sock.serve(trace)
        return self.sock

    def _connected(self, trace: Trace) -> DeadlineSocket:
        sock = dial(self._route.resolver.addresses(trace.deadline), trace)
        try:
            if self._route.tls is None:
                trace.connected()
                return sock
            if self._route.proxy is not None:
                _open_tunnel(sock, self._route.device, self._route.proxy)
            trace.connected()
            sock.serve(trace)
            return self._route.tls.secure(sock)
        except BaseException:
            sock.close()
            raise


def _open_tunnel(sock: DeadlineSocket, device: Endpoint, proxy: ProxyServer) -> None:
    """Ask a proxy to pass everything on to the device (RFC 9110, section 9.3.6)."""
    lines = [f"CONNECT {device.host_header} HTTP/1.1", f"Host: {device.host_header}"]
    if proxy.authorization is not None:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    with HTTPResponse(sock, method="CONNECT") as response:
        response.begin()
        if response.status != 200:
            raise ConnectError(f"the proxy {proxy.endpoint.authority} opened no tunnel: it answered {response.status}")
