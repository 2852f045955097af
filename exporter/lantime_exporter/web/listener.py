"""A listening socket that gives every connection its own thread."""

import errno
import logging
import socket
import socketserver
import threading
from collections.abc import Callable

from lantime_exporter.errors import ConfigError
from lantime_exporter.web.address import ListenAddress
from lantime_exporter.web.connections import Connections

logger = logging.getLogger(__name__)

_POLL_INTERVAL = 0.1
_PAUSE = 0.1
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class Listener(socketserver.ThreadingTCPServer):
    """Accepts on one address and calls ``hold`` with each connection in a thread of its own.

    ``bound`` is the address as ``host:port``, with the port that the system chose for port 0.

    A connection that breaks ends quietly; whatever else ``hold`` raises is logged. Raises ConfigError when the
    address cannot be listened on.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: ListenAddress, hold: Callable[[socket.socket], None], connections: Connections) -> None:
        self.address_family = address.family
        self._dual_stack = address.dual_stack
        self._hold = hold
        self._connections = connections
        self._pause = threading.Event()
        self._is_exhausted = False
        try:
            super().__init__((address.host, address.port), socketserver.BaseRequestHandler)
        except OSError as error:
            raise ConfigError(f"--web.listen-address {address.text}: {error.strerror or error}") from error
        host, port = self.socket.getsockname()[:2]
        self.bound = f"[{host}]:{port}" if self.address_family == socket.AF_INET6 else f"{host}:{port}"
        self._thread = threading.Thread(target=self.serve_forever, args=(_POLL_INTERVAL,), daemon=True)

    def start(self) -> None:
        """Accept connections from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Accept no more; connections that are open stay open."""
        if self._thread.is_alive():
            self._pause.set()
            self.shutdown()
            self._thread.join()
        self.server_close()

    def server_bind(self) -> None:
        """Bind, for both families where the address asks for it."""
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, not self._dual_stack)
        super().server_bind()

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection; without file descriptors or memory pause, instead of asking again at once."""
        try:
            accepted = super().get_request()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self._warn(error)
                self._pause.wait(_PAUSE)
            raise
        self._is_exhausted = False
        return accepted

    def _warn(self, error: OSError) -> None:
        """Tell once that connections cannot be accepted, until one is."""
        logger.log(
            logging.DEBUG if self._is_exhausted else logging.WARNING, "cannot accept a connection: %s", error.strerror
        )
        self._is_exhausted = True

    def verify_request(self, request: object, client_address: object) -> bool:  # noqa: ARG002 - socketserver's hook
        """Refuse connections beyond the limit."""
        return self._connections.admit()

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Start the thread of a connection."""
        try:
            super().process_request(request, client_address)
        except RuntimeError as error:
            logger.warning("cannot serve a connection: %s", error)
            request.close()
            self._connections.release()

    def process_request_thread(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Serve a connection from start to end."""
        try:
            self._hold(request)
        except OSError as error:
            logger.debug("connection of %s ended: %s", client_address, error)
        except Exception:
            logger.exception("connection of %s ended by a fault in the exporter", client_address)
        finally:
            request.close()
            self._connections.release()
