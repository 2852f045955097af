"""The settings of a command, from a file, the environment or options, and warnings about them."""

import getpass
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from lantime_exporter.cli.arguments import Arguments
from lantime_exporter.config.environment import PASSWORD, PASSWORD_FILE, TARGET, TRUST, USERNAME
from lantime_exporter.config.load import from_environment, load
from lantime_exporter.config.secret import read_text_file
from lantime_exporter.config.settings import Settings
from lantime_exporter.config.value_types import Context
from lantime_exporter.endpoint import parse_endpoint
from lantime_exporter.errors import ConfigError, RequestError
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.metrics import METRICS

PROFILE = "profile"
"""The label of a target that selects the thresholds of the alert rules. Some info metrics have it too."""


def settings_source(
    file: Path | None, environ: Mapping[str, str], registry: CollectorRegistry, *, reads_secrets: bool = True
) -> Callable[[], Settings]:
    """Return a function that reads the settings at each call; both raise ConfigError.

    A file takes precedence over the environment. Target labels must not have the name of a label of a metric:
    Prometheus would rename that of the metric, and rules would not find it.
    """
    if file is None:
        if not environ.get(TARGET):
            raise ConfigError(
                f"no device is configured: give --config.file FILE, or set {TARGET}, {USERNAME} and {PASSWORD} or "
                f"{PASSWORD_FILE} for a single device. To try it without a device: lantime-exporter demo"
            )
        return partial(from_environment, environ)
    names = [collector.name for collector in registry.collectors]
    labels = {label for metric in (*registry.metrics.values(), *METRICS) for label in metric.labels}
    reserved = (labels | {"job", "instance"}) - {PROFILE}
    return partial(load, file, Context(collectors=names, reserved_labels=reserved, reads_secrets=reads_secrets))


def warnings(file: Path | None, settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield warnings about valid but probably unintended settings."""
    if not settings.targets and not settings.allowed:
        yield "no target and no allowed pattern: every probe will be rejected; add targets"
    if file and environ.get(TARGET):
        yield f"{TARGET} is ignored, because --config.file is given"


def device_settings(
    arguments: Arguments, environ: Mapping[str, str], registry: CollectorRegistry
) -> tuple[Settings, str]:
    """Return the settings for the device to inspect, and its target in them.

    Prompts for user and password if they are missing and there is a terminal. Raises ConfigError for files and
    variables that cannot be used, RequestError for options that do not fit together or are missing.
    """
    if arguments.config_file is not None:
        found, target = _configured(arguments, registry)
    else:
        found, target = _alone(arguments, environ)
    trust = _trust(arguments)
    targets = tuple(replace(each, fingerprint_sha256=None) for each in found.targets) if trust else found.targets
    modules = {
        name: replace(module, tls=replace(module.tls, **trust), timeout=arguments.timeout or module.timeout)
        for name, module in found.modules.items()
    }
    return replace(found, modules=modules, targets=targets), target


def _configured(arguments: Arguments, registry: CollectorRegistry) -> tuple[Settings, str]:
    if arguments.username is not None or arguments.password_file is not None:
        raise RequestError("with --config.file the credentials are those of the configuration: use --auth")
    found = settings_source(arguments.config_file, {}, registry)()
    if arguments.target is None:
        known = ", ".join(target.name for target in found.targets) or "none, only patterns"
        raise RequestError(f"TARGET is missing, configured: {known}")
    return found, arguments.target


def _alone(arguments: Arguments, environ: Mapping[str, str]) -> tuple[Settings, str]:
    if arguments.auth is not None or arguments.module is not None:
        raise RequestError("--auth and --module name parts of a configuration: give --config.file too")
    target = arguments.target or environ.get(TARGET) or ""
    try:
        parse_endpoint(target)
    except RequestError as error:
        missing = "TARGET is missing: the address of a device, or a name with --config.file"
        raise RequestError(f"TARGET: {error}" if target else missing) from None
    trust = () if _trust(arguments) else TRUST
    variables = {name: environ.get(name, "") for name in trust} | _credentials(arguments, target, environ)
    return from_environment({**variables, TARGET: target}), target


def _credentials(arguments: Arguments, target: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of user and password, from the options, the environment or a person, in this order."""
    username = arguments.username or environ.get(USERNAME) or _prompt(input, f"User on {target}: ")
    if not username:
        raise RequestError(f"no user: give --username or {USERNAME}")
    if arguments.password_file is not None:
        # Checked here, so that an invalid option is not reported as an invalid variable.
        read_text_file(arguments.password_file)
        return {USERNAME: username, PASSWORD_FILE: str(arguments.password_file)}
    given = {name: environ.get(name, "") for name in (PASSWORD, PASSWORD_FILE)}
    if not any(given.values()):
        given = {PASSWORD: _prompt(getpass.getpass, f"Password of {username} on {target}: ")}
    if not any(given.values()):
        raise RequestError(f"no password: give --password-file, {PASSWORD} or {PASSWORD_FILE}")
    return {USERNAME: username, **given}


def _prompt(read: Callable[[str], str], prompt: str) -> str:
    """Return what a person enters, nothing if nobody is at a terminal."""
    try:
        return read(prompt) if sys.stdin.isatty() else ""
    except (EOFError, KeyboardInterrupt):
        return ""


def _trust(arguments: Arguments) -> dict[str, Any]:
    """Return the settings of TLS to override, none without options. At most one option is given."""
    settings = {
        "ca_file": arguments.ca_file,
        "fingerprint_sha256": arguments.fingerprint,
        "insecure_skip_verify": arguments.insecure,
    }
    return settings if any(settings.values()) else {}
