"""Asking one device: with its credentials, and not at all while it refuses them."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from lantime_exporter.config.settings import Auth, Module
from lantime_exporter.deadline import Deadline
from lantime_exporter.device.connection import Route
from lantime_exporter.device.credentials import read_credentials
from lantime_exporter.device.exchange import Exchange, Fetch, Reply
from lantime_exporter.device.exchanger import Exchanger, Question, check_tree
from lantime_exporter.device.lockout import Lockout
from lantime_exporter.device.login import BasicLogin, BearerLogin, check_token
from lantime_exporter.device.proxy import proxy_for
from lantime_exporter.device.resolver import Resolver
from lantime_exporter.device.sessions import Sessions
from lantime_exporter.device.tls import TlsClient, TlsContexts
from lantime_exporter.device.translate import unreadable_credentials
from lantime_exporter.endpoint import Endpoint
from lantime_exporter.errors import AuthError, ConfigError, LockoutError

GET_TOKEN = Question(method="PUT", resource="/api/get-token", check=check_token)
"""How a token is obtained (LTOS 7.08 and later): the one request that is no GET."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The time of day in Unix seconds, and seconds that never go back."""

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic


SYSTEM_CLOCKS = Clocks()


class DeviceClient:
    """Reads from one device, over kept connections; to be used by any number of threads and closed at the end.

    ``contexts`` is shared by the clients of one configuration. ``sessions`` is the number of exchanges to remember.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        auth: Auth,
        module: Module,
        *,
        contexts: TlsContexts,
        sessions: int = 0,
        clocks: Clocks = SYSTEM_CLOCKS,
    ) -> None:
        """Raise ConfigError when the TLS or proxy settings cannot be used; nothing is sent yet."""
        self.endpoint = endpoint
        self._auth = auth
        self._clocks = clocks
        self._exchanger = Exchanger(_route(endpoint, module, contexts), module.max_response_bytes, clocks.wall)
        self._lockout = Lockout(clocks.monotonic)
        self._login = (
            BearerLogin(fallback_to_basic=auth.fallback_to_basic, clock=clocks.monotonic)
            if auth.method == "bearer"
            else BasicLogin()
        )
        self._sessions = Sessions(sessions)

    def fetch(self, resource: str, deadline: Deadline) -> Fetch:
        """GET a resource such as ``/api/status``.

        The body begins a JSON object. Never raises DeviceError: it is the ``error`` of the result, which has either an
        error or a body, and of the exchange that brought it. ``exchanges`` is empty when nothing was sent.
        """
        try:
            credentials = read_credentials(self._auth)
        except ConfigError as error:
            return Fetch(exchanges=(), error=unreadable_credentials(error, self.endpoint.authority))
        pause = self._lockout.remaining(credentials)
        if pause:
            return Fetch(exchanges=(), error=self._locked_out(pause))
        conversation = _Conversation(self._exchanger, resource, deadline)
        reply = self._login.answer(credentials, conversation)
        for exchange in conversation.exchanges:
            self._sessions.record(exchange)
        if isinstance(reply.exchange.error, AuthError):
            self._lockout.refused(credentials, len(conversation.exchanges))
        elif reply.exchange.status == HTTPStatus.OK:
            self._lockout.accepted()
        return Fetch(exchanges=tuple(conversation.exchanges), body=reply.body, error=reply.exchange.error)

    @property
    def sessions(self) -> tuple[Exchange, ...]:
        """Return the last exchanges, the newest last."""
        return self._sessions.snapshot()

    @property
    def locked_until(self) -> float | None:
        """Return the Unix time until which the device is left alone, None when it is not."""
        pause = self._lockout.remaining()
        return self._clocks.wall() + pause if pause else None

    @property
    def open_connections(self) -> int:
        """Return how many connections to the device are open."""
        return self._exchanger.open_connections

    def close(self) -> None:
        """Close the kept connections; a fetch that is under way ends as it would."""
        self._exchanger.close()

    def _locked_out(self, pause: float) -> LockoutError:
        return LockoutError(
            f"{self.endpoint.authority}: not asked for another {pause:.0f} s, because it refused user or password;"
            " correct them and reload"
        )


class _Conversation:
    """The exchanges of one fetch."""

    def __init__(self, exchanger: Exchanger, resource: str, deadline: Deadline) -> None:
        self.device = exchanger.device
        self.exchanges: list[Exchange] = []
        self._exchanger = exchanger
        self._question = Question(method="GET", resource=resource, check=check_tree)
        self._deadline = deadline

    def ask(self, authorization: str) -> Reply:
        return self._send(self._question, authorization)

    def ask_for_token(self, authorization: str) -> Reply:
        return self._send(GET_TOKEN, authorization)

    def _send(self, question: Question, authorization: str) -> Reply:
        replies = self._exchanger.ask(question, authorization, self._deadline)
        self.exchanges.extend(reply.exchange for reply in replies)
        return replies[-1]


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
            "%s: its certificate is not verified (insecure_skip_verify), anyone on the way can read the password",
            endpoint.authority,
        )
    return TlsClient(module.tls, endpoint.server_name, contexts.get(module.tls))
