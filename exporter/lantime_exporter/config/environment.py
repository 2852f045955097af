"""One device from environment variables, without a file."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Annotated, ClassVar

from lantime_exporter.config.schema import Conflicts, Section, doc
from lantime_exporter.config.secret import AuthoritiesFile, LiteralSecret, TextFile
from lantime_exporter.config.settings import Auth, Module, Settings, Target, Tls
from lantime_exporter.config.value_types import Address, Fingerprint, choice

TARGET = "LANTIME_TARGET"
USERNAME = "LANTIME_USERNAME"
PASSWORD = "LANTIME_PASSWORD"  # noqa: S105 - the name of the variable
PASSWORD_FILE = "LANTIME_PASSWORD_FILE"  # noqa: S105 - the name of the variable
CA_FILE = "LANTIME_CA_FILE"
FINGERPRINT_SHA256 = "LANTIME_FINGERPRINT_SHA256"
INSECURE_SKIP_VERIFY = "LANTIME_INSECURE_SKIP_VERIFY"
TRUST = (CA_FILE, FINGERPRINT_SHA256, INSECURE_SKIP_VERIFY)


class Environment(Section, frozen=True, kw_only=True, rename=lambda name: f"LANTIME_{name.upper()}"):
    """The variables for a single device."""

    one_of: ClassVar[Sequence[Sequence[str]]] = ((PASSWORD, PASSWORD_FILE),)

    target: Annotated[Address, doc("The device. Without it the other variables have no effect.", "clock1.example.net")]
    username: Annotated[str, doc("User on the device.", "monitoring")]
    password: Annotated[LiteralSecret | None, doc("Password.", "s3cret")] = None
    password_file: Annotated[TextFile | None, doc("File that holds the password instead.", "/run/secrets/lantime")] = (
        None
    )
    ca_file: Annotated[
        AuthoritiesFile | None, doc("CA certificates to trust instead of those of the system.", "/etc/ssl/hq-ca.pem")
    ] = None
    fingerprint_sha256: Annotated[
        Fingerprint | None, doc("The only certificate to accept, for a self-signed one.", "8f:3a:…")
    ] = None
    insecure_skip_verify: Annotated[
        str,
        choice("true", "false"),
        doc("Accept any certificate. Anyone who can intercept the connection can then read the password.", "true"),
    ] = "false"

    def conflicts(self) -> Conflicts:
        """Return the conflicts between values."""
        for value, name in ((self.ca_file, CA_FILE), (self.fingerprint_sha256, FINGERPRINT_SHA256)):
            if value and self.insecure_skip_verify == "true":
                yield (name, INSECURE_SKIP_VERIFY), f"{name} has no effect with {INSECURE_SKIP_VERIFY}: remove one"

    def settings(self) -> Settings:
        """Return settings with this device as the only target."""
        tls = Tls(
            ca_file=self.ca_file,
            fingerprint_sha256=self.fingerprint_sha256,
            insecure_skip_verify=self.insecure_skip_verify == "true",
        )
        auth = Auth(username=self.username, password=self.password, password_file=self.password_file)
        return Settings(
            auths=MappingProxyType({"default": auth}),
            modules=MappingProxyType({"default": Module(tls=tls)}),
            targets=(Target(address=self.target),),
        )
