"""The client of one device: credentials, token, one request, and one retry on a dead kept connection."""

import logging
import threading
import time
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from http import HTTPStatus
from http.client import HTTPException
from types import MappingProxyType
from typing import TypeAlias

import requests
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from lantime_exporter import __version__
from lantime_exporter.bounds import LARGE_STATUS_BYTES, Deadline, LargeResponses
from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.device.auth import Credentials, DeviceAccess, Login, has_no_tokens, read_credentials, read_token
from lantime_exporter.device.connection import DeviceAdapter, OpenConnections
from lantime_exporter.device.deadline_socket import READ_BYTES, RequestTiming, current_timing, too_large
from lantime_exporter.device.error_mapping import device_error, status_error
from lantime_exporter.device.exchange import Exchange, Fetch
from lantime_exporter.device.tls import TlsContexts
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import AuthError, ConfigError, ConnectError, ContentError, DeviceError

log = logging.getLogger(__name__)

MAX_PREPARED = 8
"""Prepared requests to keep: nearly all requests to a device are the same."""

NO_CODING = {"", "identity", "none"}
"""Content codings that mean no coding; the second is standard, the third is in use."""

Check: TypeAlias = Callable[[bytes], object]
"""Raises ContentError for a body that cannot be the response, after a cheap look at its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The wall clock in Unix seconds, and a monotonic clock."""

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic


SYSTEM_CLOCKS = Clocks()


