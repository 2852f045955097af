"""``lantime-exporter check FILE`` and ``--config.check``: what is wrong with a configuration, one line a fault."""

import sys
from collections.abc import Mapping
from pathlib import Path

from lantime_exporter import collectors
from lantime_exporter.cli.arguments import Options
from lantime_exporter.cli.source import load_file, settings_source
from lantime_exporter.cli.summary import NOTHING_TO_WATCH, is_without_targets, summary, warnings
from lantime_exporter.web.access_control import AccessControl


def run(file: Path, *, reads_secrets: bool) -> int:
    """Check a file, with or without the files and variables that hold secrets, and say what it configures.

    Raises ConfigError.
    """
    settings = load_file(file, collectors.load(), reads_secrets=reads_secrets)
    print(f"{file}: {summary(settings)}")  # noqa: T201
    if is_without_targets(settings):
        print(f"{file}: warning: {NOTHING_TO_WATCH}", file=sys.stderr)  # noqa: T201
    return 0


def everything(options: Options, environ: Mapping[str, str]) -> int:
    """Check all that serving would read. Raises ConfigError."""
    loaded = collectors.load()
    settings = settings_source(options.config_file, environ, loaded)()
    if options.web_config_file:
        AccessControl(options.web_config_file)
    print(summary(settings))  # noqa: T201
    for warning in warnings(options, settings, environ):
        print(f"warning: {warning}", file=sys.stderr)  # noqa: T201
    return 0
