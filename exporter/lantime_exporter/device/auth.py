"""Authentication with a device: credentials, the header that carries them, and the pause after a rejection."""

import base64
import json
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from lantime_exporter.bounds import Deadline
from lantime_exporter.config.settings import Auth
from lantime_exporter.device.exchange import Exchange
from lantime_exporter.errors import ConfigError, ConnectError, ContentError, DeadlineError, LockoutError

MAX_CONCURRENT_REQUESTS = 2
"""Concurrent requests to a device, each over a kept connection: LANTIMEs have slow CPUs."""

FIRST_PAUSE = 300.0
MAX_PAUSE = 3600.0

MAX_CREDENTIALS = 64
"""Credentials to remember; a password file that changes again and again would fill the memory."""

ACCEPTED = (0, 0.0)
"""No rejection, and no lockout."""

FALLBACK_SECONDS = 3600.0
"""Seconds after which a device that returned no usable token gets another token request."""

MAX_TOKEN_RESPONSE_BYTES = 64 * 1024
"""Limit of a token response; a LANTIME sends a hundred bytes."""


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
    """Read user name and password, at every call also from their files and environment variables.

    Raises ConfigError, without their text, if one is missing or cannot be sent.
    """
    credentials = Credentials(auth.read_username(), auth.read_password())
    if ":" in credentials.username:
        raise ConfigError("the user name contains a colon, which Basic authentication cannot send")
    return credentials


class Login:
    """Chooses the header of each request.

    With the method ``bearer``, a token of ``PUT /api/get-token`` (LTOS 7.08 and later) is kept in memory. With
    ``fallback_to_basic``, a device that returns no token, or rejects a new one, gets Basic for ``FALLBACK_SECONDS``.
    """

    def __init__(self, auth: Auth, clock: Callable[[], float]) -> None:
        self._uses_tokens = auth.method == "bearer"
        self._fallback_to_basic = auth.fallback_to_basic
        self._clock = clock
        self._token: tuple[Credentials, str] | None = None
        self._basic: tuple[Credentials, float] | None = None

    def header(self, credentials: Credentials) -> str | None:
        """Return the ``Authorization`` header of the next request, None if a token must be obtained first."""
        if not self._uses_tokens or self._is_falling_back(credentials):
            return credentials.basic
        return self._token[1] if self._token is not None and self._token[0] == credentials else None

    def must_renew(self, header: str, exchange: Exchange) -> bool:
        """Return whether the device rejected a token, which may have expired; if so, forget the token."""
        is_rejected = header.startswith("Bearer ") and exchange.status == HTTPStatus.UNAUTHORIZED
        if is_rejected:
            self._token = None
        return is_rejected

    def keep_token(self, credentials: Credentials, token: str) -> str:
        """Keep a token, and return its header."""
        header = f"Bearer {token}"
        self._token = (credentials, header)
        return header

    def fall_back(self, credentials: Credentials) -> bool:
        """Use Basic for a while if the settings allow it, and return whether they do."""
        if self._fallback_to_basic:
            self._basic = (credentials, self._clock() + FALLBACK_SECONDS)
        return self._fallback_to_basic

    def _is_falling_back(self, credentials: Credentials) -> bool:
        return self._basic is not None and self._basic[0] == credentials and self._clock() < self._basic[1]


def read_token(body: bytes) -> str:
    """Return the token of a response ``{"token": "..."}``. Raises ContentError without one that a header can carry."""
    try:
        response = json.loads(body) if len(body) <= MAX_TOKEN_RESPONSE_BYTES else None
    except (ValueError, RecursionError):
        response = None
    token = response.get("token") if isinstance(response, dict) else None
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        raise ContentError("the response contains no token")
    return token


def has_no_tokens(exchange: Exchange) -> bool:
    """Return whether the device has no tokens; failures of network and server do not mean that."""
    is_response = exchange.status is not None and exchange.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return is_response and not isinstance(exchange.error, ConnectError | DeadlineError)


class DeviceAccess:
    """Admits requests to one device: ``MAX_CONCURRENT_REQUESTS`` at a time, and none with rejected credentials.

    The first rejection locks the credentials out for ``FIRST_PAUSE`` seconds, because LTOS bans users who repeat wrong
    passwords. Each further one doubles the pause up to ``MAX_PAUSE``; a successful response ends it. One request at a
    time tries credentials that were not accepted yet. Keep one object per device, for all modules, auths, slots and
    reloads. ``clock`` is monotonic, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turns = threading.BoundedSemaphore(MAX_CONCURRENT_REQUESTS)
        self._trial = threading.BoundedSemaphore()
        self._lock = threading.Lock()
        self._known: OrderedDict[Credentials, tuple[int, float]] = OrderedDict()
        """By credentials: their rejections in a row, 0 once accepted, and the end of the lockout."""

    @contextmanager
    def enter(self, credentials: Credentials, deadline: Deadline) -> Iterator[None]:
        """Wait for a turn. Raises LockoutError, or DeadlineError if the deadline passes first."""
        with ExitStack() as held:
            _hold(held, self._turns, deadline, "other requests to the device were in progress")
            if self._known.get(credentials) != ACCEPTED:
                _hold(held, self._trial, deadline, "another request tried user name and password")
            pause = self.lockout_seconds(credentials)
            if pause:
                raise LockoutError(
                    f"no requests for another {pause:.0f} s: it rejected user name or password; "
                    "correct them, and reload unless they are in a file"
                )
            yield

    def lockout_seconds(self, credentials: Credentials | None = None) -> float:
        """Return the remaining seconds of the lockout of these credentials, or of any."""
        with self._lock:
            known = self._known.values() if credentials is None else (self._known.get(credentials, ACCEPTED),)
            return max((0.0, *(until - self._clock() for _, until in known)))

    def rejected(self, credentials: Credentials, requests: int) -> None:
        """Note that the device rejected these credentials in so many requests; each counts."""
        with self._lock:
            count = requests + self._known.pop(credentials, ACCEPTED)[0]
            pause = min(FIRST_PAUSE * 2.0 ** min(count - 1, 10), MAX_PAUSE)
            self._remember(credentials, (count, self._clock() + pause))

    def accepted(self, credentials: Credentials) -> None:
        """Note that the device accepted these credentials."""
        with self._lock:
            self._remember(credentials, ACCEPTED)

    def _remember(self, credentials: Credentials, record: tuple[int, float]) -> None:
        self._known[credentials] = record
        if len(self._known) > MAX_CREDENTIALS:
            self._known.popitem(last=False)


def _hold(held: ExitStack, lock: threading.Semaphore, deadline: Deadline, activity: str) -> None:
    if not lock.acquire(timeout=deadline.remaining()):
        raise DeadlineError(f"the deadline passed while {activity}")
    held.callback(lock.release)
