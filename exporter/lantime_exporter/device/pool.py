"""The connections to one device that are open."""

import threading
import time
from collections import deque

from lantime_exporter.device.connection import Connection, Route

MAX_KEPT = 2
"""Connections kept to a device: more than one request at a time is rare, and LANTIMEs are small."""

MAX_IDLE_SECONDS = 300.0
"""An older connection may have been forgotten by a firewall on the way, which then swallows the next request."""


class ConnectionPool:
    """Kept connections, the last used first."""

    def __init__(self, route: Route) -> None:
        self._route = route
        self._lock = threading.Lock()
        self._kept: deque[tuple[Connection, float]] = deque()
        self._in_use = 0
        self._is_closed = False

    @property
    def open_connections(self) -> int:
        """Return how many connections are kept or in use."""
        return len(self._kept) + self._in_use

    def take(self) -> Connection:
        """Return a kept connection that still works, else one that is not connected yet."""
        with self._lock:
            self._in_use += 1
            while self._kept:
                connection, idle_since = self._kept.pop()
                if time.monotonic() - idle_since < MAX_IDLE_SECONDS and not connection.is_dropped():
                    return connection
                connection.close()
        return Connection(self._route)

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next request, unless it is closed or there are enough."""
        with self._lock:
            self._in_use -= 1
            if connection.sock is not None and not self._is_closed and len(self._kept) < MAX_KEPT:
                self._kept.append((connection, time.monotonic()))
                return
        connection.close()

    def drop(self) -> None:
        """Close all kept connections: one that broke tells that the device restarted."""
        with self._lock:
            while self._kept:
                self._kept.pop()[0].close()

    def close(self) -> None:
        """Close all kept connections, and those in use when they come back."""
        with self._lock:
            self._is_closed = True
        self.drop()
