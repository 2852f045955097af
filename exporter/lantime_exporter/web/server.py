"""The HTTP server: addresses in front, one handler of requests behind."""

import socket
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from lantime_exporter.web import address, goodbye
from lantime_exporter.web.connection import Conversation
from lantime_exporter.web.connections import Connections
from lantime_exporter.web.limits import Limits
from lantime_exporter.web.listener import Listener
from lantime_exporter.web.message import Handler
from lantime_exporter.web.tls import ServerTls

DEFAULT_LIMITS = Limits()
GRACE = 10.0
"""Seconds that running requests may take after ``stop``."""


def no_tls() -> None:
    """Say that connections are plain."""
    return


class Server:
    """An HTTP/1.1 server with a thread for each connection.

    ``answer`` gives the response to each request, ``count`` gets the status of every response sent, ``tls`` is asked
    at every new connection. Raises ConfigError when an address cannot be listened on.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        answer: Handler,
        *,
        count: Callable[[int], None],
        tls: Callable[[], ServerTls | None] = no_tls,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._tls = tls
        self._limits = limits
        self._connections = Connections(limits.connections)
        self._conversation = Conversation(answer, count, limits, self._connections)
        self._listeners: list[Listener] = []
        try:
            for text in addresses:
                self._listeners.append(Listener(address.resolve(text), self._hold, self._connections))
        except BaseException:
            self._close()
            raise

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses as bound, ``host:port`` each."""
        return tuple(listener.bound for listener in self._listeners)

    def start(self) -> None:
        """Accept connections from now on; returns at once."""
        for listener in self._listeners:
            listener.start()

    def stop(self, grace: float = GRACE) -> None:
        """Accept nothing more, let running requests finish for up to ``grace`` seconds, close everything."""
        self._close()
        self._connections.drain(grace)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _close(self) -> None:
        for listener in self._listeners:
            listener.stop()

    def _hold(self, sock: socket.socket) -> None:
        tls = self._tls()
        if tls is None:
            self._conversation.hold(sock)
            return
        with tls.handshake(sock, self._limits.handshake) as secured:
            self._conversation.hold(secured)
            goodbye.close_notify(secured)
