"""The handler of each path, and the responses to errors."""

import logging
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

from lantime_exporter.bounds import ConcurrencyLimiter
from lantime_exporter.config.settings import Settings, Target
from lantime_exporter.errors import ConfigError, RequestError
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import (
    Handler,
    Request,
    Response,
    as_json,
    choose_exposition,
    compressed,
    one_line,
    plain,
)
from lantime_exporter.web.pages import landing, sessions
from lantime_exporter.web.probe_handler import ProbeHandler

log = logging.getLogger(__name__)

MAX_CONCURRENT_RENDERINGS = 4
"""Concurrent requests of one page; ``/probe`` has ``max_concurrent_probes``, health checks have no limit."""

MAX_PAGE_WAIT = 5.0
"""Seconds that a request waits for its turn, before it is refused."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

Routes = Mapping[str, Mapping[str, Handler]]
"""Handlers by path and method. GET also serves HEAD."""


def routes(
    application: ProbeService,
    metrics: ExporterMetrics,
    reload: Callable[[], str],
    redacted: Callable[[Settings], str],
    clock: Callable[[], float] = time.time,
) -> Routes:
    """Return every endpoint.

    ``reload`` returns what was loaded, and raises ConfigError for an invalid configuration. ``redacted`` returns
    settings without secrets, ``clock`` Unix time.
    """

    def reloaded(_request: Request) -> Response:
        try:
            changes = reload()
        except ConfigError as error:
            return plain(f"the old configuration stays in force:\n{error}", HTTPStatus.INTERNAL_SERVER_ERROR)
        return plain(f"configuration reloaded: {changes}")

    def own_metrics(request: Request) -> Response:
        exposition = choose_exposition(request.headers.get("Accept"))
        body = metrics.render(as_openmetrics=exposition.is_openmetrics)
        return Response(content_type=exposition.content_type, body=body)

    return {
        "/": {"GET": _limited(lambda _: landing.page(application.settings, application.targets(), clock()))},
        "/probe": {"GET": ProbeHandler(application, metrics)},
        "/metrics": {"GET": _limited(own_metrics)},
        "/sessions": {"GET": _limited(lambda request: sessions.answer(application, request))},
        "/sd": {"GET": _limited(lambda _: as_json([_target_group(target) for target in application.settings.targets]))},
        "/config": {"GET": _limited(lambda _: plain(redacted(application.settings)))},
        "/-/healthy": {"GET": lambda _: plain("lantime-exporter is healthy")},
        "/-/ready": {"GET": lambda _: plain("lantime-exporter is ready")},
        "/-/reload": {"POST": reloaded, "PUT": reloaded},
    }


def dispatch(table: Routes) -> Handler:
    """Return the handler that looks requests up in the table, and never raises."""

    def answer(request: Request) -> Response:
        try:
            return _answer(table, request)
        except RequestError as error:
            return one_line(str(error), HTTPStatus.BAD_REQUEST)
        except Exception:
            log.exception("internal error while answering %s %s", request.method, request.path)
            return one_line("internal error: see the log", HTTPStatus.INTERNAL_SERVER_ERROR)

    return answer


def _answer(table: Routes, request: Request) -> Response:
    if request.method not in SAFE_METHODS and _is_from_another_origin(request):
        return one_line("rejected: the request comes from a web page of another origin", HTTPStatus.FORBIDDEN)
    handlers = table.get(request.path)
    if handlers is None:
        return one_line(f"not found; known paths: {', '.join(table)}", HTTPStatus.NOT_FOUND)
    handler = handlers.get("GET" if request.method == "HEAD" else request.method)
    if handler is None:
        allowed = [*handlers, "HEAD"] if "GET" in handlers else list(handlers)
        return one_line(
            f"{request.path} takes {', '.join(allowed)}", HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": ", ".join(allowed)}
        )
    return handler(request)


def _limited(handler: Handler) -> Handler:
    """Limit the concurrent requests of a page that takes time and memory to render, and compress it."""
    limiter = ConcurrencyLimiter(MAX_CONCURRENT_RENDERINGS, MAX_PAGE_WAIT)

    def answer(request: Request) -> Response:
        with limiter.slot(request.client) as is_admitted:
            if not is_admitted:
                return one_line("too many requests for this page: try again later", HTTPStatus.SERVICE_UNAVAILABLE)
            return compressed(handler(request), request.headers.get("Accept-Encoding"))

    return answer


def _is_from_another_origin(request: Request) -> bool:
    """Return True for a request that a page of another site sends through the browser of an authorised user.

    Browsers report it in ``Sec-Fetch-Site``, older ones by an ``Origin`` that is not the ``Host``; others send neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("Host")


def _target_group(target: Target) -> dict[str, object]:
    """Return a target for Prometheus' HTTP service discovery: its name and its configured labels.

    Address, module and auth are ``__meta_lantime_*`` labels for relabelling, which Prometheus drops afterwards.
    """
    labels = {
        "__meta_lantime_address": target.address,
        "__meta_lantime_module": target.module,
        "__meta_lantime_auth": target.auth,
        **target.labels,
    }
    return {"targets": [target.name], "labels": labels}
