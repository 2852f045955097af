"""User and password of a device, as they are at the moment of use."""

import base64
from dataclasses import dataclass, field

from lantime_exporter.config.settings import Auth
from lantime_exporter.errors import ConfigError


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

    Raises ConfigError, without their text, when one is missing or cannot be sent.
    """
    credentials = Credentials(auth.username.read(), auth.password.read())
    if ":" in credentials.username:
        raise ConfigError("the user name holds a colon, which Basic authentication cannot send")
    return credentials
