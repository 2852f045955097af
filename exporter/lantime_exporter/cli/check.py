"""``lantime-exporter check FILE`` and ``--config.check``: what is wrong with a configuration, one line a fault."""

from collections.abc import Mapping
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.cli.arguments import Options
from lantime_exporter.cli.source import settings_source
from lantime_exporter.config import Settings, load
from lantime_exporter.web.access_control import AccessControl


def run(file: Path, *, reads_secrets: bool) -> int:
    """Check a file, with or without the files and variables that hold secrets, and say what it configures.

    Raises ConfigError.
    """
    loaded = collectors.load()
    settings = load(file, [collector.name for collector in loaded.collectors], reads_secrets=reads_secrets)
    print(f"{file}: {summary(settings)}")  # noqa: T201
    return 0


def everything(options: Options, environ: Mapping[str, str]) -> int:
    """Check all that serving would read. Raises ConfigError."""
    loaded = collectors.load()
    settings = settings_source(options.config_file, environ, loaded)()
    if options.web_config_file:
        AccessControl(options.web_config_file)
    print(summary(settings))  # noqa: T201
    return 0


def summary(settings: Settings) -> str:
    """Return what the configuration holds, for people."""
    parts = {
        "targets": settings.targets,
        "allowed patterns": settings.allowed,
        "auths": settings.auths,
        "modules": settings.modules,
    }
    return "valid, " + ", ".join(f"{len(items)} {name}" for name, items in parts.items())
