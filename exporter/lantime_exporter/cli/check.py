"""``lantime-exporter check FILE`` and ``--config.check``: what is wrong with a configuration, one line a fault."""

from collections.abc import Mapping
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.cli import output
from lantime_exporter.cli.arguments import Options
from lantime_exporter.cli.source import load_file, settings_source
from lantime_exporter.cli.summary import NOTHING_TO_WATCH, is_without_targets, summary, warnings
from lantime_exporter.web.access_control import AccessControl


def run(file: Path, *, reads_secrets: bool) -> int:
    """Check a file, with or without the files and variables that hold secrets, and say what it configures.

    Raises ConfigError.
    """
    settings = load_file(file, collectors.load(), reads_secrets=reads_secrets)
    output.write(f"{file}: {summary(settings)}\n")
    if is_without_targets(settings):
        output.write_error(f"{file}: warning: {NOTHING_TO_WATCH}")
    return 0


def everything(options: Options, environ: Mapping[str, str]) -> int:
    """Check all that serving would read. Raises ConfigError."""
    loaded = collectors.load()
    settings = settings_source(options.config_file, environ, loaded)()
    if options.web_config_file:
        AccessControl(options.web_config_file)
    output.write(f"{summary(settings)}\n")
    for warning in warnings(options, settings, environ):
        output.write_error(f"warning: {warning}")
    return 0
