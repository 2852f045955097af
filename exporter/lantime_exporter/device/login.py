"""The two ways a device takes credentials: Basic with every request, or a token that Basic obtains."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

from lantime_exporter.device.credentials import Credentials
from lantime_exporter.device.exchange import Exchange, Reply
from lantime_exporter.errors import ConnectError, ContentError, DeadlineError

BASIC_AFTER_FALLBACK = 3600.0
"""Seconds in which a device that gave no usable token is not asked for one again."""

LONGEST_TOKEN_ANSWER = 64 * 1024
"""Bytes; that of a LANTIME has a hundred."""

log = logging.getLogger(__name__)


class Asker(Protocol):
    """Sends the two requests of a fetch; each takes the value of the ``Authorization`` header."""

    device: str

    def ask(self, authorization: str) -> Reply:
        """GET the resource."""

    def ask_for_token(self, authorization: str) -> Reply:
        """PUT to ``/api/get-token``, the one request that is no GET."""


class Login(Protocol):
    """A way to authenticate."""

    def answer(self, credentials: Credentials, asker: Asker) -> Reply:
        """Return the device's reply to the request, sent with these credentials."""


class BasicLogin:
    """User and password with every request."""

    def answer(self, credentials: Credentials, asker: Asker) -> Reply:
        """Ask once."""
        return asker.ask(credentials.basic)


@dataclass(frozen=True, slots=True)
class _Token:
    credentials: Credentials
    header: str = field(repr=False)


class BearerLogin:
    """A token of ``PUT /api/get-token`` (LTOS 7.08 and later), kept in memory and renewed once when it is refused.

    With ``fallback_to_basic``, a device that gives no token, or refuses the one it just gave, is asked with Basic for
    ``BASIC_AFTER_FALLBACK`` seconds. No fetch takes more than three requests, so after a failed renewal Basic waits for
    the next one.
    """

    def __init__(self, *, fallback_to_basic: bool, clock: Callable[[], float]) -> None:
        self._fallback_to_basic = fallback_to_basic
        self._clock = clock
        self._token: _Token | None = None
        self._basic: tuple[Credentials, float] | None = None

    def answer(self, credentials: Credentials, asker: Asker) -> Reply:
        """Ask with the kept token, else with a new one, else with Basic where that is allowed."""
        if self._uses_basic(credentials):
            return asker.ask(credentials.basic)
        kept = self._token
        is_renewal = kept is not None and kept.credentials == credentials
        if kept is not None and is_renewal:
            reply = asker.ask(kept.header)
            if reply.exchange.status != HTTPStatus.UNAUTHORIZED:
                return reply
        reply, refuses_tokens = self._answer_with_new_token(credentials, asker)
        if not refuses_tokens or not self._fallback_to_basic:
            return reply
        log.warning("%s: gave no usable token, using Basic authentication", asker.device)
        self._basic = (credentials, self._clock() + BASIC_AFTER_FALLBACK)
        return reply if is_renewal else asker.ask(credentials.basic)

    def _uses_basic(self, credentials: Credentials) -> bool:
        return self._basic is not None and self._basic[0] == credentials and self._clock() < self._basic[1]

    def _answer_with_new_token(self, credentials: Credentials, asker: Asker) -> tuple[Reply, bool]:
        """Return the reply, and whether it says that the device has no use for tokens."""
        self._token = None
        reply = asker.ask_for_token(credentials.basic)
        token = None if reply.body is None else token_in(reply.body)
        if token is None:
            return reply, _refuses_tokens(reply.exchange)
        fresh = _Token(credentials, f"Bearer {token}")
        reply = asker.ask(fresh.header)
        is_refused = reply.exchange.status == HTTPStatus.UNAUTHORIZED
        self._token = None if is_refused else fresh
        return reply, is_refused


def check_token(body: bytes) -> None:
    """Raise ContentError for an answer without a token."""
    if token_in(body) is None:
        raise ContentError("the answer holds no token")


def token_in(body: bytes) -> str | None:
    """Return the token of an answer ``{"token": "..."}``, None when there is none that a header can carry."""
    if len(body) > LONGEST_TOKEN_ANSWER:
        return None
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    token = answer.get("token") if isinstance(answer, dict) else None
    is_usable = isinstance(token, str) and token != "" and all("!" <= character <= "~" for character in token)
    return token if is_usable else None


def _refuses_tokens(exchange: Exchange) -> bool:
    """Return whether an answer without a token says that there is none; failures of network and server do not."""
    is_answer = exchange.status is not None and exchange.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return is_answer and not isinstance(exchange.error, ConnectError | DeadlineError)
