"""Access control: TLS, basic authentication and headers as the web configuration file says at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from lantime_exporter.web.basic_auth import BasicAuth, parse_authorization
from lantime_exporter.web.file_reloader import FileReloader
from lantime_exporter.web.message import Handler, Request, Response, one_line
from lantime_exporter.web.tls import ServerTls, server_tls
from lantime_exporter.web.web_config import WebConfig, load

_CHALLENGE: Mapping[str, str] = MappingProxyType(
    {"WWW-Authenticate": 'Basic realm="lantime-exporter", charset="UTF-8"'}
)


@dataclass(frozen=True, slots=True)
class _Settings:
    config: WebConfig
    tls: FileReloader[ServerTls] | None


class AccessControl:
    """Applies the file of ``--web.config.file``.

    The file is read for every request, its certificates for every connection. An invalid change is logged, and the
    previous content stays in force. Creating raises ConfigError when the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._settings = FileReloader((path,), lambda: _settings(path))
        self._basic_auth = BasicAuth()

    def tls(self) -> ServerTls | None:
        """Return what serves TLS to a new connection; None for plain HTTP."""
        tls = self._settings.current().tls
        return tls.current() if tls else None

    def guarded(self, answer: Handler) -> Handler:
        """Return the handler behind authentication, with the configured headers on every response."""

        def guard(request: Request) -> Response:
            config = self._settings.current().config
            response = answer(request) if self._is_admitted(config, request) else _unauthorized()
            return response.with_headers(config.http_server_config.headers)

        return guard

    def _is_admitted(self, config: WebConfig, request: Request) -> bool:
        users = config.basic_auth_users
        return not users or self._basic_auth.admits(users, parse_authorization(request.headers.get("Authorization")))


def _settings(path: Path) -> _Settings:
    config = load(path)
    tls = config.tls_server_config
    return _Settings(config, FileReloader(tls.files, lambda: server_tls(tls)) if tls else None)


def _unauthorized() -> Response:
    return one_line("user name or password is missing or wrong", HTTPStatus.UNAUTHORIZED, _CHALLENGE)
