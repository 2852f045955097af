"""``lantime-exporter``: serve until told to stop."""

import gc
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from exporter import __version__
from exporter.cli.arguments import Options
from exporter.cli.logs import configure
from exporter.cli.source import settings_source
from exporter.config import masked
from exporter.config.settings import Settings
from exporter.errors import ConfigError
from exporter.mapping import catalogue
from exporter.probe.exporter import Exporter
from exporter.web.frontdoor import FrontDoor
from exporter.web.reload import Reload
from exporter.web.routes import dispatch, routes
from exporter.web.selfmetrics import SelfMetrics
from exporter.web.server import Server

log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that running probes may take after SIGTERM."""


class Service:
    """The exporter with its pages, listening. Close it at the end."""

    def __init__(
        self, load: Callable[[], Settings], listen_addresses: tuple[str, ...], door: FrontDoor | None = None
    ) -> None:
        """Raise ConfigError when the configuration or an address cannot be used."""
        self.exporter = Exporter(load, catalogue.load())
        metrics = SelfMetrics(time.time())
        metrics.watch_device_connections(self.exporter.open_connections)
        self.reload = Reload(self.exporter.reload, metrics)
        answer = dispatch(routes(self.exporter, metrics, self.reload, masked))
        if door is None:
            self.server = Server(listen_addresses, answer, count=metrics.responded)
        else:
            self.server = Server(listen_addresses, door.guarded(answer), count=metrics.responded, tls=door.tls)
        # What is loaded now stays; without it in the collector's lists a full collection takes a tenth of the time.
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Stop listening, let running probes finish, close all connections."""
        self.server.stop(GRACE)
        self.exporter.close()


@contextmanager
def serving(
    load: Callable[[], Settings], listen_addresses: tuple[str, ...], door: FrontDoor | None = None
) -> Iterator[Service]:
    """Serve for the time of a ``with`` block. Raises ConfigError."""
    service = Service(load, listen_addresses, door)
    service.server.start()
    try:
        yield service
    finally:
        service.close()


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and SIGINT set, once for an orderly end."""
    stopped = threading.Event()
    before = {number: signal.signal(number, lambda *_: stopped.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(options: Options, environ: Mapping[str, str]) -> int:
    """Serve until SIGTERM or SIGINT; SIGHUP reloads. Raises ConfigError when it cannot begin."""
    configure(options.log_level, options.log_format)
    load = settings_source(options.config_file, environ, catalogue.load())
    door = FrontDoor(options.web_config_file) if options.web_config_file else None
    with stop_signals() as stopped, serving(load, options.listen_addresses, door) as service:
        wanted = threading.Event()
        threading.Thread(target=_reload_on, args=(wanted, service.reload), name="reload", daemon=True).start()
        signal.signal(signal.SIGHUP, lambda *_: wanted.set())
        log.info("lantime-exporter %s listens on %s", __version__, ", ".join(service.server.addresses))
        stopped.wait()
        log.info("stopping")
    return 0


def _reload_on(wanted: threading.Event, reload: Callable[[], None]) -> None:
    """Reload whenever it is wanted, outside the signal handler."""
    while True:
        wanted.wait()
        wanted.clear()
        try:
            reload()
        except ConfigError:
            continue  # it is in the log, and the old configuration serves on
