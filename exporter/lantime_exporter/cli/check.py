"""``lantime-exporter check FILE`` and ``--config.check``: the problems of a configuration, one per line."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.cli import output
from lantime_exporter.cli.arguments import Arguments
from lantime_exporter.cli.configuration import settings_source, warnings
from lantime_exporter.config.settings import Settings
from lantime_exporter.errors import ConfigError
from lantime_exporter.formatting import format_count
from lantime_exporter.web.access_control import AccessControl


def run(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Check everything that the exporter would read, and print a summary. Raises ConfigError."""
    file = arguments.config_file
    try:
        settings = settings_source(file, environ, collectors.load(), reads_secrets=not arguments.without_secrets)()
    except ConfigError as error:
        raise ConfigError(*error.problems, *_advice(file, arguments)) from None
    if arguments.web_config_file:
        AccessControl(arguments.web_config_file)
    source = file or "environment"
    output.write(f"{source}: {_summary(settings)}\n")
    for warning in warnings(file, settings, environ):
        output.write_error(f"{source}: warning: {warning}")
    return 0


def _advice(file: Path | None, arguments: Arguments) -> Iterator[str]:
    """Yield advice if only secrets are missing."""
    if file and not arguments.without_secrets:
        with suppress(ConfigError):
            settings_source(file, {}, collectors.load(), reads_secrets=False)()
            yield f"{file}: the rest is valid; to check it where the secrets are missing, add --without-secrets"


def _summary(settings: Settings) -> str:
    """Return the number of targets, modules and so on."""
    parts = {
        "target": settings.targets,
        "allowed pattern": settings.allowed,
        "auth": settings.auths,
        "module": settings.modules,
    }
    return "valid, " + ", ".join(format_count(len(items), noun) for noun, items in parts.items())
