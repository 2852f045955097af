"""Reload of the configuration, for ``POST /-/reload`` and SIGHUP alike."""

import logging
import threading
import time
from collections.abc import Callable

from lantime_exporter.errors import ConfigError
from lantime_exporter.web.exporter_metrics import ExporterMetrics

log = logging.getLogger(__name__)


class Reload:
    """Calls ``load``: one reload at a time, logged and shown on ``/metrics``."""

    def __init__(
        self, load: Callable[[], None], metrics: ExporterMetrics, clock: Callable[[], float] = time.time
    ) -> None:
        self._load = load
        self._metrics = metrics
        self._clock = clock
        self._lock = threading.Lock()

    def __call__(self) -> None:
        """Load the configuration. Raises ConfigError when it cannot be used; the old one is then still in force."""
        with self._lock:
            try:
                self._load()
            except ConfigError as error:
                self._metrics.config_refused()
                log.error("the old configuration stays in force: %s", "; ".join(error.problems))  # noqa: TRY400 - the text says it all
                raise
            self._metrics.config_loaded(self._clock())
            log.info("configuration reloaded")
