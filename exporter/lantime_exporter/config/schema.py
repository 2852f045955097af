"""The configuration file: every key with its kind, its meaning and an example.

``SETTINGS`` is the whole document. The default of a key is the default of its field in
``lantime_exporter.config.settings``.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from yaml.nodes import Node

from lantime_exporter.config import kinds
from lantime_exporter.config.certificates import check_client_certificate
from lantime_exporter.config.fault import Fault, fail, quoted
from lantime_exporter.config.kinds import Context, choice, duration, integer, reference, size
from lantime_exporter.config.secret import Secret, Source
from lantime_exporter.config.settings import Allowed, Auth, Module, Proxy, Settings, Target, Tls
from lantime_exporter.config.table import Items, Key, Named, Table, Values, exactly_one, needs
from lantime_exporter.endpoint import Endpoint, parse_endpoint
from lantime_exporter.errors import RequestError

HOUR = 3600.0
KIB = 1024
GIB = 1024**3

AUTH_NAME = reference("auth", lambda context: context.auths)
MODULE_NAME = reference("module", lambda context: context.modules)


def _auth_values(values: Values, _: Context) -> Values:
    if values.get("fallback_to_basic") and values.get("method") != "bearer":
        fail("fallback_to_basic has no effect without method: bearer")
    username, password = (
        [values.pop(key, None) for key in (name, f"{name}_file", f"{name}_env")] for name in ("username", "password")
    )
    return {**values, "username": Source(*username), "password": Secret(*password)}


def _auth_parts(auth: Auth) -> Mapping[str, Any]:
    return {
        "username": auth.username.literal,
        "username_file": auth.username.file,
        "username_env": auth.username.environment,
        "password": auth.password.literal,
        "password_file": auth.password.file,
        "password_env": auth.password.environment,
        "method": auth.method,
        "fallback_to_basic": auth.fallback_to_basic,
    }


def _tls_values(values: Values, _: Context) -> Values:
    worthless = [key for key in ("ca_file", "fingerprint_sha256") if key in values]
    if values.get("insecure_skip_verify") and worthless:
        fail(f"insecure_skip_verify makes {' and '.join(worthless)} worthless: keep one")
    if "cert_file" in values:
        check_client_certificate(values["cert_file"], values.get("key_file"))
    return values


def _proxy_values(values: Values, _: Context) -> Values:
    if values.get("proxy_from_environment") and "proxy_url" in values:
        fail("proxy_url and proxy_from_environment exclude each other: keep one")
    return values


def _target_values(values: Values, _: Context) -> Values:
    return {"name": parse_endpoint(values["address"]).host, **values}


def _settings_values(values: Values, _: Context) -> Values:
    modules = {"default": Module(), **values.get("modules", {})}
    return {"auths": MappingProxyType({}), **values, "modules": MappingProxyType(modules)}


def _read_label_name(key: Node, _: Context) -> str:
    name = str(key.value)
    if name.startswith("__"):
        fail("labels that begin with __ are reserved; auth and module are keys of the target")
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        fail("is not a label name of Prometheus: letters, digits and _, the first no digit")
    return name


def _confused(targets: Mapping[int, Target], _: Context) -> Iterator[Fault]:
    """Yield a fault for every target that the name or address of another one could be taken for."""
    names: dict[str, int] = {}
    addresses: dict[Endpoint, int] = {}
    for index, target in targets.items():
        same_device = addresses.setdefault(parse_endpoint(target.address), index)
        same_name = names.setdefault(target.name, index)
        if same_device != index:
            yield Fault(f"{quoted(target.address)} is the device of targets[{same_device}] too", (index, "address"))
        elif same_name != index:
            yield Fault(f"{quoted(target.name)} is the name of targets[{same_name}] too: rename one", (index, "name"))
    for name, index in names.items():
        with suppress(RequestError):  # most names are no addresses
            other = addresses.get(parse_endpoint(name), index)
            if other != index:
                yield Fault(f"{quoted(name)} is the address of targets[{other}]", (index, "name"))


AUTH = Table(
    model=Auth,
    confidential=True,
    rules=(
        exactly_one("username", "username_file", "username_env"),
        exactly_one("password", "password_file", "password_env"),
    ),
    finish=_auth_values,
    parts=_auth_parts,
    keys=(
        Key("username", kinds.TEXT, "User on the device. Access level `info` is enough.", "monitoring"),
        Key("username_file", kinds.TEXT_FILE, "File that holds the user name instead.", "secrets/username"),
        Key("username_env", kinds.VARIABLE, "Environment variable that holds the user name instead.", "HQ_USERNAME"),
        Key("password", kinds.PASSWORD, "Password, best in quotes.", '"s3cret"'),
        Key("password_file", kinds.TEXT_FILE, "File that holds the password instead.", "secrets/password"),
        Key("password_env", kinds.VARIABLE, "Environment variable that holds the password instead.", "HQ_PASSWORD"),
        Key(
            "method",
            choice("`basic` or `bearer`", basic="basic", bearer="bearer"),
            "How to log in: with every request, or once for a token (firmware 7.08 and later).",
            "bearer",
        ),
        Key(
            "fallback_to_basic",
            kinds.BOOLEAN,
            "With `method: bearer`: log in with `basic` when the device gives no token.",
            "true",
        ),
    ),
)

TLS = Table(
    model=Tls,
    rules=(needs("key_file", "cert_file"),),
    finish=_tls_values,
    keys=(
        Key("ca_file", kinds.CA_FILE, "Authorities to trust instead of those of the system, in PEM form.", "hq-ca.pem"),
        Key(
            "fingerprint_sha256",
            kinds.FINGERPRINT,
            "The one certificate to accept, for devices with a self-signed one. Beside `ca_file` both must hold.",
            '"8f:3a:…"',
        ),
        Key("server_name", kinds.NAME, "Name to expect in the certificate instead of the host.", "clock1.example.net"),
        Key("cert_file", kinds.FILE, "Certificate to show to the device, in PEM form.", "client.pem"),
        Key("key_file", kinds.FILE, "Its unencrypted key, when it is not in `cert_file`.", "client.key"),
        Key(
            "insecure_skip_verify",
            kinds.BOOLEAN,
            "Accept any certificate. Whoever is on the way can then read the password.",
            "true",
        ),
    ),
)

PROXY = Table(
    model=Proxy,
    confidential=True,
    rules=(needs("no_proxy", "proxy_url"),),
    finish=_proxy_values,
    keys=(
        Key("proxy_url", kinds.PROXY_URL, "Proxy to reach the devices through.", "http://proxy.example.net:3128"),
        Key(
            "no_proxy",
            kinds.TEXT,
            "Hosts, domains and networks to reach without it, separated by commas.",
            "10.0.0.0/8,.example.net",
        ),
        Key(
            "proxy_from_environment",
            kinds.BOOLEAN,
            "Take the proxy from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.",
            "true",
        ),
    ),
)

MODULE = Table(
    model=Module,
    keys=(
        Key(
            "timeout",
            duration(0.01, HOUR),
            "Longest time for a probe. A shorter scrape timeout of Prometheus, less `timeout_offset`, comes first.",
            "5s",
        ),
        Key("min_interval", duration(0, HOUR), "Shortest time between two requests to the same device.", "5s"),
        Key("max_response_bytes", size(KIB, GIB), "Longer answers are cut off with an error.", "4MiB"),
        Key(
            "collectors",
            Items(kinds.COLLECTOR, "list of collector names"),
            "Collectors to run; an empty list means all.",
            "[system, receiver]",
        ),
        Key(
            "exclude_collectors",
            Items(kinds.COLLECTOR, "list of collector names"),
            "Collectors to leave out.",
            "[network]",
        ),
        Key(
            "generic_modules",
            kinds.BOOLEAN,
            "Export what no collector knows of the modules in the slots, as `lantime_module_*`.",
            "false",
        ),
        Key(
            "generic_status",
            kinds.BOOLEAN,
            "Export what no collector knows elsewhere in the status, as `lantime_status_*`.",
            "true",
        ),
        Key(
            "generic_series_per_slot",
            integer(0, 100_000),
            "Most `lantime_module_*` series of one slot. The rest is counted in `lantime_generic_series_dropped`.",
            "100",
        ),
        Key("position", kinds.BOOLEAN, "Export latitude, longitude and altitude of the antenna.", "false"),
        Key("tls", TLS, "How a device proves who it is. By default with a certificate the system trusts.", ""),
        Key("proxy", PROXY, "How a device is reached. By default directly, whatever the environment says.", ""),
    ),
)

TARGET = Table(
    model=Target,
    finish=_target_values,
    keys=(
        Key("name", kinds.NAME, "Name of the device. By default the host of the address.", "studio-1"),
        Key(
            "address",
            kinds.ADDRESS,
            "`[scheme://]host[:port]`, HTTPS unless it begins with `http://`.",
            "clock1.example.net",
            required=True,
        ),
        Key("auth", AUTH_NAME, "Credentials for the device, one of `auths`.", "hq", implied="default"),
        Key("module", MODULE_NAME, "How to probe the device, one of `modules`.", "slow", implied="default"),
        Key(
            "labels",
            Named(kinds.TEXT, "mapping of labels", _read_label_name),
            "Labels that `/sd` gives to Prometheus for the device.",
            "{site: hq, rack: B12}",
        ),
    ),
)

ALLOWED = Table(
    model=Allowed,
    keys=(
        Key(
            "pattern",
            kinds.PATTERN,
            "Hosts that may be probed without being a target. It must match the whole host. "
            "Whoever matches is sent the credentials.",
            r"'clock\d+\.example\.net'",
            required=True,
        ),
        Key("auth", AUTH_NAME, "Credentials for these devices, one of `auths`.", "hq", implied="default"),
        Key("module", MODULE_NAME, "How to probe them when the request names no module.", "slow", implied="default"),
        Key(
            "plain_http",
            kinds.BOOLEAN,
            "Accept `http://` addresses of these devices too. Whoever is on the way can then read the password.",
            "true",
        ),
    ),
)

SETTINGS = Table(
    model=Settings,
    finish=_settings_values,
    keys=(
        Key(
            "auths", Named(AUTH, "mapping of auths"), "Credentials by name. `default` is used where none is named.", ""
        ),
        Key(
            "modules",
            Named(MODULE, "mapping of modules"),
            "Ways to probe by name. `default` is used where none is named; it always exists.",
            "",
        ),
        Key("targets", Items(TARGET, "list of targets", _confused), "The devices.", ""),
        Key("allowed", Items(ALLOWED, "list of patterns"), "Devices that may be probed besides the targets.", ""),
        Key(
            "max_concurrent_probes",
            integer(1, 100_000),
            "Probes at the same time; further ones are answered with status 503.",
            "50",
        ),
        Key(
            "timeout_offset",
            duration(0, 60),
            "Taken off the scrape timeout of Prometheus, so that the answer still arrives.",
            "250ms",
        ),
        Key(
            "sessions_per_device",
            integer(0, 10_000),
            "HTTP sessions with each device that `/sessions` remembers; 0 turns it off.",
            "100",
        ),
    ),
)
