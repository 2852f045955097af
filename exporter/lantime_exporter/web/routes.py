"""Which path is answered by what, and how errors become responses."""

import logging
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

from lantime_exporter.config.settings import Settings
from lantime_exporter.errors import ConfigError, RequestError
from lantime_exporter.probe.application import Application
from lantime_exporter.web import discovery, sessions
from lantime_exporter.web.landing import landing
from lantime_exporter.web.message import Handler, Request, Response, as_json, one_line, plain
from lantime_exporter.web.negotiation import choose_exposition, compressed
from lantime_exporter.web.probe_page import ProbePage
from lantime_exporter.web.selfmetrics import SelfMetrics

logger = logging.getLogger(__name__)

Routes = Mapping[str, Mapping[str, Handler]]
"""Handlers by path and method. GET answers HEAD too."""


def routes(
    application: Application,
    metrics: SelfMetrics,
    reload: Callable[[], None],
    masked: Callable[[Settings], str],
    clock: Callable[[], float] = time.time,
) -> Routes:
    """Return every endpoint.

    ``reload`` raises ConfigError for a bad configuration, ``masked`` writes settings without secrets, ``clock`` gives
    Unix time.
    """

    def reloaded(_request: Request) -> Response:
        try:
            reload()
        except ConfigError as error:
            return plain(f"the old configuration stays in force:\n{error}", HTTPStatus.INTERNAL_SERVER_ERROR)
        return plain("configuration reloaded")

    def own_metrics(request: Request) -> Response:
        exposition = choose_exposition(request.headers.get("Accept"))
        body = metrics.render(as_openmetrics=exposition.openmetrics)
        return Response(content_type=exposition.content_type, body=body)

    return {
        "/": {"GET": lambda _: landing(application.settings, application.targets(), clock())},
        "/probe": {"GET": ProbePage(application, metrics)},
        "/metrics": {"GET": own_metrics},
        "/sessions": {"GET": lambda request: sessions.answer(application, request)},
        "/sd": {"GET": lambda _: as_json(discovery.groups(application.settings))},
        "/config": {"GET": lambda _: plain(masked(application.settings))},
        "/-/healthy": {"GET": lambda _: plain("lantime-exporter is healthy")},
        "/-/ready": {"GET": lambda _: plain("lantime-exporter is ready")},
        "/-/reload": {"POST": reloaded, "PUT": reloaded},
    }


def dispatch(table: Routes) -> Handler:
    """Return the handler that looks requests up in the table, and never raises."""

    def answer(request: Request) -> Response:
        try:
            response = _answer(table, request)
        except RequestError as error:
            response = one_line(str(error), HTTPStatus.BAD_REQUEST)
        except Exception:
            logger.exception("fault while answering %s %s", request.method, request.path)
            response = one_line("internal error: see the log", HTTPStatus.INTERNAL_SERVER_ERROR)
        return compressed(response, request.headers.get("Accept-Encoding"))

    return answer


def _answer(table: Routes, request: Request) -> Response:
    handlers = table.get(request.path)
    if handlers is None:
        return one_line(f"not found; there are {', '.join(table)}", HTTPStatus.NOT_FOUND)
    handler = handlers.get("GET" if request.method == "HEAD" else request.method)
    if handler is None:
        allowed = [*handlers, "HEAD"] if "GET" in handlers else list(handlers)
        return one_line(
            f"{request.path} takes {', '.join(allowed)}", HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": ", ".join(allowed)}
        )
    return handler(request)
