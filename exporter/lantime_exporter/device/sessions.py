"""The last exchanges with a device, for people to look at."""

import threading
from collections import deque

from lantime_exporter.device.exchange import Exchange


class Sessions:
    """Remembers at most ``size`` exchanges, none with 0."""

    def __init__(self, size: int) -> None:
        self._lock = threading.Lock()
        self._exchanges: deque[Exchange] = deque(maxlen=size)

    def record(self, exchange: Exchange) -> None:
        """Remember an exchange, and forget the oldest when there are enough."""
        with self._lock:
            self._exchanges.append(exchange)

    def snapshot(self) -> tuple[Exchange, ...]:
        """Return the exchanges as they are now, the newest last."""
        with self._lock:
            return tuple(self._exchanges)
