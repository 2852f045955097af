"""Credentials as they are at the moment of use, and the header that carries them: Basic, or a token."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from lantime_exporter.config.settings import Auth
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import ConfigError, ConnectError, ContentError, DeadlineError

FALLBACK_SECONDS = 3600.0
"""Seconds for which a device that gave no usable token is not asked for one again."""

MAX_TOKEN_RESPONSE_BYTES = 64 * 1024
"""That of a LANTIME has a hundred."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A pair that never prints."""

    username: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def basic(self) -> str:
        """Return the value of an ``Authorization`` header (RFC 7617, in UTF-8)."""
        return f"Basic {base64.b64encode(f'{self.username}:{self.password}'.encode()).decode()}"


def read_credentials(auth: Auth) -> Credentials:
    """Read user and password from where they are configured; files and the environment at every call.

    Raises ConfigError, without their text, if one is missing or cannot be sent.
    """
    credentials = Credentials(auth.username.read(), auth.password.read())
    if ":" in credentials.username:
        raise ConfigError("the user name holds a colon, which Basic authentication cannot send")
    return credentials


@dataclass(frozen=True, slots=True)
class _Token:
    credentials: Credentials
    header: str = field(repr=False)


class Login:
    """Chooses the header of each request.

    With the method ``bearer``, a token of ``PUT /api/get-token`` (LTOS 7.08 and later) is kept in memory. With
    ``fallback_to_basic``, a device that gives no token, or refuses the one it just gave, gets Basic for
    ``FALLBACK_SECONDS``.
    """

    def __init__(self, auth: Auth, clock: Callable[[], float]) -> None:
        self._uses_tokens = auth.method == "bearer"
        self._fallback_to_basic = auth.fallback_to_basic
        self._clock = clock
        self._token: _Token | None = None
        self._basic: tuple[Credentials, float] | None = None

    def header(self, credentials: Credentials) -> str | None:
        """Return the ``Authorization`` header of the next request, None if a token must be obtained first."""
        if not self._uses_tokens or self._is_falling_back(credentials):
            return credentials.basic
        token = self._token
        return token.header if token is not None and token.credentials == credentials else None

    def must_renew(self, header: str, exchange: Exchange) -> bool:
        """Return whether the device refused a token, which may have expired, and forget the token then."""
        is_refused = header.startswith("Bearer ") and exchange.status == HTTPStatus.UNAUTHORIZED
        if is_refused:
            self._token = None
        return is_refused

    def keep_token(self, credentials: Credentials, token: str) -> str:
        """Keep a token, and return its header."""
        self._token = _Token(credentials, f"Bearer {token}")
        return self._token.header

    def fall_back(self, credentials: Credentials) -> bool:
        """Use Basic for a while if the settings allow it, and return whether they do."""
        if self._fallback_to_basic:
            self._basic = (credentials, self._clock() + FALLBACK_SECONDS)
        return self._fallback_to_basic

    def _is_falling_back(self, credentials: Credentials) -> bool:
        return self._basic is not None and self._basic[0] == credentials and self._clock() < self._basic[1]


def check_token(body: bytes) -> None:
    """Raise ContentError for a response without a token."""
    if token_in(body) is None:
        raise ContentError("the response contains no token")


def token_in(body: bytes) -> str | None:
    """Return the token of a response ``{"token": "..."}``, None if there is none that a header can carry."""
    if len(body) > MAX_TOKEN_RESPONSE_BYTES:
        return None
    try:
        response = json.loads(body)
    except (ValueError, RecursionError):
        return None
    token = response.get("token") if isinstance(response, dict) else None
    is_usable = isinstance(token, str) and token != "" and all("!" <= character <= "~" for character in token)
    return token if is_usable else None


def has_no_tokens(exchange: Exchange) -> bool:
    """Return whether a response without a token means that there is none; failures of network and server do not."""
    is_response = exchange.status is not None and exchange.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return is_response and not isinstance(exchange.error, ConnectError | DeadlineError)
