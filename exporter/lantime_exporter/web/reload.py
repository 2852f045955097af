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


class Reload:
    """Reloads the configuration: one reload at a time, logged and shown on ``/metrics``."""

    def __init__(
        self, application: ProbeService, metrics: ExporterMetrics, clock: Callable[[], float] = time.time
    ) -> None:
        self._application = application
        self._metrics = metrics
        self._clock = clock
        self._lock = threading.Lock()

    def __call__(self) -> str:
        """Return what was loaded: ``3 targets: 1 added, 1 changed``.

        Raises ConfigError for an invalid configuration; the old one then stays in force.
        """
        with self._lock:
            old = self._application.settings
            try:
                self._application.reload()
            except ConfigError as error:
                self._metrics.config_rejected()
                log.error("the old configuration stays in force: %s", "; ".join(error.problems))  # noqa: TRY400 - the text says it all
                raise
            self._metrics.config_loaded(self._clock())
            changes = describe_changes(old, self._application.settings)
            log.info("configuration reloaded: %s", changes)
            return changes


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
