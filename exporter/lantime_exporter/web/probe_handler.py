"""``/probe``: read the parameters, run the probe, return samples or the debug output."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from http import HTTPStatus

from lantime_exporter.errors import RequestError
from lantime_exporter.formatting import quoted
from lantime_exporter.probe.probe import ProbeRequest, ProbeResult
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.exporter_metrics import ExporterMetrics
from lantime_exporter.web.message import (
    Request,
    Response,
    choose_exposition,
    compressed,
    one_line,
    parse_parameters,
    plain,
    prefers_html,
    single_parameter,
)
from lantime_exporter.web.pages.html import document

PARAMETERS = ("target", "module", "auth", "slot", "debug")
TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds"

MAX_CACHED_REQUESTS = 4096
"""Parsed requests in the cache: those of a target are the same at every scrape."""

MAX_CACHED_QUERY = 256
"""Characters of a query whose parsed form is cached: with long ones a client could fill the memory."""

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class ProbeHandler:
    """Runs probes for clients, at most ``max_concurrent_probes`` at once."""

    application: ProbeService
    metrics: ExporterMetrics
    clock: Callable[[], float] = time.perf_counter

    def __call__(self, request: Request) -> Response:
        """Return the samples, or with ``debug=true`` the debug output. Raises RequestError."""
        probe, is_debug = parse_probe_request(request)
        limit = self.application.settings.max_concurrent_probes
        began = self.clock()
        with self.metrics.track_probe(limit) as is_admitted:
            if not is_admitted:
                text = f"{limit} probes are running, as many as max_concurrent_probes allows"
                return one_line(text, HTTPStatus.SERVICE_UNAVAILABLE)
            try:
                result = self.application.probe(probe)
                with self.application.processing.slot():
                    response = _render(probe.target, result, request, is_debug=is_debug)
            except RequestError:
                raise
            except Exception:
                self.metrics.count_probe("fault", self.clock() - began)
                raise
        self.metrics.count_probe(result.reason, self.clock() - began)
        return response


def parse_probe_request(request: Request) -> tuple[ProbeRequest, bool]:
    """Return the requested probe, and whether the client wants debug output. Raises RequestError."""
    parse = _parse_cached if len(request.query) <= MAX_CACHED_QUERY else _parse
    return parse(request.query, tuple(request.headers.get_all(TIMEOUT_HEADER, [])))


def _parse(query: str, timeouts: tuple[str, ...]) -> tuple[ProbeRequest, bool]:
    values = parse_parameters(query, PARAMETERS)
    target = single_parameter(values, "target")
    if target is None:
        raise RequestError("target: is missing: ask for /probe?target=NAME")
    probe = ProbeRequest(
        target=target,
        module=single_parameter(values, "module"),
        auth=single_parameter(values, "auth"),
        slots=_parse_slots(values.get("slot", [])),
        scrape_timeout=_parse_timeout(timeouts),
    )
    return probe, _parse_debug(single_parameter(values, "debug"))


_parse_cached = lru_cache(maxsize=MAX_CACHED_REQUESTS)(_parse)


def _parse_slots(values: Sequence[str]) -> tuple[str, ...]:
    slots = [slot.strip() for value in values for slot in value.split(",")]
    if not all(slots):
        raise RequestError("slot: has an empty name: write slot=clk1,rel1 or slot=clk1&slot=rel1")
    return tuple(dict.fromkeys(slots))


def _parse_debug(value: str | None) -> bool:
    if value not in (None, "true", "false"):
        raise RequestError(f"debug: must be true or false, not {quoted(value)}")
    return value == "true"


def _parse_timeout(values: Sequence[str]) -> float | None:
    """Return the scrape timeout in seconds."""
    if not values:
        return None
    seconds = float(values[0]) if len(values) == 1 and _SECONDS.fullmatch(values[0]) else 0.0
    if seconds <= 0:
        raise RequestError(f"{TIMEOUT_HEADER}: must be one number of seconds above 0, not {quoted(', '.join(values))}")
    return seconds


def _render(target: str, result: ProbeResult, request: Request, *, is_debug: bool) -> Response:
    """Return samples or debug output in the format that the client prefers."""
    accept = request.headers.get("Accept")
    response = _debug(target, result, accept) if is_debug else _samples(result, accept)
    return compressed(response, request.headers.get("Accept-Encoding"))


def _samples(result: ProbeResult, accept: str | None) -> Response:
    exposition = choose_exposition(accept)
    return Response(
        content_type=exposition.content_type, body=result.page.render(openmetrics=exposition.is_openmetrics)
    )


def _debug(target: str, result: ProbeResult, accept: str | None) -> Response:
    """Return the debug output: a page for a browser, plain text for others."""
    if prefers_html(accept):
        return document(f"Probe of {target}", f"<pre>{escape(result.debug())}</pre>")
    return plain(result.debug())
