"""Reading the configuration again, whoever asks for it."""

import logging
import threading
import time
from collections.abc import Callable

from lantime_exporter.errors import ConfigError
from lantime_exporter.web.selfmetrics import SelfMetrics

logger = logging.getLogger(__name__)


class Reload:
    """Calls ``load`` for ``POST /-/reload`` and SIGHUP alike: one at a time, logged and shown on ``/metrics``."""

    def __init__(self, load: Callable[[], None], metrics: SelfMetrics, clock: Callable[[], float] = time.time) -> None:
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
                logger.error("the old configuration stays in force: %s", "; ".join(error.problems))  # noqa: TRY400 - the text says it all
                raise
            self._metrics.config_loaded(self._clock())
            logger.info("configuration reloaded")
