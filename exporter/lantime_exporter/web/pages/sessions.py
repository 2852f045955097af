"""``/sessions``: the HTTP sessions with the devices, as a page and as JSON."""

from collections.abc import Mapping, Sequence
from html import escape

from lantime_exporter.config.settings import Settings
from lantime_exporter.device.exchange import PHASES, Exchange
from lantime_exporter.errors import RequestError
from lantime_exporter.formatting import format_duration, format_size, format_timestamp, quoted
from lantime_exporter.probe.service import ProbeService
from lantime_exporter.web.message import Request, Response, as_json, parse_parameters, preferred
from lantime_exporter.web.pages.html import document, failure, link, span, table

MAX_ROWS = 200
"""The page shows the newest of all sessions; one device's page and the JSON show all."""

Sessions = Mapping[str, Sequence[Exchange]]
"""Exchanges by the name of the target, oldest first."""

_COLUMNS = (
    *("Target", "Request", "Request time (UTC)", "Response time (UTC)", "Round trip", "Status", "Error", "Size"),
    "Connection",
)


def respond(application: ProbeService, request: Request) -> Response:
    """Return the sessions, of one target if it is given, in the format that the client prefers. Raises RequestError."""
    values = parse_parameters(request.query, ("target", "format"))
    target, form = values.get("target"), values.get("format")
    if form is None:
        form = preferred(request.headers.get("accept"), ("text/html", "application/json")).partition("/")[2]
    if form not in ("html", "json"):
        raise RequestError(f"format: must be html or json, not {quoted(form)}")
    sessions: Sessions = application.sessions()
    if target is not None:
        sessions = {target: sessions.get(target, ())}
    if form == "json":
        return as_json({"sessions": {name: [plain_data(item) for item in items] for name, items in sessions.items()}})
    return page(application.settings, sessions, target)


def plain_data(exchange: Exchange) -> dict[str, object]:
    """Return an exchange for JSON, with the names of Exchange: Unix times, durations in seconds, sizes in bytes."""
    return {
        "resource": exchange.resource,
        "requested_at": exchange.requested_at,
        "responded_at": _responded_at(exchange),
        "rtt": exchange.rtt,
        "phases": dict(exchange.phases),
        "status": exchange.status,
        "response_bytes": exchange.response_bytes,
        "reused": exchange.reused,
        "error": exchange.error and {"reason": exchange.error.reason, "text": str(exchange.error)},
    }


def page(settings: Settings, sessions: Sessions, target: str | None) -> Response:
    """Return the page, with one target only if it is given."""
    title = "HTTP sessions" if target is None else f"HTTP sessions with {target}"
    if not settings.sessions_per_device:
        return document(title, "<p>Sessions are not recorded, because <code>sessions_per_device</code> is 0.</p>")
    rows = [(name, exchange) for name, exchanges in sessions.items() for exchange in exchanges]
    if not rows:
        return document(title, f"<p>No sessions yet.</p>{_links(target)}")
    rows.sort(key=lambda row: row[1].requested_at, reverse=True)
    shown = rows if target else rows[:MAX_ROWS]
    count = len(rows)
    newest = (
        f"The newest {len(shown)} of {count} sessions" if len(shown) < count else f"{count} sessions, the newest first"
    )
    summary = f"<p>{newest}. The last {settings.sessions_per_device} with each device are remembered.</p>"
    return document(title, summary + _links(target) + table(_COLUMNS, (_row(*row) for row in shown)))


def _links(target: str | None) -> str:
    if target is None:
        return f"<p>{link('sessions', 'As JSON', format='json')}</p>"
    return f"<p>{link('sessions', 'All targets')} · {link('sessions', 'As JSON', target=target, format='json')}</p>"


def _row(name: str, exchange: Exchange) -> Sequence[str]:
    responded_at, error = _responded_at(exchange), exchange.error
    return (
        link("sessions", name, target=name),
        f"<code>{escape(exchange.resource)}</code>",
        format_timestamp(exchange.requested_at),
        "none" if responded_at is None else format_timestamp(responded_at),
        _round_trip(exchange),
        "none" if exchange.status is None else str(exchange.status),
        failure(error.reason, str(error)) if error else "",
        span(format_size(exchange.response_bytes), "number"),
        {True: "reused", False: "new", None: "none"}[exchange.reused],
    )


def _round_trip(exchange: Exchange) -> str:
    """Return the round-trip time with its phases, and separately those before the request is sent."""
    total = "none" if exchange.rtt is None else format_duration(exchange.rtt)
    phases = [
        span(f"{'before: ' if phase in ('connect', 'tls') else ''}{phase} {format_duration(seconds)}", "number")
        for phase in PHASES
        if (seconds := exchange.phases.get(phase)) is not None
    ]
    return f"{span(total, 'number')} {span(', '.join(phases), 'phases quiet small')}"


def _responded_at(exchange: Exchange) -> float | None:
    return None if exchange.rtt is None else exchange.requested_at + exchange.rtt
