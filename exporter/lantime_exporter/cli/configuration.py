"""The settings of a command, from a file or the environment, and warnings about them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lantime_exporter.config.environment import PASSWORD, PASSWORD_FILE, TARGET, USERNAME
from lantime_exporter.config.load import from_environment, load
from lantime_exporter.config.settings import Settings
from lantime_exporter.config.value_types import Context
from lantime_exporter.errors import ConfigError
from lantime_exporter.mapping.registry import CollectorRegistry
from lantime_exporter.probe.metrics import METRICS

PROFILE = "profile"
"""The label of a target that selects the thresholds of the alert rules. Some info metrics have it too."""


def settings_source(
    file: Path | None, environ: Mapping[str, str], registry: CollectorRegistry, *, reads_secrets: bool = True
) -> Callable[[], Settings]:
    """Return a function that reads the settings at each call; it raises ConfigError.

    A file takes precedence over the environment. Target labels must not have the name of a label of a metric:
    Prometheus would rename that of the metric, and rules would not find it.
    """
    names = [collector.name for collector in registry.collectors]
    labels = {label for metric in (*registry.metrics.values(), *METRICS) for label in metric.labels}
    reserved = (labels | {"job", "instance"}) - {PROFILE}
    context = Context(collectors=names, reserved_labels=reserved, reads_secrets=reads_secrets)

    def read() -> Settings:
        if file is not None:
            return load(file, context)
        settings = from_environment(environ)
        if settings is None:
            raise ConfigError(
                f"no device is configured: give --config.file FILE, or set {TARGET}, {USERNAME} and {PASSWORD} or "
                f"{PASSWORD_FILE} for a single device. To try it without a device: lantime-exporter demo"
            )
        return settings

    return read


def warnings(file: Path | None, settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield warnings about valid but probably unintended settings."""
    if not settings.targets and not settings.allowed:
        yield "no target and no allowed pattern: every probe will be rejected; add targets"
    if file and environ.get(TARGET):
        yield f"{TARGET} is ignored, because --config.file is given"
