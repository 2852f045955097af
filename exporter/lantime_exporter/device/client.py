"""The client of one device: it sends the credentials, and asks nothing while the device refuses them."""

import logging
import os
import threading
import time
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.deadline import Deadline
from lantime_exporter.device.access import DeviceAccess
from lantime_exporter.device.auth import Credentials, Login, check_token, has_no_tokens, read_credentials, token_in
from lantime_exporter.device.connection import Route
from lantime_exporter.device.error_mapping import unreadable_credentials
from lantime_exporter.device.exchange import Exchange, Fetch, Reply
from lantime_exporter.device.proxy import proxy_for
from lantime_exporter.device.requester import Check, Requester
from lantime_exporter.device.resolver import Resolver
from lantime_exporter.device.tls import TlsClient, TlsContexts
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import AuthError, ConfigError, ContentError, DeviceError

log = logging.getLogger(__name__)

Send = Callable[[str, str, str, Check], Reply]
"""Sends a request: its method, its resource, its Authorization header, and the check of its body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The time of day in Unix seconds, and seconds that never go back."""

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic


SYSTEM_CLOCKS = Clocks()


class DeviceClient:
    """Reads from one device, over kept connections; to be used by any number of threads and closed at the end.

    ``contexts`` is shared by all clients, ``access`` by those of the same device.
    ``sessions`` is the number of exchanges to remember.
    """

    def __init__(  # noqa: PLR0913 -- each makes one client differ from another
        self,
        endpoint: Endpoint,
        auth: Auth,
        module: Module,
        *,
        contexts: TlsContexts,
        access: DeviceAccess | None = None,
        sessions: int = 0,
        clocks: Clocks = SYSTEM_CLOCKS,
    ) -> None:
        """Raise ConfigError if the TLS or proxy settings cannot be used; nothing is sent yet."""
        self.endpoint = endpoint
        self._auth = auth
        self._clocks = clocks
        self._access = access or DeviceAccess(clocks.monotonic)
        route = _route(endpoint, module, contexts)
        self._open_connections = route.open_connections
        self._requester = Requester(route, module.max_response_bytes, clocks.wall)
        self._login = Login(auth, clocks.monotonic)
        self._credentials: Credentials | None = None
        self._sessions: deque[Exchange] = deque(maxlen=sessions)
        self._lock = threading.Lock()

    def fetch(self, resource: str, deadline: Deadline) -> Fetch:
        """GET a resource such as ``/api/status``.

        The body begins a JSON object. Never raises DeviceError: it is the ``error`` of the result, which has either an
        error or a body, and of the exchange that caused it. ``exchanges`` is empty if nothing was sent.
        """
        try:
            credentials = read_credentials(self._auth)
        except ConfigError as error:
            return Fetch(exchanges=(), error=unreadable_credentials(error, self.endpoint.authority))
        self._credentials = credentials
        try:
            with self._access.enter(credentials, deadline):
                return self._fetch(resource, credentials, deadline)
        except DeviceError as error:
            return Fetch(exchanges=(), error=type(error)(f"{self.endpoint.authority}: {error}"))

    def _fetch(self, resource: str, credentials: Credentials, deadline: Deadline) -> Fetch:
        exchanges: list[Exchange] = []

        def send(method: str, path: str, authorization: str, check: Check) -> Reply:
            replies = self._requester.send(method, path, authorization, deadline, check)
            exchanges.extend(reply.exchange for reply in replies)
            return replies[-1]

        reply = self._get(resource, credentials, send)
        with self._lock:
            self._sessions.extend(exchanges)
        if isinstance(reply.exchange.error, AuthError):
            self._access.refused(credentials, len(exchanges))
        elif reply.exchange.status == HTTPStatus.OK:
            self._access.accepted(credentials)
        return Fetch(exchanges=tuple(exchanges), body=reply.body, error=reply.exchange.error)

    def _get(self, resource: str, credentials: Credentials, send: Send) -> Reply:
        """Ask with Basic or the kept token, else with a new token, else with Basic where that is allowed.

        No fetch takes more than three requests, so Basic waits for the next one if a renewed token is refused.
        """
        header = self._login.header(credentials)
        if header is not None:
            reply = send("GET", resource, header, check_tree)
            if not self._login.must_renew(header, reply.exchange):
                return reply
        reply = send("PUT", "/api/get-token", credentials.basic, check_token)
        token = None if reply.body is None else token_in(reply.body)
        if token is None:
            has_tokens = not has_no_tokens(reply.exchange)
        else:
            bearer = self._login.keep_token(credentials, token)
            reply = send("GET", resource, bearer, check_tree)
            has_tokens = not self._login.must_renew(bearer, reply.exchange)
        if has_tokens or not self._login.fall_back(credentials):
            return reply
        log.warning("%s: gave no usable token, using Basic authentication", self.endpoint.authority)
        return reply if header is not None else send("GET", resource, credentials.basic, check_tree)

    @property
    def sessions(self) -> tuple[Exchange, ...]:
        """Return the last exchanges, the newest last."""
        with self._lock:
            return tuple(self._sessions)

    @property
    def locked_until(self) -> float | None:
        """Return the Unix time until which the device is left alone, None if it is not.

        Before the first fetch of this client, whatever credentials other clients used are taken for its own.
        """
        pause = self._access.lockout_seconds(self._credentials)
        return self._clocks.wall() + pause if pause else None

    @property
    def open_connections(self) -> int:
        """Return how many connections to the device are open."""
        return self._open_connections.count

    def close(self) -> None:
        """Close the kept connections; a fetch that is under way ends as it would."""
        self._requester.close()


def check_tree(body: bytes) -> None:
    """Raise ContentError for a body that cannot be a JSON object; whether it is one shows when it is decoded."""
    begin = body.removeprefix(BOM_UTF8).lstrip()[:1]
    if not begin:
        raise ContentError("the response is empty")
    if begin != b"{":
        raise ContentError("the response is not a JSON object (a web page?): is the REST API enabled on the device?")


def _route(endpoint: Endpoint, module: Module, contexts: TlsContexts) -> Route:
    proxy = proxy_for(endpoint, module.proxy, os.environ)
    first_hop = endpoint if proxy is None else proxy.endpoint
    return Route(
        device=endpoint,
        proxy=proxy,
        tls=_tls_client(endpoint, module, contexts) if endpoint.scheme == "https" else None,
        resolver=Resolver(first_hop.host, first_hop.port),
    )


def _tls_client(endpoint: Endpoint, module: Module, contexts: TlsContexts) -> TlsClient:
    if module.tls.insecure_skip_verify and module.tls.fingerprint_sha256 is None:
        log.warning(
            "%s: certificate not verified (insecure_skip_verify): the connection, and the password, can be intercepted",
            endpoint.authority,
        )
    return TlsClient(module.tls, endpoint.server_name, contexts)
