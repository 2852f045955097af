"""One request to one device, and what came of it."""

from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from types import MappingProxyType

import requests

from lantime_exporter import __version__
from lantime_exporter.deadline import Deadline
from lantime_exporter.device.connection import Route
from lantime_exporter.device.exchange import Exchange, Reply
from lantime_exporter.device.pool import ConnectionPool
from lantime_exporter.device.trace import Trace
from lantime_exporter.device.translate import status_error, translate
from lantime_exporter.device.transport import DeviceAdapter, DeviceSession
from lantime_exporter.errors import ConnectError, ContentError, DeviceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the request without its credentials, and what its answer must look like.

    ``check`` raises ContentError for a body that cannot be the answer; it looks only as far as that is cheap.
    """

    method: str
    resource: str
    check: Callable[[bytes], None]


class Exchanger:
    """Sends requests over the kept connections to one device; ``wall`` is the clock for Unix time."""

    def __init__(self, route: Route, max_body_bytes: int, wall: Callable[[], float]) -> None:
        self.device = route.device.authority
        self._endpoint = route.device
        self._max_body_bytes = max_body_bytes
        self._wall = wall
        self._pool = ConnectionPool(route)
        self._session = DeviceSession(DeviceAdapter(self._pool, route))
        self._prepared: dict[tuple[str, str], tuple[str, requests.PreparedRequest]] = {}

    @property
    def open_connections(self) -> int:
        """Return how many connections to the device are open."""
        return self._pool.open_connections

    def ask(self, question: Question, authorization: str, deadline: Deadline) -> list[Reply]:
        """Send the request and return the replies: one, or two when the first met a kept connection that was dead.

        A device that restarted or closed an idle connection is no failure, so the request is repeated once on a new
        connection; only when nothing at all was received, else it might be answered twice. Never raises DeviceError.
        """
        reply, was_dead = self._ask_once(question, authorization, deadline)
        if not was_dead:
            return [reply]
        self._pool.drop()
        return [reply, self._ask_once(question, authorization, deadline)[0]]

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def _ask_once(self, question: Question, authorization: str, deadline: Deadline) -> tuple[Reply, bool]:
        requested_at = self._wall()
        trace = Trace(deadline, self._max_body_bytes)
        body: bytes | None = None
        error: DeviceError | None = None
        try:
            response = self._session.send(self._request(question, authorization), trace=trace, proxies={})
            trace.status = response.status_code
            error = status_error(trace.status, self.device, question.resource)
            if error is None:
                question.check(response.content)
                body = response.content
        except (DeviceError, OSError, HTTPException) as raised:
            # A refusal counts even if its page cannot be read.
            error = None if trace.status is None else status_error(trace.status, self.device, question.resource)
            error = error or translate(raised, self.device, trace)
        was_dead = bool(trace.reused) and trace.first_byte_at is None and isinstance(error, ConnectError)
        return Reply(exchange=_exchange(question.resource, requested_at, trace, error), body=body), was_dead

    def _request(self, question: Question, authorization: str) -> requests.PreparedRequest:
        key = (question.method, question.resource)
        known = self._prepared.get(key)
        if known is not None and known[0] == authorization:
            return known[1]
        headers = {
            "Host": self._endpoint.host_header,
            "User-Agent": f"lantime-exporter/{__version__}",
            "Accept": "application/json",
            # To compress costs the device's small CPU more than 31 kB cost the network.
            "Accept-Encoding": "identity",
            "Authorization": authorization,
        }
        request = requests.Request(question.method, f"{self._endpoint.url}{question.resource}", headers).prepare()
        self._prepared[key] = (authorization, request)
        return request


def check_tree(body: bytes) -> None:
    """Raise ContentError for a body that cannot be a JSON object; whether it is one shows when it is decoded."""
    begin = body.removeprefix(BOM_UTF8).lstrip()[:1]
    if not begin:
        raise ContentError("the answer is empty")
    if begin != b"{":
        raise ContentError("the answer is no JSON object (a web page?): is the REST API enabled on the device?")


def _exchange(resource: str, requested_at: float, trace: Trace, error: DeviceError | None) -> Exchange:
    return Exchange(
        resource=resource,
        requested_at=requested_at,
        rtt=trace.rtt,
        phases=MappingProxyType(trace.phases),
        status=trace.status,
        response_bytes=trace.body_bytes,
        reused=trace.reused,
        certificate_not_after=trace.certificate_not_after,
        error=error,
    )
