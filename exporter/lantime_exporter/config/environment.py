"""One device from environment variables, without a file."""

from types import MappingProxyType

from lantime_exporter.config import kinds
from lantime_exporter.config.fault import fail
from lantime_exporter.config.kinds import Context, choice
from lantime_exporter.config.secret import Secret, Source
from lantime_exporter.config.settings import Auth, Module, Settings, Target, Tls
from lantime_exporter.config.table import Key, Table, Values, exactly_one
from lantime_exporter.endpoint import parse_endpoint

TARGET = "LANTIME_TARGET"
USERNAME = "LANTIME_USERNAME"
PASSWORD = "LANTIME_PASSWORD"  # noqa: S105 - the name of the variable
PASSWORD_FILE = "LANTIME_PASSWORD_FILE"  # noqa: S105 - the name of the variable
CA_FILE = "LANTIME_CA_FILE"
INSECURE_SKIP_VERIFY = "LANTIME_INSECURE_SKIP_VERIFY"


def _settings_values(values: Values, _: Context) -> Values:
    ca_file, insecure = values.get(CA_FILE), values.get(INSECURE_SKIP_VERIFY, False)
    if ca_file and insecure:
        fail(f"{INSECURE_SKIP_VERIFY} makes {CA_FILE} worthless: keep one")
    address = values[TARGET]
    auth = Auth(
        username=Source(literal=values[USERNAME]),
        password=Secret(literal=values.get(PASSWORD), file=values.get(PASSWORD_FILE)),
    )
    module = Module(tls=Tls(ca_file=ca_file, insecure_skip_verify=insecure))
    return {
        "auths": MappingProxyType({"default": auth}),
        "modules": MappingProxyType({"default": module}),
        "targets": (Target(name=parse_endpoint(address).host, address=address),),
    }


ENVIRONMENT = Table(
    model=Settings,
    rules=(exactly_one(PASSWORD, PASSWORD_FILE),),
    finish=_settings_values,
    keys=(
        Key(
            TARGET,
            kinds.ADDRESS,
            "The device. Without it the others mean nothing.",
            "clock1.example.net",
            required=True,
        ),
        Key(USERNAME, kinds.TEXT, "User on the device.", "monitoring", required=True),
        Key(PASSWORD, kinds.PASSWORD, "Password.", "s3cret"),
        Key(PASSWORD_FILE, kinds.TEXT_FILE, "File that holds the password instead.", "/run/secrets/lantime"),
        Key(CA_FILE, kinds.CA_FILE, "Authorities to trust instead of those of the system.", "/etc/ssl/hq-ca.pem"),
        Key(
            INSECURE_SKIP_VERIFY,
            choice("`true` or `false`", true=True, false=False),
            "Accept any certificate. Whoever is on the way can then read the password.",
            "true",
        ),
    ),
)
