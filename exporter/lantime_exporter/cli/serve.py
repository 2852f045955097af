"""``lantime-exporter``: serve until a signal arrives."""

import gc
import logging
import resource
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from lantime_exporter import __version__, collectors
from lantime_exporter.cli.arguments import LISTEN, Arguments
from lantime_exporter.cli.configuration import settings_source, warnings
from lantime_exporter.cli.logs import configure
from lantime_exporter.cli.process_signals import STOP, received
from lantime_exporter.config.settings import Settings
from lantime_exporter.errors import ConfigError
from lantime_exporter.formatting import format_count
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.access_control import AccessControl
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.reload import logged_reload
from lantime_exporter.web.request_handler import ConnectionContext
from lantime_exporter.web.routes import endpoints
from lantime_exporter.web.server import Server

log = logging.getLogger(__name__)

GRACE = 3.0
"""Seconds that running probes may take after SIGTERM, so that the process ends within 5."""

ALLOCATIONS_BETWEEN_COLLECTIONS = 20_000
"""Mapping leaves no garbage. With Python's default of 700, a status of 25,000 values would cause several full garbage
collections of 0.1 s, each of which stops all threads."""


@dataclass(frozen=True, slots=True)
class Service:
    """The exporter, listening."""

    exporter: ProbeService
    server: Server
    reload: Callable[[], str]


@contextmanager
def serving(
    load: Callable[[], Settings], listen_addresses: tuple[str, ...], access_control: AccessControl | None = None
) -> Iterator[Service]:
    """Serve during a ``with`` block; running probes may finish. Raises ConfigError."""
    exporter = ProbeService(load, collectors.load())
    metrics = ExporterMetrics(time.time(), exporter.open_connections)
    reload = logged_reload(exporter, metrics)
    handler = endpoints(exporter, metrics, reload)
    context = ConnectionContext(
        handler=access_control.guarded(handler) if access_control else handler,
        count=metrics.count_response,
        tls=access_control.tls if access_control else None,
        large_responses=exporter.large_responses,
    )
    server = Server(listen_addresses, context)
    # Objects loaded so far are never freed. Without them a full garbage collection takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
    server.start()
    try:
        yield Service(exporter, server, reload)
    finally:
        server.stop(GRACE)
        exporter.close()


def run(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Serve until SIGTERM or SIGINT; SIGHUP reloads. Raises ConfigError if it cannot start."""
    configure(arguments.log_level, arguments.log_format)
    allow_connections()
    file = arguments.config_file
    load = settings_source(file, environ, collectors.load())
    access_control = AccessControl(arguments.web_config_file) if arguments.web_config_file else None
    protection = access_control.protection if access_control else "neither TLS nor users"
    with (
        received(*STOP, signal.SIGHUP) as next_signal,
        serving(load, tuple(arguments.listen_addresses or [LISTEN]), access_control) as service,
    ):
        settings = service.exporter.settings
        targets = format_count(len(settings.targets), "target")
        log.info("lantime-exporter %s listens on %s", __version__, ", ".join(service.server.addresses))
        log.info("configuration from %s: %s; the port has %s", file or "the environment", targets, protection)
        for warning in warnings(file, settings, environ):
            log.warning("%s", warning)
        while next_signal() == signal.SIGHUP:
            with suppress(ConfigError):  # it is in the log; the old configuration stays in force
                service.reload()
        log.info("stopping")
    return 0


def allow_connections() -> None:
    """Raise the limit of open files to the maximum: a thousand devices keep a thousand connections."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (OSError, ValueError) as error:
        log.warning("cannot raise the limit of open files: %s", error)
