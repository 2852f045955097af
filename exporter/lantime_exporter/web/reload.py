"""Reload of the configuration, for both ``POST /-/reload`` and SIGHUP."""

import logging
import threading
import time
from collections.abc import Callable

from lantime_exporter.config.settings import Settings
from lantime_exporter.errors import ConfigError
from lantime_exporter.formatting import format_count
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.exporter_metrics import ExporterMetrics

log = logging.getLogger(__name__)


def logged_reload(
    application: ProbeService, metrics: ExporterMetrics, clock: Callable[[], float] = time.time
) -> Callable[[], str]:
    """Return the function that reloads the configuration: one reload at a time, logged and shown on ``/metrics``.

    It returns what was loaded, ``3 targets: 1 added, 1 changed``. It raises ConfigError for an invalid configuration;
    the old one then stays in force.
    """
    lock = threading.Lock()

    def reload() -> str:
        with lock:
            old = application.settings
            try:
                application.reload()
            except ConfigError as error:
                metrics.config_rejected()
                log.error("the old configuration stays in force: %s", "; ".join(error.problems))  # noqa: TRY400 - the text says it all
                raise
            metrics.config_loaded(clock())
            changes = describe_changes(old, application.settings)
            log.info("configuration reloaded: %s", changes)
            return changes

    return reload


def describe_changes(old: Settings, new: Settings) -> str:
    """Return the number of targets, and of those added, changed or removed.

    A target also counts as changed if its credentials or its module changed.
    """
    before, after = (
        {
            each.name: (each, settings.auths.get(each.auth), settings.modules.get(each.module))
            for each in settings.targets
        }
        for settings in (old, new)
    )
    counts = {
        "added": len(after.keys() - before.keys()),
        "changed": sum(before[name] != after[name] for name in before.keys() & after.keys()),
        "removed": len(before.keys() - after.keys()),
    }
    changes = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    if not changes:
        changes = "no change" if old == new else "no change; other settings changed"
    return f"{format_count(len(after), 'target')}: {changes}"
