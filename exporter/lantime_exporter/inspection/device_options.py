"""Access to the device to inspect: by a configuration, or by options and the environment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from lantime_exporter.config import Module, Secret, Settings, from_environment, load
from lantime_exporter.config.environment import (
    CA_FILE,
    FINGERPRINT_SHA256,
    INSECURE_SKIP_VERIFY,
    PASSWORD,
    PASSWORD_FILE,
    TARGET,
    USERNAME,
)
from lantime_exporter.endpoint import parse_endpoint
from lantime_exporter.errors import RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceOptions:
    """The options of the command line for the device. ``timeout`` is seconds; None means the one of the module."""

    target: str | None = None
    config_file: Path | None = None
    auth: str | None = None
    module: str | None = None
    username: str | None = None
    password_file: Path | None = None
    insecure: bool = False
    ca_file: Path | None = None
    fingerprint: str | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Prompts for user and password. Both raise EOFError if there is no input."""

    ask: Callable[[str], str]
    ask_secretly: Callable[[str], str]


def settings(
    access: DeviceOptions, environ: Mapping[str, str], terminal: Terminal | None, collectors: tuple[str, ...]
) -> tuple[Settings, str]:
    """Return the settings for the device, and its target in them.

    ``terminal`` is None without a user. Raises ConfigError for files and variables that cannot be used,
    RequestError for options that do not fit together or are missing.
    """
    if access.config_file is not None:
        found, target = _configured(access, access.config_file, collectors)
    else:
        found, target = _alone(access, environ, terminal)
    modules = {name: _overridden(item, access) for name, item in found.modules.items()}
    targets = found.targets
    if access.insecure or access.ca_file or access.fingerprint:
        targets = tuple(replace(each, fingerprint_sha256=None) for each in targets)
    return replace(found, modules=modules, targets=targets), target


def _configured(access: DeviceOptions, file: Path, collectors: tuple[str, ...]) -> tuple[Settings, str]:
    if access.username is not None or access.password_file is not None:
        raise RequestError("with --config.file the credentials are those of the configuration: use --auth")
    found = load(file, collectors)
    if access.target is None:
        known = ", ".join(target.name for target in found.targets) or "none, only patterns"
        raise RequestError(f"TARGET is missing, configured: {known}")
    return found, access.target


def _alone(access: DeviceOptions, environ: Mapping[str, str], terminal: Terminal | None) -> tuple[Settings, str]:
    if access.auth is not None or access.module is not None:
        raise RequestError("--auth and --module name parts of a configuration: give --config.file too")
    target = access.target or environ.get(TARGET)
    if not target:
        raise RequestError("TARGET is missing: the address of a device, or a name with --config.file")
    try:
        parse_endpoint(target)
    except RequestError as error:
        raise RequestError(f"TARGET: {error}") from None
    trust = (
        ()
        if access.insecure or access.ca_file or access.fingerprint
        else (CA_FILE, FINGERPRINT_SHA256, INSECURE_SKIP_VERIFY)
    )
    variables = {
        **{name: environ[name] for name in trust if name in environ},
        **_credentials(access, target, environ, terminal),
        TARGET: target,
    }
    found = from_environment(variables)
    if found is None:
        raise RequestError("TARGET is empty")
    return found, target


def _credentials(
    access: DeviceOptions, target: str, environ: Mapping[str, str], terminal: Terminal | None
) -> Mapping[str, str]:
    """Return the variables of user and password, from the options, the environment or a person, in this order."""
    username = (
        access.username or environ.get(USERNAME) or _prompt(terminal.ask if terminal else None, f"User on {target}: ")
    )
    if not username:
        raise RequestError(f"no user: give --username or {USERNAME}")
    if access.password_file is not None:
        # Checked here, so that an invalid option is not reported as an invalid variable.
        Secret(file=access.password_file).read()
        return {USERNAME: username, PASSWORD_FILE: str(access.password_file)}
    given = {name: environ[name] for name in (PASSWORD, PASSWORD_FILE) if environ.get(name)}
    if not given:
        prompt = f"Password of {username} on {target}: "
        password = _prompt(terminal.ask_secretly if terminal else None, prompt)
        if not password:
            raise RequestError(f"no password: give --password-file, {PASSWORD} or {PASSWORD_FILE}")
        given = {PASSWORD: password}
    return {USERNAME: username, **given}


def _prompt(ask: Callable[[str], str] | None, prompt: str) -> str:
    try:
        return ask(prompt) if ask else ""
    except (EOFError, KeyboardInterrupt):
        return ""


def _overridden(module: Module, access: DeviceOptions) -> Module:
    """Return the module with the options for TLS and timeout."""
    tls = module.tls
    if access.insecure:
        tls = replace(tls, ca_file=None, fingerprint_sha256=None, insecure_skip_verify=True)
    elif access.ca_file is not None:
        tls = replace(tls, ca_file=access.ca_file, fingerprint_sha256=None, insecure_skip_verify=False)
    elif access.fingerprint is not None:
        tls = replace(tls, ca_file=None, fingerprint_sha256=access.fingerprint, insecure_skip_verify=False)
    return replace(module, tls=tls, timeout=access.timeout or module.timeout)
