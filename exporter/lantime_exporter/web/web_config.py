"""The file of ``--web.config.file``, in the format of Prometheus' exporter-toolkit.

Keys that protect in the toolkit but not here (inline certificates, curve preferences, rate limits) are errors, so that
nobody relies on them. HTTP/2 is accepted: its clients speak HTTP/1.1 too.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from msgspec import field
from yaml.nodes import Node

from lantime_exporter.config import yaml_nodes
from lantime_exporter.config.decoding import config_error, decode, encode
from lantime_exporter.config.load import read_file
from lantime_exporter.config.problems import InvalidError, fail
from lantime_exporter.config.schema import Section, doc
from lantime_exporter.config.secret import Secret
from lantime_exporter.config.value_types import Context, ValueType, choice, read_name, read_text
from lantime_exporter.errors import ConfigError
from lantime_exporter.web.basic_auth import load_bcrypt
from lantime_exporter.web.server_tls import TlsServerConfig, unsupported

_HASH = re.compile(r"\$2[aby]\$(?:0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}")


def _read_header(node: Node, context: Context) -> str:
    value = read_name(node, context)
    if not value.isascii():
        fail("must be ASCII text")
    return value


def _read_user(node: Node, context: Context) -> str:
    name = read_name(node, context)
    if ":" in name:
        fail("a user name must not contain a colon: basic authentication cannot send it")
    return name


def _read_hash(node: Node, context: Context) -> Secret:
    text = read_text(node, context)
    if not _HASH.fullmatch(text):
        fail("must be a bcrypt hash, as 'htpasswd -nBC 10 USER' prints after the colon; not shown")
    return Secret(text)


HeaderText = Annotated[str, ValueType("text", _read_header)]
UserName = Annotated[str, ValueType("user name", _read_user)]
BcryptHash = Annotated[Secret, ValueType("bcrypt hash", _read_hash)]


class ResponseHeaders(Section, frozen=True, kw_only=True):
    """``headers``: the headers that may be added to every response."""

    frame_options: Annotated[str, choice("deny", "sameorigin")] | None = field(name="X-Frame-Options", default=None)
    content_type_options: Annotated[str, choice("nosniff")] | None = field(name="X-Content-Type-Options", default=None)
    transport_security: HeaderText | None = field(name="Strict-Transport-Security", default=None)
    xss_protection: HeaderText | None = field(name="X-XSS-Protection", default=None)
    content_security_policy: HeaderText | None = field(name="Content-Security-Policy", default=None)


class HttpServerConfig(Section, frozen=True, kw_only=True):
    """``http_server_config``."""

    http2: Annotated[bool, doc("Accepted without effect.")] = True
    headers: Annotated[ResponseHeaders, doc("Headers of every response.")] = ResponseHeaders()


class WebConfig(Section, frozen=True, kw_only=True):
    """The content of the file. Empty: plain HTTP without a password."""

    tls_server_config: Annotated[TlsServerConfig | None, doc("HTTPS instead of HTTP.")] = None
    http_server_config: Annotated[HttpServerConfig, doc("Headers.")] = HttpServerConfig()
    basic_auth_users: Annotated[
        Mapping[UserName, BcryptHash], doc("Users and the bcrypt hashes of their passwords.")
    ] = MappingProxyType({})
    rate_limit: Annotated[None, unsupported("limit in a proxy")] = None

    @property
    def response_headers(self) -> Mapping[str, str]:
        """The configured headers of every response, by name."""
        return {name: str(value) for name, value in encode(self.http_server_config.headers).items()}

    def conflicts(self) -> Iterable[tuple[tuple[str, ...], str]]:
        """Return the conflicts between values; users need the bcrypt package."""
        if self.basic_auth_users:
            try:
                load_bcrypt()
            except ConfigError as error:
                yield ("basic_auth_users",), f"basic_auth_users: {error}"


def load(path: Path) -> WebConfig:
    """Read the file, which may be empty. Raises ConfigError with all problems, without hashes."""
    text = read_file(path)
    if all(line.strip() in ("", "---") or line.lstrip().startswith("#") for line in text.splitlines()):
        return WebConfig()
    try:
        return decode(WebConfig, yaml_nodes.compose(text), Context(base=path.parent))
    except InvalidError as error:
        raise config_error(str(path), error) from None
