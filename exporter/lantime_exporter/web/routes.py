"""The handler of each path, ``/probe`` among them, and the responses to errors."""

import logging
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from html import escape
from http import HTTPStatus

from lantime_exporter.bounds import LARGE_PAGE_BYTES, ConcurrencyLimiter, Deadline, LargeResponses
from lantime_exporter.config.load import redacted
from lantime_exporter.config.settings import Target
from lantime_exporter.errors import ConfigError, DeadlineError, RequestError
from lantime_exporter.formatting import quoted
from lantime_exporter.probe.probe import ProbeRequest, ProbeResult
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import (
    Handler,
    Request,
    Response,
    as_json,
    choose_exposition,
    compressed,
    is_openmetrics,
    one_line,
    parse_parameters,
    plain,
    preferred,
)
from lantime_exporter.web.pages import landing, sessions
from lantime_exporter.web.pages.html import document

log = logging.getLogger(__name__)

MAX_CONCURRENT_RENDERINGS = 4
"""Concurrent requests of one page; ``/probe`` has ``max_concurrent_probes``, health checks have no limit."""

MAX_PAGE_WAIT = 5.0
"""Seconds that a request waits for its turn, before it is refused."""

PARAMETERS = ("target", "module", "auth", "slot", "debug")
TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds"

MAX_CACHED_REQUESTS = 4096
"""Parsed requests in the cache: those of a target are the same at every scrape."""

MAX_CACHED_QUERY = 256
"""Characters of a query whose parsed form is cached: with long ones a client could fill the memory."""

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

Routes = Mapping[str, Mapping[str, Handler]]
"""Handlers by path and method. GET also serves HEAD."""


def endpoints(
    application: ProbeService,
    metrics: ExporterMetrics,
    reload: Callable[[], str],
    clock: Callable[[], float] = time.time,
) -> Handler:
    """Return the handler of all requests, which never raises.

    ``reload`` returns what was loaded, and raises ConfigError for an invalid configuration. ``clock`` is Unix time.
    """
    limited = partial(_limited, application.large_responses)

    def own_metrics(request: Request) -> Response:
        content_type = choose_exposition(request.headers.get("accept"))
        return Response(content_type=content_type, body=metrics.render(as_openmetrics=is_openmetrics(content_type)))

    def reloaded(_request: Request) -> Response:
        try:
            return plain(f"configuration reloaded: {reload()}")
        except ConfigError as error:
            return plain(f"the old configuration stays in force:\n{error}", HTTPStatus.INTERNAL_SERVER_ERROR)

    table: Routes = {
        "/": limited(lambda _: landing.page(application.settings, application.targets(), clock())),
        "/probe": {"GET": partial(_probe, application, metrics)},
        "/metrics": limited(own_metrics),
        "/sessions": limited(lambda request: sessions.respond(application, request)),
        "/sd": limited(lambda _: as_json([_target_group(target) for target in application.settings.targets])),
        "/config": limited(lambda _: plain(redacted(application.settings))),
        "/-/healthy": {"GET": lambda _: plain("lantime-exporter is healthy")},
        "/-/ready": {"GET": lambda _: plain("lantime-exporter is ready")},
        "/-/reload": {"POST": reloaded, "PUT": reloaded},
    }

    def respond(request: Request) -> Response:
        try:
            return _respond(table, request)
        except RequestError as error:
            return one_line(str(error), HTTPStatus.BAD_REQUEST)
        except Exception:
            log.exception("internal error while answering %s %s", request.method, request.path)
            return one_line("internal error: see the log", HTTPStatus.INTERNAL_SERVER_ERROR)

    return respond


def _respond(table: Routes, request: Request) -> Response:
    if request.method not in SAFE_METHODS and _is_from_another_origin(request):
        return one_line("rejected: the request comes from a web page of another origin", HTTPStatus.FORBIDDEN)
    handlers = table.get(request.path)
    if handlers is None:
        return one_line(f"not found; known paths: {', '.join(table)}", HTTPStatus.NOT_FOUND)
    handler = handlers.get("GET" if request.method == "HEAD" else request.method)
    if handler is None:
        allowed = ", ".join((*handlers, "HEAD") if "GET" in handlers else handlers)
        refusal = one_line(f"{request.path} takes {allowed}", HTTPStatus.METHOD_NOT_ALLOWED)
        return refusal.with_headers({"Allow": allowed})
    return handler(request)


