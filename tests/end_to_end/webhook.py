"""A webhook that keeps the notifications of Alertmanager."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One alert in a notification, and its time by the monotonic clock. ``status`` is ``firing`` or ``resolved``."""

    at: float
    receiver: str
    status: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]


class Webhook:
    """A receiver of notifications on a free port. Use it as a context manager."""

    def __init__(self) -> None:
        self._arrivals: list[Arrival] = []
        self._changed = threading.Condition()

    def __enter__(self) -> Self:
        receive = self._receive

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receive(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of http.server
                """Log nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def arrivals(self) -> Sequence[Arrival]:
        """All arrivals so far, in their order."""
        with self._changed:
            return tuple(self._arrivals)

    def wait_for(self, look: Callable[[Sequence[Arrival]], T | None], max_wait: float) -> T | None:
        """Return what ``look`` finds among the arrivals, as soon as it finds something; None after so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: look(self._arrivals), max_wait)

    def _receive(self, body: bytes) -> None:
        notification = json.loads(body)
        arrivals = [
            Arrival(time.monotonic(), notification["receiver"], alert["status"], alert["labels"], alert["annotations"])
            for alert in notification["alerts"]
        ]
        with self._changed:
            self._arrivals += arrivals
            self._changed.notify_all()
