"""HTTP basic authentication against bcrypt hashes."""

import base64
import binascii
import hmac
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from lantime_exporter.bounds import ConcurrencyLimiter
from lantime_exporter.config.secret import Secret
from lantime_exporter.errors import ConfigError

MAX_VERIFIED = 100
"""Verified credentials that are remembered; with more, all are checked again."""

MAX_PASSWORD_BYTES = 72
"""Bytes of a password that bcrypt uses. Its newer versions reject longer ones, older ones ignore the rest."""

CheckPassword = Callable[[bytes, bytes], bool]
"""Return whether a password matches a bcrypt hash; raises ValueError for a password that bcrypt rejects."""


def load_bcrypt() -> CheckPassword:
    """Return the check of the bcrypt package, an optional dependency. Raises ConfigError if it is missing."""
    try:
        from bcrypt import checkpw  # noqa: PLC0415 - only who configures users needs the package
    except ImportError as error:
        raise ConfigError(f"bcrypt is not installed: run {sys.executable} -m pip install bcrypt") from error
    return checkpw


def parse_authorization(header: str | None) -> tuple[str, bytes] | None:
    """Return user name and password of an ``Authorization: Basic`` header, None if it has none."""
    scheme, _, encoded = (header or "").strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, colon, password = base64.b64decode(encoded.strip(), validate=True).partition(b":")
        return (username.decode(), password) if colon else None
    except (binascii.Error, ValueError):
        return None


class BasicAuth:
    """Verifies credentials. Neither response time nor load helps an attacker who guesses passwords.

    Every attempt costs the same, whether the user exists or not: one bcrypt check for each cost factor in use. One
    attempt is checked at a time, so a flood of logins uses one core at most, and clients take turns. Verified
    credentials are remembered as keyed digests, as long as the hash of the user stays the same.
    """

    def __init__(self, load_check: Callable[[], CheckPassword] = load_bcrypt) -> None:
        self._load_check = load_check
        self._checking = ConcurrencyLimiter(1, threading.TIMEOUT_MAX)
        self._key = secrets.token_bytes(32)
        self._verified: set[bytes] = set()

    def admits(self, users: Mapping[str, Secret], authorization: str | None, client: str = "") -> bool:
        """Return whether an ``Authorization`` header has the credentials of one of the users (name to bcrypt hash).

        ``client`` is the address of the client.
        """
        credentials = parse_authorization(authorization)
        if credentials is None:
            return False
        username, password = credentials
        expected = users.get(username)
        digest = self._digest(username.encode(), expected.text.encode() if expected else b"", password)
        if digest in self._verified:
            return True
        with self._checking.slot(client):
            is_right = self._check(password, expected, users.values())
        if is_right:
            if len(self._verified) >= MAX_VERIFIED:
                self._verified.clear()
            self._verified.add(digest)
        return is_right

    def _check(self, password: bytes, expected: Secret | None, hashes: Iterable[Secret]) -> bool:
        """Check against the expected hash (None for an unknown user), and against one of every other cost."""
        # The cost factor of a bcrypt hash is two digits behind its version: $2b$10$...
        by_cost = {hashed.text[4:6]: hashed for hashed in (*hashes, expected) if hashed is not None}
        check = self._load_check()
        is_right = False
        for hashed in by_cost.values():
            with suppress(ValueError):
                is_right |= check(password[:MAX_PASSWORD_BYTES], hashed.text.encode()) and hashed == expected
        return is_right

    def _digest(self, *parts: bytes) -> bytes:
        return hmac.digest(self._key, b"".join(b"%d:%s" % (len(part), part) for part in parts), "sha256")
