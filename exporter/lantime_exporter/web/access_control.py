"""Access control: TLS, basic authentication and headers of the current web configuration file."""

from http import HTTPStatus
from pathlib import Path

from lantime_exporter.errors import ConfigError
from lantime_exporter.file_reloader import FileReloader
from lantime_exporter.web.basic_auth import BasicAuth
from lantime_exporter.web.message import Handler, Request, Response, one_line
from lantime_exporter.web.server_tls import ServerTls, server_tls
from lantime_exporter.web.web_config import WebConfig, load

OPEN_PATHS = frozenset({"/-/healthy", "/-/ready"})
"""Need no password: health checks of containers and clusters have none, and the response reveals nothing."""


UNAUTHORIZED = one_line("user name or password is missing or wrong", HTTPStatus.UNAUTHORIZED).with_headers(
    {"WWW-Authenticate": 'Basic realm="lantime-exporter", charset="UTF-8"'}
)


class AccessControl:
    """Applies the file of ``--web.config.file``.

    The file is read for every request, its certificates for every connection. An invalid change is logged, and the
    previous content stays in force. So does protection if a change removes all of it, because a file that is being
    rewritten is empty for a moment. The constructor raises ConfigError if the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_protected = False
        self._current = FileReloader((path,), self._load)
        self._basic_auth = BasicAuth()

    def tls(self) -> ServerTls | None:
        """Return the TLS context for a new connection, None for plain HTTP."""
        _, tls = self._current.current()
        return tls.current() if tls else None

    @property
    def protection(self) -> str:
        """The current protection of the port, as readable text."""
        config, _ = self._current.current()
        has = [name for name, value in (("TLS", config.tls_server_config), ("users", config.basic_auth_users)) if value]
        return " and ".join(has) or "neither TLS nor users"

    def guarded(self, handler: Handler) -> Handler:
        """Return the handler behind authentication, with the configured headers on every response."""

        def guard(request: Request) -> Response:
            config, _ = self._current.current()
            users = config.basic_auth_users
            is_open = not users or request.path in OPEN_PATHS
            if is_open or self._basic_auth.admits(users, request.headers.get("authorization"), request.client):
                response = handler(request)
            else:
                response = UNAUTHORIZED
            return response.with_headers(config.response_headers)

        return guard

    def _load(self) -> tuple[WebConfig, FileReloader[ServerTls] | None]:
        config = load(self._path)
        tls = config.tls_server_config
        is_protected = bool(tls or config.basic_auth_users)
        if self._is_protected and not is_protected:
            raise ConfigError(
                f"{self._path}: neither TLS nor users are left: restart the exporter to remove protection"
            )
        reloader = FileReloader(tls.files, lambda: server_tls(tls)) if tls else None
        self._is_protected = is_protected
        return config, reloader
