"""The HTTP server: addresses to listen on, and a thread for each connection."""

import _thread
import errno
import logging
import re
import socket
import socketserver
import threading
import time
from collections.abc import Sequence
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any

from lantime_exporter.errors import ConfigError
from lantime_exporter.web.request_handler import ConnectionContext, RequestHandler

log = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that running requests may take after ``stop``."""

_POLL_INTERVAL = 0.1
_PAUSE = 0.1
_WARNING_INTERVAL = 60.0
_ENDED_IDLE = 8
"""Idle connections to close when file descriptors or memory run out."""
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

_ADDRESS = re.compile(r"(?:\[(?P<ipv6>[^\[\]]+)\]|(?P<host>[^:\[\]]*)):(?P<port>[0-9]{1,5})")


class Server:
    """An HTTP/1.1 server on one or more addresses. Raises ConfigError if it cannot listen on one."""

    def __init__(self, addresses: Sequence[str], context: ConnectionContext) -> None:
        self._connections = context.connections
        self._listeners: list[Listener] = []
        try:
            for address in addresses:
                self._listeners.append(Listener(address, context))
        except ConfigError:
            self._close()
            raise
        self.addresses = tuple(describe(listener.socket) for listener in self._listeners)
        """The addresses as bound, ``host:port`` each."""

    def start(self) -> None:
        """Accept connections from now on; returns at once."""
        for listener in self._listeners:
            listener.start()

    def stop(self, grace: float = GRACE) -> None:
        """Accept no more connections, and let requests finish for up to ``grace`` seconds."""
        self._close()
        self._connections.drain(grace)

    def _close(self) -> None:
        for listener in self._listeners:
            listener.stop()


class Listener(ThreadingHTTPServer):
    """Accepts connections on one address. Raises ConfigError if it cannot listen there."""

    request_queue_size = 128

    def __init__(self, address: str, context: ConnectionContext) -> None:
        self.address_family, sockaddr = resolve(address)
        self._connections = context.connections
        self._pause = threading.Event()
        self._warned_at = -_WARNING_INTERVAL
        try:
            super().__init__(sockaddr, partial(RequestHandler, context))
        except OSError as error:
            raise _address_error(address, error.strerror or str(error)) from error
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def start(self) -> None:
        """Accept connections from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Accept no more connections; open ones stay open."""
        if self._thread.is_alive():
            self._pause.set()
            self.shutdown()
            self._thread.join()
        self.server_close()

    def server_bind(self) -> None:
        """Bind; all interfaces means those of IPv4 and IPv6."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        socketserver.TCPServer.server_bind(self)  # HTTPServer would look up its own name in DNS

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection. If file descriptors or memory run out, close idle ones and pause."""
        try:
            return super().get_request()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self._warn("cannot accept a connection: %s", error.strerror)
                self._connections.end_idle(_ENDED_IDLE)
                self._pause.wait(_PAUSE)
            raise

    def process_request(self, request: socket.socket, client_address: Any) -> None:  # type: ignore[override]
        """Start the thread of a connection, unless there are too many.

        Thread.start() would wait for the new thread behind all busy threads, and forever if it fails for lack of
        memory.
        """
        if not self._connections.admit(client_address[0]):
            request.close()
            return
        try:
            _thread.start_new_thread(self.process_request_thread, (request, client_address))
        except (RuntimeError, MemoryError) as error:
            self._warn("cannot serve a connection: %s", error)
            request.close()
            self._connections.release(client_address[0])

    def process_request_thread(self, request: socket.socket, client_address: Any) -> None:  # type: ignore[override]
        """Serve a connection from start to end."""
        try:
            self.finish_request(request, client_address)
        except OSError as error:
            log.debug("connection of %s ended: %s", client_address, error)
        except Exception:
            log.exception("connection of %s ended by an internal error", client_address)
        finally:
            request.close()
            self._connections.release(client_address[0])

    def _accept(self) -> None:
        """Accept connections until the listener stops, whatever errors occur."""
        while not self._pause.is_set():
            try:
                self.serve_forever(_POLL_INTERVAL)
            except Exception:  # lack of memory can occur anywhere
                log.exception("an attempt to accept a connection failed")
                self._pause.wait(_PAUSE)

    def _warn(self, text: str, reason: object) -> None:
        """Log a lack of resources, at most once a minute."""
        now = time.monotonic()
        is_due = now - self._warned_at >= _WARNING_INTERVAL
        if is_due:
            self._warned_at = now
        log.log(logging.WARNING if is_due else logging.DEBUG, text, reason)


def resolve(text: str) -> tuple[socket.AddressFamily, Any]:
    """Resolve ``host:port``, ``[ipv6]:port`` or ``:port``, which means all interfaces, IPv4 and IPv6.

    A link-local IPv6 address needs its zone: ``[fe80::1%eth0]:port``. Of a name with several addresses one is used,
    IPv4 if there is any. Raises ConfigError.
    """
    match = _ADDRESS.fullmatch(text)
    if match is None or int(match["port"]) > 65535:
        raise _address_error(text, "must be host:port, [ipv6]:port or :port")
    host, port = match["ipv6"] or match["host"], int(match["port"])
    if host in ("", "::") and socket.has_dualstack_ipv6():
        return socket.AF_INET6, ("::", port)
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise _address_error(text, f"unknown host: {error}") from error
    family, _, _, _, sockaddr = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, sockaddr


def describe(sock: socket.socket) -> str:
    """Return the address that a socket is bound to, in the syntax of ``resolve``."""
    host, port, *scope = sock.getsockname()
    if sock.family != socket.AF_INET6:
        return f"{host}:{port}"
    zone = f"%{socket.if_indextoname(scope[1])}" if scope[1] else ""
    return f"[{host}{zone}]:{port}"


def _address_error(text: str, problem: str) -> ConfigError:
    return ConfigError(f"--web.listen-address {text}: {problem}")
