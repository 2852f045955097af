"""The file of ``--web.config.file``, in the format of Prometheus' exporter-toolkit.

What protects in the toolkit and not here (inline certificates, curve preferences, rate limits) is an error, so that
nobody relies on it. HTTP/2 is not: its clients speak HTTP/1.1 too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yaml.nodes import Node

from lantime_exporter.config import tree
from lantime_exporter.config.fault import DecodeError, fail
from lantime_exporter.config.kinds import (
    BOOLEAN,
    CA_FILE,
    FILE,
    NAME,
    Context,
    Kind,
    Scalar,
    choice,
    read_name,
    read_text,
)
from lantime_exporter.config.table import Items, Key, Named, Table, Values
from lantime_exporter.errors import ConfigError
from lantime_exporter.web.basic_auth import load_bcrypt
from lantime_exporter.web.server_tls import CIPHERS, CLIENT_AUTH, TLS_1_3_CIPHERS, VERSIONS, TlsServerConfig

_HASH = re.compile(r"\$2[aby]\$(?:0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpServerConfig:
    """``http_server_config``: headers for every response."""

    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """The content of the file. Without any setting: plain HTTP, open to all."""

    tls_server_config: TlsServerConfig | None = None
    http_server_config: HttpServerConfig = field(default_factory=HttpServerConfig)
    basic_auth_users: Mapping[str, str] = field(default_factory=dict, repr=False)


def load(path: Path) -> WebConfig:
    """Read the file; one without content sets nothing. Raises ConfigError with every problem, never showing a hash."""
    try:
        text = path.read_text(encoding="utf-8")
        if all(line.strip() in ("", "---") or line.lstrip().startswith("#") for line in text.splitlines()):
            return WebConfig()
        return _FILE.decode(tree.compose(text), Context(base=path.parent))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text") from error
    except DecodeError as error:
        raise ConfigError(*(f"{path}: {fault}" for fault in error.faults)) from error


def _words(label: str, *words: str) -> Kind[str]:
    return choice(label, **{word: word for word in words})


def _unsupported(instead: str) -> Kind[None]:
    def read(_node: Node, _context: Context) -> None:
        fail(f"is not supported by lantime-exporter: {instead}")

    return Scalar("unsupported", read, str)


def _read_header(node: Node, context: Context) -> str:
    value = read_name(node, context)
    if not value.isascii():
        fail("must be ASCII text")
    return value


def _read_user(node: Node, context: Context) -> str:
    name = read_name(node, context)
    if ":" in name:
        fail("a user name must not hold a colon: basic authentication cannot carry it")
    return name


def _read_hash(node: Node, context: Context) -> str:
    text = read_text(node, context)
    if not _HASH.fullmatch(text):
        fail("must be a bcrypt hash, as 'htpasswd -nBC 10 USER' prints after the colon; not shown")
    return text


@dataclass(frozen=True, slots=True)
class _Users:
    """The kind of ``basic_auth_users``; a user needs the package that checks passwords."""

    label: str = "mapping of user to bcrypt hash"

    def decode(self, node: Node, context: Context) -> Mapping[str, str]:
        users = {} if tree.is_empty(node) else _USER_TABLE.decode(node, context)
        if not users:
            return {}
        try:
            load_bcrypt()
        except ConfigError as error:
            fail(str(error))
        return users

    def encode(self, value: Mapping[str, str]) -> object:
        return _USER_TABLE.encode(value)


def _finish_tls(values: Values, _context: Context) -> Values:
    policy = values.get("client_auth_type", "NoClientCert")
    verifying = policy != "NoClientCert"
    if verifying and "client_ca_file" not in values:
        fail(f"client_auth_type {policy} needs client_ca_file")
    for name in ("client_ca_file", "client_allowed_sans"):
        if name in values and not verifying:
            fail(f"{name} has no effect with client_auth_type {policy}: use RequireAndVerifyClientCert")
    if values.get("min_version") == "TLS13" and values.get("max_version") == "TLS12":
        fail("min_version TLS13 is above max_version TLS12")
    return values


_USER_TABLE = Named(Scalar("bcrypt hash", _read_hash, lambda _: "<secret>"), "mapping", _read_user)

_TLS = Table(
    model=TlsServerConfig,
    keys=(
        Key(name="cert_file", kind=FILE, required=True, meaning="certificate chain in PEM form", example="server.crt"),
        Key(name="key_file", kind=FILE, required=True, meaning="private key in PEM form", example="server.key"),
        Key(name="cert", kind=_unsupported("use cert_file"), meaning="inline certificate", example=""),
        Key(name="key", kind=_unsupported("use key_file"), meaning="inline key", example=""),
        Key(
            name="client_auth_type",
            kind=_words("policy", *CLIENT_AUTH),
            meaning="whether clients must show a certificate",
            example="RequireAndVerifyClientCert",
        ),
        Key(name="client_ca_file", kind=CA_FILE, meaning="authorities of client certificates", example="clients.crt"),
        Key(
            name="client_allowed_sans",
            kind=Items(NAME, "list of names"),
            meaning="alternative names of which a client certificate must have one",
            example="[prometheus.example.net]",
        ),
        Key(name="min_version", kind=_words("version", *VERSIONS), meaning="lowest version", example="TLS12"),
        Key(name="max_version", kind=_words("version", *VERSIONS), meaning="highest version", example="TLS13"),
        Key(
            name="cipher_suites",
            kind=Items(_words("cipher suite", *CIPHERS, *sorted(TLS_1_3_CIPHERS)), "list of cipher suites"),
            meaning="suites of TLS 1.2; those of TLS 1.3 are fixed",
            example="[TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]",
        ),
        Key(
            name="prefer_server_cipher_suites",
            kind=BOOLEAN,
            meaning="whether the order of the server's suites decides",
            example="true",
        ),
        Key(name="curve_preferences", kind=_unsupported("remove the key"), meaning="curves", example=""),
    ),
    finish=_finish_tls,
)

_HEADERS = Table(
    model=dict,
    keys=(
        Key(
            name="X-Frame-Options",
            kind=_words("word", "deny", "sameorigin"),
            meaning="whether pages may be framed",
            example="deny",
        ),
        Key(
            name="X-Content-Type-Options",
            kind=_words("word", "nosniff"),
            meaning="no guessing of types, sent anyway",
            example="nosniff",
        ),
        *(
            Key(name=name, kind=Scalar("text", _read_header, str), meaning="sent as it is", example="")
            for name in ("Strict-Transport-Security", "X-XSS-Protection", "Content-Security-Policy")
        ),
    ),
)

_HTTP = Table(
    model=HttpServerConfig,
    keys=(
        Key(name="http2", kind=BOOLEAN, meaning="no effect: clients are answered by HTTP/1.1", example="true"),
        Key(name="headers", kind=_HEADERS, meaning="headers of every response", example="{X-Frame-Options: deny}"),
    ),
    finish=lambda values, _context: {name: value for name, value in values.items() if name != "http2"},
)

_FILE = Table(
    model=WebConfig,
    keys=(
        Key(name="tls_server_config", kind=_TLS, meaning="HTTPS instead of HTTP", example=""),
        Key(name="http_server_config", kind=_HTTP, meaning="headers", example=""),
        Key(name="basic_auth_users", kind=_Users(), meaning="users and their bcrypt hashes", example=""),
        Key(name="rate_limit", kind=_unsupported("limit in a proxy"), meaning="requests per time", example=""),
    ),
)