def _probe(application: ProbeService, metrics: ExporterMetrics, request: Request) -> Response:
    """Return the samples, or with ``debug=true`` the debug output. Raises RequestError.

    At most ``max_concurrent_probes`` run at once.
    """
    probe, is_debug = parse_probe_request(request)
    limit = application.settings.max_concurrent_probes
    if not metrics.begin_probe(limit):
        text = f"{limit} probes are running, as many as max_concurrent_probes allows"
        return one_line(text, HTTPStatus.SERVICE_UNAVAILABLE)
    began = time.perf_counter()
    reason: str | None = "fault"
    try:
        result = application.probe(probe)
        with application.processing:
            response = _render(probe.target, result, request, is_debug=is_debug)
        reason = result.reason
    except RequestError:
        reason = None
        raise
    finally:
        metrics.end_probe(reason, time.perf_counter() - began)
    return response


def parse_probe_request(request: Request) -> tuple[ProbeRequest, bool]:
    """Return the requested probe, and whether the client wants debug output. Raises RequestError."""
    parse = _parse if len(request.query) <= MAX_CACHED_QUERY else _parse.__wrapped__
    return parse(request.query, request.headers.get(TIMEOUT_HEADER.lower()))


@lru_cache(maxsize=MAX_CACHED_REQUESTS)
def _parse(query: str, timeout: str | None) -> tuple[ProbeRequest, bool]:
    values = parse_parameters(query, PARAMETERS, lists=("slot",))
    if "target" not in values:
        raise RequestError("target: is missing: request /probe?target=NAME")
    slots = [slot.strip() for slot in values["slot"].split(",")] if "slot" in values else []
    if not all(slots):
        raise RequestError("slot: has an empty name: write slot=clk1,rel1 or slot=clk1&slot=rel1")
    debug = values.get("debug", "false")
    if debug not in ("true", "false"):
        raise RequestError(f"debug: must be true or false, not {quoted(debug)}")
    seconds = float(timeout) if timeout is not None and _SECONDS.fullmatch(timeout) else None
    if timeout is not None and not seconds:
        raise RequestError(f"{TIMEOUT_HEADER}: must be one number of seconds above 0, not {quoted(timeout)}")
    probe = ProbeRequest(
        target=values["target"],
        module=values.get("module"),
        auth=values.get("auth"),
        slots=tuple(dict.fromkeys(slots)),
        scrape_timeout=seconds,
    )
    return probe, debug == "true"


def _render(target: str, result: ProbeResult, request: Request, *, is_debug: bool) -> Response:
    """Return samples or debug output in the format that the client prefers: a page for a browser."""
    accept = request.headers.get("accept")
    if not is_debug:
        content_type = choose_exposition(accept)
        page = result.page.render(openmetrics=is_openmetrics(content_type))
        response = Response(content_type=content_type, body=page)
    elif preferred(accept, ("text/plain", "text/html")) == "text/html":
        response = document(f"Probe of {target}", f"<pre>{escape(result.debug())}</pre>")
    else:
        response = plain(result.debug())
    return compressed(response, request.headers.get("accept-encoding"))


def _limited(large_responses: LargeResponses, handler: Handler) -> Mapping[str, Handler]:
    """Limit the concurrent requests of a page that takes time and memory to render, and compress it."""
    limiter = ConcurrencyLimiter(MAX_CONCURRENT_RENDERINGS, MAX_PAGE_WAIT)

    def respond(request: Request) -> Response:
        with limiter.slot(request.client) as is_admitted, suppress(DeadlineError):
            if is_admitted:
                response = compressed(handler(request), request.headers.get("accept-encoding"))
                large_responses.check(len(response.body), LARGE_PAGE_BYTES, Deadline.after(MAX_PAGE_WAIT))
                return response
        return one_line("too many requests for this page: try again later", HTTPStatus.SERVICE_UNAVAILABLE)

    return {"GET": respond}


def _is_from_another_origin(request: Request) -> bool:
    """Return True for a request that a page of another site sends through the browser of an authorised user.

    Browsers report it in ``Sec-Fetch-Site``, older ones by an ``Origin`` that is not the ``Host``; others send neither.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")


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
