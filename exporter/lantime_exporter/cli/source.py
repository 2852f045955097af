"""Where the settings come from: the file that was named, or the environment."""

from collections.abc import Callable, Mapping
from pathlib import Path

from lantime_exporter.config import Settings, from_environment, load
from lantime_exporter.errors import ConfigError
from lantime_exporter.mapping.registry import CollectorRegistry


def settings_source(
    file: Path | None, environ: Mapping[str, str], catalogue: CollectorRegistry
) -> Callable[[], Settings]:
    """Return the function that reads the settings anew at each call; it raises ConfigError.

    A file wins over the environment. Raises ConfigError at the first call where neither is given.
    """
    collectors = [collector.name for collector in catalogue.collectors]

    def read() -> Settings:
        if file is not None:
            return load(file, collectors)
        settings = from_environment(environ)
        if settings is None:
            raise ConfigError(
                "nothing to watch: name a file with --config.file, or set LANTIME_TARGET, LANTIME_USERNAME and "
                "LANTIME_PASSWORD; 'lantime-exporter demo' needs neither"
            )
        return settings

    return read
