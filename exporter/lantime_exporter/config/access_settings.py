"""The settings to reach a device: credentials, TLS, proxy."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

from lantime_exporter.config.schema import Conflicts, Section, doc
from lantime_exporter.config.secret import AuthoritiesFile, File, LiteralSecret, TextFile, Variable, read_source
from lantime_exporter.config.value_types import Fingerprint, Name, ProxyUrl, choice, redact_proxy_url
from lantime_exporter.errors import ConfigError
from lantime_exporter.pem import check_client_certificate


class Auth(Section, frozen=True, kw_only=True):
    """Credentials for devices."""

    is_confidential: ClassVar[bool] = True

    one_of: ClassVar[Sequence[Sequence[str]]] = (
        ("username", "username_file", "username_env"),
        ("password", "password_file", "password_env"),
    )

    username: Annotated[str | None, doc("User on the device. Access level `info` is enough.", "monitoring")] = None
    username_file: Annotated[TextFile | None, doc("File that holds the user name instead.", "secrets/username")] = None
    username_env: Annotated[
        Variable | None, doc("Environment variable that holds the user name instead.", "HQ_USERNAME")
    ] = None
    password: Annotated[LiteralSecret | None, doc("Password; quote it.", '"s3cret"')] = None
    password_file: Annotated[TextFile | None, doc("File that holds the password instead.", "secrets/password")] = None
    password_env: Annotated[
        Variable | None, doc("Environment variable that holds the password instead.", "HQ_PASSWORD")
    ] = None
    method: Annotated[
        str,
        choice("basic", "bearer"),
        doc("How to log in: with every request, or once for a token (firmware 7.08 and later).", "bearer"),
    ] = "basic"
    fallback_to_basic: Annotated[
        bool, doc("With `method: bearer`: use `basic` if the device returns no token.", "true")
    ] = False

    def conflicts(self) -> Conflicts:
        """Return the conflicts between values."""
        if self.fallback_to_basic and self.method != "bearer":
            yield ("fallback_to_basic", "method"), "fallback_to_basic has no effect without method: bearer"

    def read_username(self) -> str:
        """Return the user name, read at every call from its file or variable, so that rotation works."""
        return read_source(self.username, self.username_file, self.username_env)

    def read_password(self) -> str:
        """Return the password, in the same way. Both raise ConfigError, see ``read_text_file``."""
        return read_source(self.password, self.password_file, self.password_env)


class Tls(Section, frozen=True, kw_only=True):
    """How a device proves its identity. Without any setting: a certificate that the system trusts."""

    ca_file: Annotated[
        AuthoritiesFile | None,
        doc("CA certificates to trust instead of those of the system, in PEM format.", "hq-ca.pem"),
    ] = None
    fingerprint_sha256: Annotated[
        Fingerprint | None,
        doc(
            "The one certificate to accept, for devices with a self-signed one. If `ca_file` is set too, "
            "both must match.",
            '"8f:3a:…"',
        ),
    ] = None
    """64 hexadecimal digits in lower case, without colons."""
    server_name: Annotated[
        Name | None, doc("Name to expect in the certificate instead of the host.", "clock1.example.net")
    ] = None
    cert_file: Annotated[File | None, doc("Client certificate for the device, in PEM format.", "client.pem")] = None
    key_file: Annotated[File | None, doc("Its unencrypted key, if it is not in `cert_file`.", "client.key")] = None
    insecure_skip_verify: Annotated[
        bool, doc("Accept any certificate. Anyone who can intercept the connection can then read the password.", "true")
    ] = False
    allow_legacy_ciphers: Annotated[
        bool,
        doc(
            "Also accept cipher suites of TLS 1.2 that are no longer recommended (RSA key exchange, CBC "
            "with SHA-1), for devices with old firmware.",
            "true",
        ),
    ] = False

    def conflicts(self) -> Conflicts:
        """Return the conflicts between values."""
        useless = [key for key in ("ca_file", "fingerprint_sha256") if getattr(self, key)]
        if self.insecure_skip_verify and useless:
            verb = "has" if len(useless) == 1 else "have"
            yield (
                ("insecure_skip_verify", *useless),
                f"{' and '.join(useless)} {verb} no effect with insecure_skip_verify: remove one of them",
            )
        if self.key_file and not self.cert_file:
            yield ("key_file", "cert_file"), "key_file has no effect without cert_file"
        if self.cert_file:
            try:
                check_client_certificate(self.cert_file, self.key_file)
            except ConfigError as error:
                yield ("cert_file", "key_file"), str(error)


class Proxy(Section, frozen=True, kw_only=True):
    """Proxy to a device. By default none, even if the environment names one."""

    is_confidential: ClassVar[bool] = True

    proxy_url: Annotated[
        ProxyUrl | None, doc("Proxy to reach the devices through.", "http://proxy.example.net:3128")
    ] = None
    no_proxy: Annotated[
        str | None,
        doc("Hosts, domains and networks to reach without it, separated by commas.", "10.0.0.0/8,.example.net"),
    ] = None
    proxy_from_environment: Annotated[
        bool, doc("Take the proxy from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.", "true")
    ] = False

    def conflicts(self) -> Conflicts:
        """Return the conflicts between values."""
        if self.no_proxy and not self.proxy_url:
            yield ("no_proxy", "proxy_url"), "no_proxy has no effect without proxy_url"
        if self.proxy_from_environment and self.proxy_url:
            yield (
                ("proxy_url", "proxy_from_environment"),
                "proxy_url and proxy_from_environment exclude each other: keep one",
            )

    def __repr__(self) -> str:
        """Return the settings without the password in the URL."""
        url = self.proxy_url and redact_proxy_url(self.proxy_url)
        return f"Proxy({url}, no_proxy={self.no_proxy}, proxy_from_environment={self.proxy_from_environment})"
