"""Access to a simulated LANTIME: Basic authentication and bearer tokens."""

import base64
import hmac
import secrets
from collections.abc import Callable


class Access:
    """Access control of one device.

    Without credentials everyone may read. Tokens, for firmware that issues them, are valid ``token_lifetime`` seconds
    on ``clock`` (a guess: the real lifetime is not published).
    """

    def __init__(
        self, credentials: tuple[str, str] | None, *, token_lifetime: float, clock: Callable[[], float]
    ) -> None:
        self._basic = None if credentials is None else _basic(*credentials)
        self._lifetime = token_lifetime
        self._clock = clock
        self._tokens: dict[str, float] = {}

    def by_password(self, authorization: str) -> bool:
        """Return whether an ``Authorization`` header holds the user name and password."""
        return self._basic is None or hmac.compare_digest(authorization.encode(), self._basic.encode())

    def admits(self, authorization: str) -> bool:
        """Return whether an ``Authorization`` header holds the password or a token that has not expired."""
        if self.by_password(authorization):
            return True
        scheme, _, token = authorization.partition(" ")
        return scheme.lower() == "bearer" and self._clock() < self._tokens.get(token.strip(), float("-inf"))

    def issue_token(self) -> str:
        """Return a new token."""
        now = self._clock()
        self._tokens = {token: end for token, end in self._tokens.items() if now < end}
        token = secrets.token_hex(32)
        self._tokens[token] = now + self._lifetime
        return token

    def revoke_tokens(self) -> None:
        """Make every token invalid, as a restart of the device does."""
        self._tokens = {}


def _basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
