"""Where the settings come from: the file that was named, or the environment."""

from collections.abc import Callable, Mapping
from pathlib import Path

from lantime_exporter.config import Settings, from_environment, load
from lantime_exporter.errors import ConfigError
from lantime_exporter.mapping.registry import CollectorRegistry

PROFILE = "profile"
"""The label of a target by which the alert rules choose their numbers. Only info metrics have it too."""


def load_file(file: Path, registry: CollectorRegistry, *, reads_secrets: bool = True) -> Settings:
    """Return the settings of a file for these collectors. Raises ConfigError.

    Target labels must not be called like a label of a metric: Prometheus renames that of the metric, and rules no
    longer find it.
    """
    names = [collector.name for collector in registry.collectors]
    labels = {label for metric in registry.metrics.values() for label in metric.labels}
    return load(file, names, (labels | {"job", "instance"}) - {PROFILE}, reads_secrets=reads_secrets)


def settings_source(
    file: Path | None, environ: Mapping[str, str], registry: CollectorRegistry
) -> Callable[[], Settings]:
    """Return the function that reads the settings anew at each call; it raises ConfigError.

    A file wins over the environment. Raises ConfigError at the first call where neither is given.
    """

    def read() -> Settings:
        if file is not None:
            return load_file(file, registry)
        settings = from_environment(environ)
        if settings is None:
            raise ConfigError(
                "nothing to watch: name a file with --config.file, or set LANTIME_TARGET, LANTIME_USERNAME and "
                "LANTIME_PASSWORD; 'lantime-exporter demo' needs neither"
            )
        return settings

    return read
