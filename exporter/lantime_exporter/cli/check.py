"""``lantime-exporter check FILE`` and ``--config.check``: what is wrong with a configuration, one line a problem."""

from collections.abc import Mapping

from lantime_exporter import collectors
from lantime_exporter.cli import output
from lantime_exporter.cli.arguments import Arguments
from lantime_exporter.cli.configuration import settings_source, warnings
from lantime_exporter.config import Settings
from lantime_exporter.formatting import format_count
from lantime_exporter.web.access_control import AccessControl


def run(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Check all that serving would read, and say what it configures. Raises ConfigError."""
    file = arguments.config_file
    settings = settings_source(file, environ, collectors.load(), reads_secrets=not arguments.without_secrets)()
    if arguments.web_config_file:
        AccessControl(arguments.web_config_file)
    source = file or "environment"
    output.write(f"{source}: {_summary(settings)}\n")
    for warning in warnings(file, settings, environ):
        output.write_error(f"{source}: warning: {warning}")
    return 0


def _summary(settings: Settings) -> str:
    """Return how much the configuration holds."""
    parts = {
        "target": settings.targets,
        "allowed pattern": settings.allowed,
        "auth": settings.auths,
        "module": settings.modules,
    }
    return "valid, " + ", ".join(format_count(len(items), noun) for noun, items in parts.items())