class DeviceClient:
    """Reads from one device over kept connections. Safe for use by several threads; close it at the end.

    ``contexts``, ``open_connections`` and ``large_responses`` are shared by all clients, ``access`` by those of the
    same device. ``sessions`` is the number of exchanges to remember.
    """

    def __init__(  # noqa: PLR0913 -- each makes one client differ from another
        self,
        endpoint: Endpoint,
        auth: Auth,
        module: Module,
        *,
        contexts: TlsContexts,
        access: DeviceAccess | None = None,
        open_connections: OpenConnections | None = None,
        large_responses: LargeResponses | None = None,
        sessions: int = 0,
        clocks: Clocks = SYSTEM_CLOCKS,
    ) -> None:
        """Raise ConfigError if the TLS or proxy settings cannot be used; nothing is sent yet."""
        self.endpoint = endpoint
        self._auth = auth
        self._clocks = clocks
        self._access = access or DeviceAccess(clocks.monotonic)
        self._max_body_bytes = module.max_response_bytes
        self._large_responses = large_responses or LargeResponses()
        self._adapter = DeviceAdapter(endpoint, module, contexts, open_connections or OpenConnections())
        self._prepared = lru_cache(maxsize=MAX_PREPARED)(self._prepare)
        self._is_closed = False
        self._login = Login(auth, clocks.monotonic)
        self._credentials: Credentials | None = None
        self._may_change = auth.username is None or auth.password is None  # from a file or variable
        self._sessions: deque[Exchange] = deque(maxlen=sessions)
        self._lock = threading.Lock()

    def fetch(self, resource: str, deadline: Deadline) -> Fetch:
        """GET a resource such as ``/api/status``.

        The body begins a JSON object. Never raises DeviceError: it is the ``error`` of the result, which has either an
        error or a body, and of the exchange that caused it. ``exchanges`` is empty if nothing was sent.
        """
        credentials = self._credentials
        try:
            if credentials is None or self._may_change:
                credentials = self._credentials = read_credentials(self._auth)
        except ConfigError as error:
            text = f"{self.endpoint.authority}: no request sent, the credentials cannot be read: {error}"
            return Fetch(error=AuthError(text))
        exchanges: list[Exchange] = []
        try:
            with self._access.enter(credentials, deadline):
                body = self._get(resource, credentials, exchanges, deadline)
                last = exchanges[-1]
                if isinstance(last.error, AuthError):
                    self._access.rejected(credentials, len(exchanges))
                elif last.status == HTTPStatus.OK:
                    self._access.accepted(credentials)
        except DeviceError as error:
            return Fetch(error=type(error)(f"{self.endpoint.authority}: {error}"))
        with self._lock:
            self._sessions.extend(exchanges)
        return Fetch(exchanges=tuple(exchanges), body=body, error=last.error)

    @property
    def sessions(self) -> tuple[Exchange, ...]:
        """Return the last exchanges, the newest last."""
        with self._lock:
            return tuple(self._sessions)

    @property
    def locked_until(self) -> float | None:
        """Return the Unix time at which the lockout ends, None without one.

        Before the first fetch of this client, a lockout of any credentials counts.
        """
        pause = self._access.lockout_seconds(self._credentials)
        return self._clocks.wall() + pause if pause else None

    def close_idle(self) -> int:
        """Close the kept connections that no fetch uses, and return how many."""
        return self._adapter.close_idle()

    def close(self) -> None:
        """Close the kept connections; a fetch in progress continues, and then closes its own."""
        self._is_closed = True
        self.close_idle()

    def _get(
        self, resource: str, credentials: Credentials, exchanges: list[Exchange], deadline: Deadline
    ) -> bytes | None:
        """Send the request with Basic or the kept token, else a new token, else Basic if that is allowed.

        Return the body, None after an error, and add all exchanges. A fetch takes at most three requests, so if a
        renewed token is rejected, only the next fetch uses Basic.
        """
        send = partial(self._send, exchanges, deadline)
        header = self._login.header(credentials)
        if header is not None:
            body = send(self._prepared("GET", resource, header), check_tree)
            if not self._login.must_renew(header, exchanges[-1]):
                return body
        body = send(self._prepared("PUT", "/api/get-token", credentials.basic), read_token)
        if body is None:
            has_tokens = not has_no_tokens(exchanges[-1])
        else:
            bearer = self._login.keep_token(credentials, read_token(body))
            body = send(self._prepared("GET", resource, bearer), check_tree)
            has_tokens = not self._login.must_renew(bearer, exchanges[-1])
        if has_tokens or not self._login.fall_back(credentials):
            return body
        log.warning("%s: returned no usable token, using Basic authentication", self.endpoint.authority)
        if header is not None:
            return body
        return send(self._prepared("GET", resource, credentials.basic), check_tree)

    def _send(
        self, exchanges: list[Exchange], deadline: Deadline, request: requests.PreparedRequest, check: Check
    ) -> bytes | None:
        """Return the body, and add the exchange: two exchanges if the first met a kept connection that was dead.

        A device may restart or close an idle connection. The request is therefore repeated once on a new connection,
        but only if nothing was received: otherwise it might be answered twice.
        """
        exchange, body = self._send_once(request, deadline, check)
        exchanges.append(exchange)
        if exchange.reused and "wait" not in exchange.phases and isinstance(exchange.error, ConnectError):
            self.close_idle()  # a broken connection means that the device restarted: the others are dead too
            exchange, body = self._send_once(request, deadline, check)
            exchanges.append(exchange)
        if self._is_closed:
            self.close_idle()
        return body

    def _prepare(self, method: str, resource: str, authorization: str) -> requests.PreparedRequest:
        headers = {
            "Host": self.endpoint.host_header,
            "User-Agent": f"lantime-exporter/{__version__}",
            "Accept": "application/json",
            # Compression costs the device's slow CPU more than 31 kB cost the network.
            "Accept-Encoding": "identity",
            "Authorization": authorization,
        }
        url = f"{self.endpoint.scheme}://{self.endpoint.host_header}{resource}"
        prepared = requests.Request(method, url, headers).prepare()
        prepared.headers = dict(prepared.headers)  # type: ignore[assignment]  # of which urllib3 makes copies
        return prepared

    def _send_once(
        self, request: requests.PreparedRequest, deadline: Deadline, check: Check
    ) -> tuple[Exchange, bytes | None]:
        requested_at = self._clocks.wall()
        timing = RequestTiming(deadline, self._max_body_bytes)
        status, size, body = None, 0, None
        error: DeviceError | None = None
        token = current_timing.set(timing)
        try:
            with self._adapter.send(request, stream=True, timeout=timing.remaining()) as response:
                status = response.status_code
                if status < 200:  # an unrequested interim response: the final one may follow
                    response.close()
                content = read_body(response.raw, timing, self._large_responses)
                timing.completed()
                size = len(content)
                coding = response.headers.get("Content-Encoding", "")
            if coding.strip().lower() not in NO_CODING:
                raise ContentError("the response has a content coding that was not requested")
            if status == HTTPStatus.OK:
                check(content)
                body = content
        except (DeviceError, OSError, HTTPException, HTTPError, ValueError) as raised:
            error = device_error(raised, self.endpoint.authority, timing, self._adapter.proxy)
        finally:
            current_timing.reset(token)
        if status is not None and status != HTTPStatus.OK:  # it counts even if the body cannot be read
            error = status_error(status, self.endpoint.authority, request.path_url)
        exchange = Exchange(
            resource=request.path_url,
            requested_at=requested_at,
            rtt=timing.rtt,
            phases=MappingProxyType(timing.phases),
            status=status,
            response_bytes=size,
            reused=timing.reused,
            certificate_not_after=timing.certificate_not_after,
            error=error,
        )
        return exchange, body


def check_tree(body: bytes) -> None:
    """Raise ContentError for a body that cannot be a JSON object, by its first character."""
    begin = body.removeprefix(BOM_UTF8).lstrip()[:1]
    if not begin:
        raise ContentError("the response is empty")
    if begin != b"{":
        raise ContentError("the response is not a JSON object (a web page?): is the REST API enabled on the device?")


def read_body(raw: HTTPResponse, timing: RequestTiming, large_responses: LargeResponses) -> bytes:
    """Read the whole body; a large one when no other thread holds one.

    Raises ContentError for a body that is larger than allowed, and the exceptions of urllib3 and http.client.
    """
    max_bytes = timing.max_body_bytes
    if (raw.length_remaining or 0) > max_bytes:
        raise too_large(max_bytes)
    large_responses.check(raw.length_remaining or 0, LARGE_STATUS_BYTES, timing.deadline)
    chunks: list[bytes] = []
    while not raw.closed:
        chunks.append(raw.read(READ_BYTES, decode_content=False))
        if raw.tell() > max_bytes:
            raise too_large(max_bytes)
        large_responses.check(raw.tell(), LARGE_STATUS_BYTES, timing.deadline)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
