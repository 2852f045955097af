"""What a configuration holds, and what in it is probably not meant, for people."""

from collections.abc import Iterator, Mapping

from lantime_exporter.cli.arguments import Options
from lantime_exporter.config import Settings
from lantime_exporter.config.environment import TARGET

NOTHING_TO_WATCH = "no target and no allowed pattern: every probe will be refused; add targets"


def counted(number: int, noun: str) -> str:
    """Return the number and the noun, in the plural where it is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(settings: Settings) -> str:
    """Return how much the configuration holds."""
    parts = {
        "target": settings.targets,
        "allowed pattern": settings.allowed,
        "auth": settings.auths,
        "module": settings.modules,
    }
    return "valid, " + ", ".join(counted(len(items), noun) for noun, items in parts.items())


def is_without_targets(settings: Settings) -> bool:
    """Return whether no device can be probed."""
    return not settings.targets and not settings.allowed


def warnings(options: Options, settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield what is valid but probably not meant."""
    if is_without_targets(settings):
        yield NOTHING_TO_WATCH
    if options.config_file and environ.get(TARGET):
        yield f"{TARGET} is ignored, because --config.file is given"
