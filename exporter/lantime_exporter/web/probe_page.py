"""``/probe``: parameters to a probe, its result to a response."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

from lantime_exporter.errors import RequestError
from lantime_exporter.probe.application import Application, ProbeRequest, ProbeResult
from lantime_exporter.web import parameters
from lantime_exporter.web.gate import Gate
from lantime_exporter.web.message import Request, Response, one_line, plain
from lantime_exporter.web.negotiation import choose_exposition
from lantime_exporter.web.selfmetrics import SelfMetrics

PARAMETERS = ("target", "module", "auth", "slot", "debug")
TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds"

REQUESTS_KEPT = 4096
"""Requests whose meaning is kept: each target's is the same at every scrape."""

LONGEST_KEPT = 256
"""Characters of a query whose meaning is kept: long ones would let a caller fill the memory."""

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class ProbePage:
    """Runs probes for callers, as many at once as the settings allow."""

    application: Application
    metrics: SelfMetrics
    clock: Callable[[], float] = time.perf_counter
    gate: Gate = field(default_factory=Gate)

    def __call__(self, request: Request) -> Response:
        """Return the samples, or with ``debug=true`` the story of the probe. Raises RequestError."""
        probe, debug = read(request)
        limit = self.application.settings.max_concurrent_probes
        with self.gate.entered(limit) as admitted:
            if not admitted:
                self.metrics.rejected()
                return one_line(
                    f"{limit} probes are running, as many as max_concurrent_probes allows",
                    HTTPStatus.SERVICE_UNAVAILABLE,
                )
            return self._run(probe, request.headers.get("Accept"), debug)

    def _run(self, probe: ProbeRequest, accept: str | None, debug: bool) -> Response:
        start = self.clock()
        with self.metrics.in_flight():
            try:
                result = self.application.probe(probe)
                response = _debug(result) if debug else _samples(result, accept)
            except RequestError:
                raise
            except Exception:
                self.metrics.probed("fault", self.clock() - start)
                raise
        self.metrics.probed(result.reason, self.clock() - start)
        return response


def read(request: Request) -> tuple[ProbeRequest, bool]:
    """Return what the request asks for, and whether it asks for the story of the probe. Raises RequestError."""
    reader = _read_once if len(request.query) <= LONGEST_KEPT else _read
    return reader(request.query, tuple(request.headers.get_all(TIMEOUT_HEADER, [])))


def _read(query: str, timeouts: tuple[str, ...]) -> tuple[ProbeRequest, bool]:
    values = parameters.parse(query, PARAMETERS)
    target = parameters.single(values, "target")
    if target is None:
        raise RequestError("target: is missing: ask for /probe?target=NAME")
    probe = ProbeRequest(
        target=target,
        module=parameters.single(values, "module"),
        auth=parameters.single(values, "auth"),
        slots=_slots(values.get("slot", [])),
        scrape_timeout=_scrape_timeout(timeouts),
    )
    return probe, _debug_wanted(parameters.single(values, "debug"))


_read_once = lru_cache(maxsize=REQUESTS_KEPT)(_read)


def _slots(values: Sequence[str]) -> tuple[str, ...]:
    slots = [slot.strip() for value in values for slot in value.split(",")]
    if not all(slots):
        raise RequestError("slot: has an empty name: write slot=clk1,rel1 or slot=clk1&slot=rel1")
    return tuple(dict.fromkeys(slots))


def _debug_wanted(value: str | None) -> bool:
    if value not in (None, "true", "false"):
        raise RequestError(f"debug: must be true or false, not {parameters.quoted(value)}")
    return value == "true"


def _scrape_timeout(values: Sequence[str]) -> float | None:
    if not values:
        return None
    seconds = float(values[0]) if len(values) == 1 and _SECONDS.fullmatch(values[0]) else 0.0
    if seconds <= 0:
        raise RequestError(
            f"{TIMEOUT_HEADER}: must be one number of seconds above 0, not {parameters.quoted(', '.join(values))}"
        )
    return seconds


def _samples(result: ProbeResult, accept: str | None) -> Response:
    exposition = choose_exposition(accept)
    return Response(content_type=exposition.content_type, body=result.render(exposition.openmetrics))


def _debug(result: ProbeResult) -> Response:
    return plain(result.debug())
